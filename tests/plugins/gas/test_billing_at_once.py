"""Runs at the same time, and runs that were broken off: every account is billed once, every cubic metre once."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

import gas_office
from core.branches import setwise
from core.branches.scope import branch_scope
from gas_office import Office
from plugins.gas import models
from plugins.gas.billing import runs
from plugins.gas.models import Account, Bill, BillSegment, Meter, Reading

MONTHS = (("2026-05-25", "100"), ("2026-06-25", "112.5"), ("2026-07-25", "131.25"))


def fill(office: Office, count: int) -> None:
    """Accounts that were read in June and July after an opening reading in May."""
    with office.session() as session:
        tariff = gas_office.tariff(session)
        common = {
            "name": "刘洋",
            "address": "团结路3号",
            "opened_on": date(2014, 1, 1),
            "tariff_id": tariff.id,
        }
        numbers = [f"{place:06d}" for place in range(count)]
        setwise.insert_rows(session, Account, [{"number": number, **common} for number in numbers])
        accounts = {account.number: account.id for account in session.scalars(select(Account))}
        meter = {"type": "diaphragm", "installed_on": date(2014, 1, 1)}
        rows = [{"number": number, "account_id": accounts[number], **meter} for number in numbers]
        setwise.insert_rows(session, Meter, rows)
        readings = [
            {
                "account_id": meter.account_id,
                "meter_id": meter.id,
                "period": day[:7],
                "read_on": date.fromisoformat(day),
                "value": Decimal(value),
                "kind": models.OPENING if day == MONTHS[0][0] else models.ACTUAL,
            }
            for meter in session.scalars(select(Meter))
            for day, value in MONTHS
        ]
        setwise.insert_rows(session, Reading, readings)


def bill_whole(office: Office, period: str, size: int, start: threading.Barrier) -> None:
    """As a worker does it: a transaction for the plan and one for each chunk; a chunk that clashes is left."""
    with office.session() as session:
        run = runs.new_run(session, period, date(2026, 8, 1))
        ranges = runs.plan(session, run, size)
        run_id = run.id
    start.wait()
    for first, last, _count in ranges:
        with branch_scope(office.branch_id), office.database.sessions() as session:
            try:
                runs.bill_chunk(session, session.get_one(models.BillingRun, run_id), first, last)
                session.commit()
            except IntegrityError:
                session.rollback()


def at_once(office: Office, *periods: str) -> None:
    start = threading.Barrier(len(periods))
    failures: list[BaseException] = []

    def run(period: str) -> None:
        try:
            bill_whole(office, period, 40, start)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(period,)) for period in periods]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_thousand_accounts_broken_off_after_four_hundred(office: Office) -> None:
    fill(office, 1000)
    with office.session() as session:
        run = runs.new_run(session, "2026-06", date(2026, 7, 1))
        ranges = runs.plan(session, run, 100)
        assert [count for _first, _last, count in ranges] == [100] * 10
        session.commit()
        for first, last, _count in ranges[:4]:
            runs.bill_chunk(session, run, first, last)
            session.commit()
        # The fifth chunk is done and lost with the worker.
        runs.bill_chunk(session, run, *ranges[4][:2])
        session.rollback()
        assert session.scalar(select(func.count()).select_from(Bill)) == 400
    with office.session() as session:
        run = gas_office.bill(session, "2026-06", size=100)
        assert (run.bills, run.skipped) == (600, 0)
        billed = Counter(session.scalars(select(Bill.account_id)))
        assert len(billed) == 1000
        assert set(billed.values()) == {1}


def test_same_run_twice_at_once(office: Office) -> None:
    fill(office, 120)
    at_once(office, "2026-06", "2026-06")
    with office.session() as session:
        assert Counter(Counter(session.scalars(select(Bill.account_id))).values()) == {1: 120}
        assert session.scalar(select(func.count()).select_from(BillSegment)) == 120


def test_two_months_at_once_bill_every_cubic_metre_once(office: Office) -> None:
    fill(office, 120)
    at_once(office, "2026-07", "2026-06")
    with office.session() as session:
        used = session.execute(
            select(Bill.account_id, func.sum(Bill.usage, type_=Bill.usage.type)).group_by(Bill.account_id)
        )
        assert Counter(usage for _account, usage in used) == {Decimal("31.25"): 120}
        unbilled = select(func.count()).where(Reading.bill_id.is_(None), Reading.kind != models.OPENING)
        assert session.scalar(unbilled) == 0


def test_database_itself_refuses_a_second_bill_of_a_month(office: Office) -> None:
    fill(office, 1)
    with office.session() as session:
        gas_office.bill(session, "2026-06")
        bill = session.scalars(select(Bill)).one()
        again = {
            column.key: getattr(bill, column.key) for column in Bill.__table__.columns if column.key != "id"
        }
        with pytest.raises(IntegrityError):
            setwise.insert_rows(session, Bill, [{**again, "number": "another"}])
        session.rollback()


def test_database_itself_refuses_to_bill_a_reading_twice(office: Office) -> None:
    fill(office, 1)
    with office.session() as session:
        gas_office.bill(session, "2026-06")
        segment = session.scalars(select(BillSegment)).one()
        again = {
            column.key: getattr(segment, column.key)
            for column in BillSegment.__table__.columns
            if column.key != "id"
        }
        with pytest.raises(IntegrityError):
            setwise.insert_rows(session, BillSegment, [again])
        session.rollback()
