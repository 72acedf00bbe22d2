"""The gas office's figures on the home page, each for those who may see what stands behind it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import case, func, select

from core.data import Money
from core.people.access import by_right, may
from core.ui import format as shown
from plugins.gas import models
from plugins.gas.billing import periods
from plugins.gas.views.common import session, today


def cards() -> list[dict[str, Any]]:
    """Meters read this month, bills of last month, runs that ended, money taken; each over the rows of its page."""
    found = []
    for entity, action, figure in (
        ("gas.reading", "see", _read),
        ("gas.billing-run", "see", _billed),
        ("gas.billing-run", "see", _ended),
        ("gas.payment", "see", _taken),
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
    payment, day = models.Payment, today()
    is_today = payment.received_on == day
    count, of_today, of_month = (
        session()
        .execute(
            select(
                func.count(case((is_today, 1))),
                func.sum(case((is_today, payment.amount)), type_=Money()),
                func.sum(payment.amount, type_=Money()),
            ).where(payment.received_on.between(day.replace(day=1), day))
        )
        .one()
    )
    return {
        "title": gettext("Taken today"),
        "figure": shown.money(of_today or 0),
        "hint": gettext(
            "%(count)s receipts; %(amount)s this month",
            count=shown.number(count),
            amount=shown.money(of_month or 0),
        ),
        "url": f"/gas/payment/?f_received_on={day.isoformat()}",
    }


def _ended() -> dict[str, Any]:
    run, first = models.BillingRun, today().replace(day=1)
    ended, left_out = (
        session()
        .execute(
            select(func.count(), func.count(case((run.skipped > 0, 1)))).where(
                run.state == models.DONE, run.billed_on >= first
            )
        )
        .one()
    )
    return {
        "title": gettext("Billing runs that ended this month"),
        "figure": shown.number(ended),
        "hint": gettext("%(count)s left accounts out", count=shown.number(left_out)),
        "url": f"/gas/billing-run/?f_state={models.DONE}&f_billed_on.ge={first.isoformat()}",
        "tone": "warning" if left_out else "",
    }
