"""The gas office's figures on the home page, each for those who may see what stands behind it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import func, select

from core.data import Money
from core.people.access import by_right, may
from core.ui import format as shown
from plugins.gas import models
from plugins.gas.billing import periods
from plugins.gas.owing import debt_in_all
from plugins.gas.views.common import session, today


def cards() -> list[dict[str, Any]]:
    """Meters read this month, bills of last month, money taken today, arrears; each over the rows of its page."""
    found = []
    for entity, action, figure in (
        ("gas.reading", "see", _read),
        ("gas.billing-run", "see", _billed),
        ("gas.payment", "see", _taken),
        ("gas.account", "see-arrears", _owed),
    ):
        if may(entity, action):
            with by_right(entity, action):
                found.append(figure())
    return found


def _read() -> dict[str, Any]:
    period = periods.period_of(today())
    reading = models.Reading
    read = session().scalar(
        select(func.count(func.distinct(reading.meter_id))).where(
            reading.period == period, reading.kind == models.ACTUAL
        )
    )
    meters = session().scalar(
        select(func.count()).select_from(models.Meter).where(models.Meter.state == models.INSTALLED)
    )
    return {
        "title": gettext("Meters read in %(period)s", period=period),
        "figure": shown.number(read or 0),
        "hint": gettext("of %(count)s installed", count=shown.number(meters or 0)),
        "url": "/core/import/gas.reading" if may("gas.reading", "import") else "/gas/reading/",
    }


def _billed() -> dict[str, Any]:
    period = periods.before(periods.period_of(today()))
    count, total = (
        session()
        .execute(
            select(func.count(), func.sum(models.Bill.total, type_=Money())).where(
                models.Bill.period == period
            )
        )
        .one()
    )
    may_run = may("gas.billing-run", "run")
    return {
        "title": gettext("Bills of %(period)s", period=period),
        "figure": shown.number(count),
        "hint": shown.money(total or 0),
        "url": url_for("GasBilling.start") if may_run and not count else "/gas/bill/?f_period=" + period,
        "tone": "" if count else "warning",
    }


def _taken() -> dict[str, Any]:
    payment = models.Payment
    count, total = (
        session()
        .execute(
            select(func.count(), func.sum(payment.amount, type_=Money())).where(
                payment.received_on == today()
            )
        )
        .one()
    )
    return {
        "title": gettext("Taken today"),
        "figure": shown.money(total or 0),
        "hint": gettext("%(count)s receipts", count=shown.number(count)),
        "url": f"/gas/payment/?f_received_on={today().isoformat()}",
    }


def _owed() -> dict[str, Any]:
    count, owed = debt_in_all(session(), today(), overdue_only=True)
    return {
        "title": gettext("Overdue"),
        "figure": shown.money(owed),
        "hint": gettext("%(count)s accounts", count=shown.number(count)),
        "url": "/gas/arrears/?overdue=1",
        "tone": "danger" if count else "",
    }
