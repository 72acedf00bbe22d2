"""From a day on to the day when a period ends, in days, working days, months or years.

The start day is not counted, and a month or year ends on the day of the same number, or on the month's last where it
has none (Civil Code of the PRC, art. 200 to 203). "Within three days" (三日以内) includes the third.
"""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays.calendar import Calendar

DAYS, WORKDAYS, MONTHS, YEARS = "days", "workdays", "months", "years"
UNITS = (DAYS, WORKDAYS, MONTHS, YEARS)
NEXT, PREVIOUS, NONE = "next", "previous", "none"
ROLLS = (NEXT, PREVIOUS, NONE)
MOST = 100_000
_WRITTEN = re.compile(r"(\d{1,6})\s*(day|workday|month|year)s?")
_ONE_DAY = timedelta(days=1)


class PeriodError(ValueError):
    """A period that cannot be read, or that leads out of the years that a calendar has."""


@dataclass(frozen=True)
class Period:
    """So many days, working days, months or years."""

    count: int
    unit: str

    @classmethod
    def read(cls, written: str) -> Period:
        """`3 days`, `1 workday`, `2 months`, `1 year`. Raises PeriodError."""
        found = _WRITTEN.fullmatch(written.strip().lower())
        if found is None or int(found[1]) > MOST:
            raise PeriodError(
                f"{written!r} is no period; write one such as '3 days', '5 workdays', '1 month', '2 years'"
            )
        return cls(int(found[1]), f"{found[2]}s")

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True)
class DueDate:
    """The day on which something is due, and how it was counted.

    `nominal` is the period's own end, before it was rolled off a day off. `is_provisional` says that it lies, or was
    counted, beyond the years whose days off are announced.
    """

    day: date
    nominal: date
    is_provisional: bool
    counted: str


def due(
    start: date, period: Period, calendar: Calendar, *, before: bool = False, roll: str = NONE
) -> DueDate:
    """When a period from `start` ends; with `before` it is counted back. `roll` says where a day off moves to.

    Raises PeriodError when that leads out of the years 1 to 9999.
    """
    try:
        nominal, passed = _end(start, period, calendar, -1 if before else 1)
        day = rolled(nominal, calendar, roll)
    except (OverflowError, ValueError) as error:
        raise PeriodError(f"{period} from {start} lead out of the calendar") from error
    asked = {*passed, *((nominal, day) if roll != NONE else ()), day}
    is_provisional = any(calendar.is_provisional(each) for each in asked)
    return DueDate(day, nominal, is_provisional, _told(start, period, nominal, day, passed, before, roll))


def later(start: date, months_later: int) -> date:
    """So many months later (before, when negative): the same day of the month, or its last where there is none."""
    number = start.year * 12 + start.month - 1 + months_later
    year, month = divmod(number, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def rolled(day: date, calendar: Calendar, roll: str) -> date:
    """The day itself when it is worked, else the `next` or `previous` one that is; with `none` always itself."""
    step = {NEXT: _ONE_DAY, PREVIOUS: -_ONE_DAY}.get(roll)
    while step is not None and not calendar.is_workday(day):
        day += step
    return day


def last_day_of_term(start: date, period: Period) -> date:
    """The last day of a term of months or years whose first day counts: the day before the anniversary.

    Where the month has no such day, the anniversary is the first of the next one: a year from 29 February 2024 on is
    over with 28 February 2025.
    """
    if period.unit not in (MONTHS, YEARS):
        raise PeriodError(f"a term is given in months or years, not as {period}")
    ends = later(start, period.count * (12 if period.unit == YEARS else 1))
    return ends if ends.day < start.day else ends - _ONE_DAY


def _end(start: date, period: Period, calendar: Calendar, sign: int) -> tuple[date, list[date]]:
    """The period's end, and every day that was asked whether it is worked."""
    if period.unit == WORKDAYS:
        return _workdays(start, period.count, calendar, sign * _ONE_DAY)
    if period.unit == DAYS:
        return start + sign * period.count * _ONE_DAY, []
    return later(start, sign * period.count * (12 if period.unit == YEARS else 1)), []


def _workdays(start: date, count: int, calendar: Calendar, step: timedelta) -> tuple[date, list[date]]:
    day, passed = start, []
    while count:
        day += step
        passed.append(day)
        count -= calendar.is_workday(day)
    return day, passed


def _told(
    start: date, period: Period, nominal: date, day: date, passed: list[date], before: bool, roll: str
) -> str:
    off = len(passed) - period.count if period.unit == WORKDAYS else 0
    said = [
        f"{period} {'before' if before else 'after'} {start}, which is not counted: {nominal} ({nominal:%A})"
    ]
    if off:
        said.append(f"{off} {'day' if off == 1 else 'days'} off passed over")
    if period.unit in (MONTHS, YEARS) and nominal.day != start.day:
        said.append(f"the month has no day {start.day}")
    if day != nominal:
        said.append(f"a day off, so the {roll} working day: {day} ({day:%A})")
    elif roll != NONE:
        said.append("a working day")
    return "; ".join(said)
