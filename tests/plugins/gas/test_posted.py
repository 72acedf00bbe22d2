"""Posted facts stay: no flush, no statement and no set-wise change gets past the guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

import gas_office
from core.branches import setwise
from core.data import UserError
from gas_office import Office
from plugins.gas import models, tariffs
from plugins.gas.payments import Taking, take_payment

POSTED = (
    models.Bill,
    models.BillLine,
    models.BillSegment,
    models.Payment,
    models.PaymentAllocation,
    models.TariffBound,
)


@pytest.fixture
def session(office: Office) -> Iterator[Session]:
    """An office with a bill, paid in part, and nothing left to commit."""
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
        run = gas_office.bill(session, "2026-06")
        taking = Taking(account.id, Decimal("5.00"), models.UNIONPAY, False, "key")
        take_payment(session, taking, run.billed_on, None)
        session.commit()
        yield session
        session.rollback()


@pytest.mark.parametrize("model", POSTED, ids=lambda model: model.__name__)
def test_no_flush_changes_or_deletes_a_posted_row(session: Session, model: Any) -> None:
    row = session.scalars(select(model).limit(1)).one()
    setattr(row, amount_of(model), Decimal("0.01"))
    refused(session, session.flush)
    session.delete(session.scalars(select(model).limit(1)).one())
    refused(session, session.flush)


@pytest.mark.parametrize("model", POSTED, ids=lambda model: model.__name__)
def test_no_statement_changes_or_deletes_posted_rows(session: Session, model: Any) -> None:
    table, new = setwise.table_of(model), {amount_of(model): Decimal("0.01")}
    refused(session, lambda: session.execute(update(model).values(new)))
    refused(session, lambda: session.execute(delete(model)))
    refused(session, lambda: setwise.change(session, model, update(table).values(new)))
    refused(session, lambda: setwise.change(session, model, delete(table)))


def test_billed_reading_stays(session: Session) -> None:
    reading = session.scalars(select(models.Reading).where(models.Reading.bill_id.is_not(None))).one()
    reading.value = Decimal("11")
    refused(session, session.flush)
    reading.bill_id = None
    refused(session, session.flush)
    session.delete(reading)
    refused(session, session.flush)
    refused(session, lambda: session.execute(update(models.Reading).values(value=Decimal("11"))))
    refused(session, lambda: session.execute(delete(models.Reading)))


def test_reading_that_is_not_billed_can_be_corrected(session: Session) -> None:
    meter = session.scalars(select(models.Meter)).one()
    reading = gas_office.read(session, meter, "2026-07-31", "30")
    reading.value = Decimal("25")
    session.flush()
    session.delete(reading)
    session.flush()


def test_published_version_stays(session: Session) -> None:
    version = session.scalars(select(models.TariffVersion)).one()
    version.prices = "1.00"
    refused(session, session.flush)
    version = session.scalars(select(models.TariffVersion)).one()
    version.status = models.DRAFT
    refused(session, session.flush)
    version = session.scalars(select(models.TariffVersion)).one()
    session.delete(version)
    refused(session, session.flush)
    version = session.scalars(select(models.TariffVersion)).one()
    refused(session, lambda: tariffs.publish(session, version, None))


def test_draft_version_can_be_changed(session: Session) -> None:
    tariff = session.scalars(select(models.Tariff)).one()
    given = {"model": "flat", "prices": "2.00", "valid_from": gas_office.date(2027, 1, 1)}
    draft = models.TariffVersion(tariff_id=tariff.id, **given)
    session.add(draft)
    session.flush()
    draft.prices = "2.10"
    session.flush()
    tariffs.publish(session, draft, None)
    assert draft.status == models.PUBLISHED


def amount_of(model: Any) -> str:
    return next(name for name in ("total", "amount", "usage", "price") if hasattr(model, name))


def refused(session: Session, change: Callable[[], object]) -> None:
    with pytest.raises(UserError) as error:
        change()
    assert error.value.status == 409
    session.rollback()
