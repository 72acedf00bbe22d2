"""A billing run leaves one entry a chunk, with what was posted and a checksum over it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

import gas_office
from core.history import HistoryEntry
from gas_office import Office
from plugins.gas import models
from plugins.gas.billing import runs
from plugins.gas.billing.chunk import Chunk
from plugins.gas.billing.posting import checksum


def test_a_chunk_of_billing_is_one_entry(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        for _ in range(3):
            gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
        run = runs.new_run(session, "2026-06", date(2026, 7, 1))
        ranges = runs.plan(session, run, size=2)
        assert len(ranges) == 2
        for first, last, _count in ranges:
            runs.bill_chunk(session, run, first, last)
        told = session.scalars(
            select(HistoryEntry)
            .filter_by(table_name="gas_billing_run", action="chunk")
            .order_by(HistoryEntry.id)
        ).all()
        assert [each.record_id for each in told] == [run.id, run.id]
        assert [each.details["counts"]["gas_bill"] for each in told] == [{"add": 2}, {"add": 1}]
        assert [(each.details["first"], each.details["last"]) for each in told] == [
            each[:2] for each in ranges
        ]
        again = [checksum(session, Chunk(run.id, "2026-06", *each[:2])) for each in ranges]
        assert [each.details["checksum"] for each in told] == again
        assert again[0] != again[1]
        posted = select(HistoryEntry).where(HistoryEntry.table_name.in_(["gas_bill", "gas_bill_line"]))
        assert session.scalars(posted).all() == []
        assert session.scalars(select(models.Bill)).all()
