"""Billing periods: months written `2026-10`."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from core.data import UserError

FORM = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def checked(period: str) -> str:
    """`period` itself; UserError when it is not a month."""
    if not FORM.fullmatch(period):
        raise UserError("%(period)s is not a month. Write it like 2026-10.", field="period", period=period)
    return period


def period_of(day: date) -> str:
    """The period that a day lies in."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(period: str) -> date:
    year, month = _parts(period)
    return date(year, month, 1)


def last_day(period: str) -> date:
    year, month = _parts(period)
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(period: str) -> int:
    return _parts(period)[1]


def month_count(period: str) -> int:
    """The months since year 0."""
    year, month = _parts(period)
    return year * 12 + month


def before(period: str) -> str:
    """The period before."""
    return period_of(first_day(period) - timedelta(days=1))


def _parts(period: str) -> tuple[int, int]:
    return int(period[:4]), int(period[5:7])
