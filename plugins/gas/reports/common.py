"""What the reports share: figures of a measure's month, parts of a whole, meters by use class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.data import Money, Quantity
from core.measures.kinds import Sum
from core.measures.months import Months
from core.people.access import time_zone, today_in
from core.visits.models import SKIPPED, TakenVisit
from plugins.gas.entities.choices import USE_CLASSES
from plugins.gas.models import ACTUAL, USAGE, Account, Bill, Meter, Reading
from plugins.gas.reading_rates import is_there
from plugins.gas.rounds import READINGS

CLASSES: Mapping[str, Any] = dict(USE_CLASSES)
M3 = _("m³")
BROKEN = "broken"
IS_USAGE = Bill.kind == USAGE
NOTHING = Decimal(0)
_EXACT = Decimal("0.000001")


def months_of(session: Session, branch_id: int, month: str, count: int = 1) -> Months:
    """So many months up to this one, seen from today."""
    return Months(month, today_in(session, branch_id), count)


def sum_of(sums: Iterable[Sum], branch_id: int, month: str) -> Sum | None:
    """The sum of a branch and month."""
    return next((each for each in sums if (each.branch_id, each.month) == (branch_id, month)), None)


def share_of(found: Sum | None) -> Decimal | None:
    """A measure's share of one."""
    return part(found.amount, found.of) if found is not None else None


def part(done: Decimal | int, due: Decimal | int | None) -> Decimal | None:
    """A part of a whole; None where nothing was due."""
    return (Decimal(done) / Decimal(due)).quantize(_EXACT) if due else None


def money_of(amount: Any) -> ColumnElement[Decimal]:
    return func.sum(amount, type_=Money())


def volume_of(amount: Any) -> ColumnElement[Decimal]:
    return func.sum(amount, type_=Quantity())


def meters_by_class(session: Session, branch_id: int, end: date) -> dict[str, int]:
    """The meters that hang on a day."""
    rows: Any = session.execute(
        select(Account.use_class, func.count(Meter.id))
        .join(Account, Account.id == Meter.account_id)
        .where(Meter.branch_id == branch_id, is_there(end))
        .group_by(Account.use_class)
    )
    return {row[0]: row[1] for row in rows}


def read_by_class(session: Session, branch_id: int, month: str, end: date) -> dict[str, int]:
    """Of these, those with an actual reading of a month."""
    rows: Any = session.execute(
        select(Account.use_class, func.count(func.distinct(Reading.meter_id)))
        .join(Meter, Meter.id == Reading.meter_id)
        .join(Account, Account.id == Meter.account_id)
        .where(Reading.branch_id == branch_id, Reading.period == month, Reading.kind == ACTUAL, is_there(end))
        .group_by(Account.use_class)
    )
    return {row[0]: row[1] for row in rows}


def billed_by_class(
    session: Session, branch_id: int, *which: ColumnElement[bool]
) -> dict[str, tuple[int, Decimal, Decimal]]:
    """Bills for usage: how many, cubic metres, yuan."""
    rows = session.execute(
        select(Account.use_class, func.count(), volume_of(Bill.usage), money_of(Bill.total))
        .join(Account, Account.id == Bill.account_id)
        .where(Bill.branch_id == branch_id, IS_USAGE, *which)
        .group_by(Account.use_class)
    )
    return {use_class: (count, volume, amount) for use_class, count, volume, amount in rows}


def skipped_by_reason(session: Session, branch_id: int, first: date, last: date) -> dict[str, int]:
    """Meters that the round passed over, by the reason that was given; each meter once for a reason."""
    zone = ZoneInfo(time_zone(session, branch_id))
    begins = datetime.combine(first, time(), zone).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    rows = session.execute(
        select(TakenVisit.reason, func.count(func.distinct(TakenVisit.stop_id)))
        .where(
            TakenVisit.branch_id == branch_id,
            TakenVisit.round == READINGS.id,
            TakenVisit.visited_at >= begins,
            TakenVisit.visited_at < ends,
            TakenVisit.outcome == SKIPPED,
        )
        .group_by(TakenVisit.reason)
        .order_by(TakenVisit.reason)
    )
    return {reason or "": count for reason, count in rows}


def reason_words(reason: str) -> Any:
    """What the round calls a reason; no word for one that it does not know any more."""
    return dict(READINGS.skips).get(reason)
