"""What the branch knows of the meters that a sheet names, read for all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.branches.setwise import table_of
from plugins.gas import models

ACCOUNT, METER, READING = table_of(models.Account), table_of(models.Meter), table_of(models.Reading)
AT_ONCE = 500
T = TypeVar("T")


@dataclass(frozen=True)
class MeterFacts:
    """A meter of the branch with its account and its last reading."""

    meter_id: int
    number: str
    digits: int
    installed_on: date
    removed_on: date | None
    account_id: int
    account_number: str
    account_state: str
    last_value: Decimal | None
    last_on: date | None


def meters_named(session: Session, numbers: Iterable[str]) -> dict[str, MeterFacts]:
    """The facts by meter number; a number that is not of this branch is not among them."""
    found: dict[str, MeterFacts] = {}
    for part in in_parts(sorted(set(numbers))):
        for row in setwise.fetch(session, _facts(part)):
            found[row.number] = MeterFacts(*row)
    return found


def read_in(session: Session, period: str, meter_ids: Iterable[int]) -> dict[int, date]:
    """Which of the meters were read for the month already, and when."""
    found: dict[int, date] = {}
    for part in in_parts(sorted(set(meter_ids))):
        actual = READING.c.kind == models.ACTUAL
        read = select(READING.c.meter_id, func.max(READING.c.read_on)).where(
            READING.c.period == period, actual
        )
        rows = setwise.fetch(session, read.where(READING.c.meter_id.in_(part)).group_by(READING.c.meter_id))
        found.update({meter_id: day for meter_id, day in rows})
    return found


def accounts_named(session: Session, numbers: Iterable[str]) -> dict[str, int]:
    """Account ids by number, of those that are of this branch."""
    found: dict[str, int] = {}
    for part in in_parts(sorted(set(numbers))):
        rows = setwise.fetch(
            session, select(ACCOUNT.c.number, ACCOUNT.c.id).where(ACCOUNT.c.number.in_(part))
        )
        found.update({number: account_id for number, account_id in rows})
    return found


def use_classes(session: Session, account_ids: Iterable[int]) -> dict[int, str]:
    """The class of use of accounts, by id."""
    found: dict[int, str] = {}
    for part in in_parts(sorted(set(account_ids))):
        rows = setwise.fetch(session, select(ACCOUNT.c.id, ACCOUNT.c.use_class).where(ACCOUNT.c.id.in_(part)))
        found.update({account_id: use_class for account_id, use_class in rows})
    return found


def last_readings(meter_ids: Sequence[int] | Select[Any] | None = None) -> Any:
    """The last reading of each meter, as a subquery with meter_id, value, read_on and newest = 1."""
    newest = func.row_number().over(
        partition_by=READING.c.meter_id, order_by=(READING.c.read_on.desc(), READING.c.id.desc())
    )
    readings = select(READING.c.meter_id, READING.c.value, READING.c.read_on, newest.label("newest"))
    if meter_ids is not None:
        readings = readings.where(READING.c.meter_id.in_(meter_ids))
    return readings.subquery("last_reading")


def in_parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Few enough at once for one statement."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


def _facts(numbers: Sequence[str]) -> Select[Any]:
    last = last_readings(select(METER.c.id).where(METER.c.number.in_(numbers)))
    facts: Select[Any] = (
        select(
            METER.c.id,
            METER.c.number,
            METER.c.digits,
            METER.c.installed_on,
            METER.c.removed_on,
            ACCOUNT.c.id.label("account_id"),
            ACCOUNT.c.number.label("account_number"),
            ACCOUNT.c.state,
            last.c.value,
            last.c.read_on,
        )
        .select_from(METER)
        .join(ACCOUNT, ACCOUNT.c.id == METER.c.account_id)
        .outerjoin(last, (last.c.meter_id == METER.c.id) & (last.c.newest == 1))
        .where(METER.c.number.in_(numbers))
    )
    return facts
