"""A year of readings, with missed months, empty flats, replaced meters and dials that went round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.branches import setwise
from plugins.gas import models
from plugins.gas.billing import periods
from plugins.gas.demo.accounts import Customer

MISSED = 0.02
WINTER = frozenset({11, 12, 1, 2, 3})


def make(session: Session, random: Random, customers: list[Customer], months: list[date]) -> None:
    """Write the readings of `months` (first days), and the new meters that came in between."""
    new_meters = _new_meters(session, customers, months)
    rows = [row for customer in customers for row in _of_customer(random, customer, months, new_meters)]
    setwise.insert_rows(session, models.Reading, rows)


def _new_meters(session: Session, customers: list[Customer], months: list[date]) -> dict[str, int]:
    """Install the replacing meters; answers their ids by number."""
    rows = []
    for customer in customers:
        if not _is_replaced(customer, months):
            continue
        day = _replaced_on(customer, months)
        rows.append(
            {
                "number": f"QC{customer.number}",
                "account_id": customer.account_id,
                "type": "remote",
                "digits": 5,
                "installed_on": day,
            }
        )
        old = setwise.table_of(models.Meter)
        removed = update(old).where(old.c.id == customer.meter_id)
        setwise.change(session, models.Meter, removed.values(removed_on=day, state=models.REMOVED))
    setwise.insert_rows(session, models.Meter, rows)
    table = setwise.table_of(models.Meter)
    found = setwise.fetch(session, select(table.c.number, table.c.id).where(table.c.number.like("QC%")))
    return dict(found)


def _is_replaced(customer: Customer, months: list[date]) -> bool:
    return customer.replaced_at is not None and customer.opened_on < months[0]


def _replaced_on(customer: Customer, months: list[date]) -> date:
    return months[customer.replaced_at or 0] + timedelta(days=2)


def _of_customer(
    random: Random, customer: Customer, months: list[date], new_meters: dict[str, int]
) -> Iterator[dict[str, Any]]:
    opening_on = max(customer.opened_on, months[0] - timedelta(days=8))
    value, meter_id, digits = customer.start, customer.meter_id, customer.digits
    if customer.opened_on >= months[0]:
        value = 0
    yield _row(customer, meter_id, periods.period_of(opening_on), opening_on, value, models.OPENING)
    for place, month in enumerate(months):
        read_on = _reading_day(customer, month)
        if read_on <= opening_on:
            continue
        used = _used(random, customer, month)
        if _is_replaced(customer, months) and place == customer.replaced_at:
            day, part = _replaced_on(customer, months), used // 4
            value = (value + part) % 10**digits
            yield _row(
                customer,
                meter_id,
                periods.period_of(day),
                day,
                value,
                models.CLOSING,
                went_round=value < part,
            )
            meter_id, digits, value, used = new_meters[f"QC{customer.number}"], 5, 3, used - part
            yield _row(customer, meter_id, periods.period_of(day), day, value, models.OPENING)
        value = (value + used) % 10**digits
        if random.random() >= MISSED:
            yield _row(
                customer,
                meter_id,
                periods.period_of(month),
                read_on,
                value,
                models.ACTUAL,
                went_round=value < used,
            )


def _reading_day(customer: Customer, month: date) -> date:
    """Businesses on the 22nd, residents spread over the month by their place (GAS-R22)."""
    if customer.tariff.use_class != models.RESIDENT:
        return month.replace(day=22)
    return month.replace(day=5 + int(customer.number) % 20)


def _used(random: Random, customer: Customer, month: date) -> int:
    if customer.vacant or random.random() < 0.008:
        return 0
    factor = customer.tariff.winter_factor if month.month in WINTER else 1
    return max(0, round(customer.monthly * factor * random.uniform(0.75, 1.25)))


def _row(
    customer: Customer, meter_id: int, period: str, day: date, value: int, kind: str, went_round: bool = False
) -> dict[str, Any]:
    return {
        "account_id": customer.account_id,
        "meter_id": meter_id,
        "period": period,
        "read_on": day,
        "value": Decimal(value),
        "kind": kind,
        "rollover_confirmed": went_round,
        "source": "go_live" if kind == models.OPENING else "sheet",
    }
