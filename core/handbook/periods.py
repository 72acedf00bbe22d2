"""The days, weeks, months and years that rounds and reports are made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.handbook import values

_MONDAY = date(2001, 1, 1)
_YEAR = 12


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date


def period_of(day: date, unit: str, count: int = 1) -> Period:
    """The period of so many days, weeks, months or years that a day lies in.

    Periods follow each other without a gap: days and weeks from a Monday on, months and years with the calendar.
    """
    if unit in (values.DAYS, values.WEEKS):
        length = count * (7 if unit == values.WEEKS else 1)
        first = day - timedelta(days=(day - _MONDAY).days % length)
        return Period(first, first + timedelta(days=length - 1))
    months = count * (_YEAR if unit == values.YEARS else 1)
    number = (day.year * _YEAR + day.month - 1) // months * months
    return Period(_first_of(number), _first_of(number + months) - timedelta(days=1))


def _first_of(number: int) -> date:
    return date(number // _YEAR, number % _YEAR + 1, 1)
