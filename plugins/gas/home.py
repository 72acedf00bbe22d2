"""The gas office's figures on the home page, each for those who may see what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import func, select, true

from core.data import Money
from core.entities import counting
from core.entities.counting import told
from core.measures.kept import Kept, latest
from core.people.access import by_right, may
from core.ui import format as shown
from plugins.gas import models
from plugins.gas.billing import periods
from plugins.gas.views.common import session, today

READ, BILLED, TAKEN = "gas.read", "gas.billed", "gas.taken"
"""The figures of the month that stand where there is too much to be counted at each opening."""


def cards() -> list[dict[str, Any]]:
    """Meters read this month, bills of last month, runs that ended, money taken; each over the rows of its page."""
    found = []
    for entity, action, figure in (
        ("gas.reading", "see", _read),
        ("gas.billing-run", "see", _billed_and_ended),
        ("gas.payment", "see", _taken),
    ):
        if may(entity, action):
            with by_right(entity, action):
                found += figure()
    return found


def _read() -> list[dict[str, Any]]:
    """Exact as long as neither is many; else as the figure of the month was last worked out."""
    period = periods.period_of(today())
    reading, meter = models.Reading, models.Meter
    of_month = reading.period == period, reading.kind == models.ACTUAL
    some = select(reading.meter_id).where(*of_month).limit(counting.COUNT_CAP + 1).subquery()
    there = select(meter.id).where(meter.state == models.INSTALLED).limit(counting.COUNT_CAP + 1).subquery()
    lines, read, meters = (
        session()
        .execute(
            select(
                func.count(),
                func.count(func.distinct(some.c.meter_id)),
                select(func.count()).select_from(there).scalar_subquery(),
            ).select_from(some)
        )
        .one()
    )
    kept = latest(session(), READ, period) if max(lines, meters) > counting.COUNT_CAP else None
    if kept is not None:
        read_of = shown.number(int(kept.amount)), shown.number(int(kept.whole or 0))
    else:
        read_of = told(lines if lines > counting.COUNT_CAP else read), told(meters)
    hint = gettext("of %(count)s installed", count=read_of[1])
    return [
        {
            "title": gettext("Meters read in %(period)s", period=period),
            "figure": read_of[0],
            "hint": _as_of(hint, kept),
            "url": "/core/import/gas.reading" if may("gas.reading", "import") else "/gas/reading/",
        }
    ]


def _billed_and_ended() -> list[dict[str, Any]]:
    """Bills of last month, and this month's runs: read together, as the same people see them."""
    period, first, run = periods.before(periods.period_of(today())), today().replace(day=1), models.BillingRun
    ran = run.state == models.DONE, run.billed_on >= first
    ended = select(func.count()).select_from(run).where(*ran)
    beside = ended.scalar_subquery(), ended.where(run.skipped > 0).scalar_subquery()
    (count, total, *runs) = _row(models.Bill.total, (models.Bill.period == period,), beside)
    return [_billed(period, count, total), _ended(first, *runs)]


def _billed(period: str, count: int, total: Decimal | None) -> dict[str, Any]:
    kept = latest(session(), BILLED, period) if count > counting.COUNT_CAP else None
    may_run = may("gas.billing-run", "run")
    return {
        "title": gettext("Bills of %(period)s", period=period),
        "figure": told(count),
        "hint": _as_of(shown.money(kept.amount), kept)
        if kept is not None
        else _at_least(count, total or Decimal(0)),
        "url": url_for("GasBilling.start") if may_run and not count else "/gas/bill/?f_period=" + period,
        "tone": "" if count else "warning",
    }


def _taken() -> list[dict[str, Any]]:
    received, day = models.Payment.received_on, today()
    first = day.replace(day=1)
    earlier = received.between(first, day - timedelta(days=1))
    (count, of_today), (many, before) = _summed(models.Payment.amount, received == day, earlier)
    of_month = gettext(
        "%(count)s receipts; %(amount)s this month",
        count=told(count),
        amount=_at_least(max(count, many), of_today + before),
    )
    kept = latest(session(), TAKEN, periods.period_of(day)) if max(count, many) > counting.COUNT_CAP else None
    if kept is not None:
        of_month = gettext(
            "%(count)s receipts; %(amount)s this month", count=told(count), amount=shown.money(kept.amount)
        )
    return [
        {
            "title": gettext("Taken today"),
            "figure": _at_least(count, of_today),
            "hint": _as_of(of_month, kept),
            "url": f"/gas/payment/?f_received_on={day.isoformat()}",
        }
    ]


def _summed(amount: Any, *which: Any) -> list[tuple[int, Decimal]]:
    """For each condition how many rows and how much in yuan; of more than COUNT_CAP the first COUNT_CAP + 1."""
    found = _row(amount, which)
    return [(count, total or Decimal(0)) for count, total in zip(found[::2], found[1::2], strict=True)]


def _row(amount: Any, which: Sequence[Any], beside: Sequence[Any] = ()) -> list[Any]:
    """Number and sum for each condition, one after another, and what is asked `beside`; one statement."""
    some = (select(amount.label("amount")).where(each).limit(counting.COUNT_CAP + 1) for each in which)
    sums = [
        select(func.count().label("count"), func.sum(each.c.amount, type_=Money()).label("sum")).subquery()
        for each in (one.subquery() for one in some)
    ]
    source: Any = sums[0]
    for each in sums[1:]:
        source = source.join(each, true())
    asked = [*(column for each in sums for column in each.c), *beside]
    return list(session().execute(select(*asked).select_from(source)).one())


def _at_least(count: int, amount: Decimal) -> str:
    """A sum; of rows that are more than were added up, what it is above."""
    text = shown.money(amount)
    return gettext("more than %(amount)s", amount=text) if count > counting.COUNT_CAP else text


def _as_of(text: str, kept: Kept | None) -> str:
    """A text with the time for which it holds, where that is not now."""
    at = shown.datetime(kept.worked_at) if kept is not None else ""
    return gettext("%(text)s (as of %(at)s)", text=text, at=at) if at else text


def _ended(first: date, ended: int, left_out: int) -> dict[str, Any]:
    return {
        "title": gettext("Billing runs that ended this month"),
        "figure": shown.number(ended),
        "hint": gettext("%(count)s left accounts out", count=shown.number(left_out)),
        "url": f"/gas/billing-run/?f_state={models.DONE}&f_billed_on.ge={first.isoformat()}",
        "tone": "warning" if left_out else "",
    }
