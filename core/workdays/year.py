"""Every day of a year in the calendar of a place: what kind of day it is, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar.constants import holidays, workdays

from core.workdays.calendar import Calendar, named_by_law

WORK, REST, HOLIDAY, MADE_UP = "work", "rest", "holiday", "made_up"
"""A working day, a weekend's day of rest, a day off with a name, a weekend's day that is worked."""
WEEKEND = 5


@dataclass(frozen=True)
class Said:
    """What somebody has entered of a day: its name, by whom (notice or own), and the branch, None for everybody."""

    name: str
    source: str
    branch_id: int | None = None


@dataclass(frozen=True)
class Day:
    """A day of a year. `name` is that of the holiday (for a day that is made up, of the holiday it makes up for), as it
    was entered or in English."""

    day: date
    kind: str
    name: str = ""
    provisional: bool = False
    said: Said | None = None


def year_of(year: int, calendar: Calendar, said: Mapping[date, Said]) -> list[Day]:
    """All days of a year, in order."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=each) for each in range(366))
    return [_day(day, calendar, said.get(day)) for day in days if day.year == year]


def _day(day: date, calendar: Calendar, said: Said | None) -> Day:
    name = said.name if said is not None else known_name(day)
    kind = _kind(calendar.is_workday(day), day.weekday() >= WEEKEND, name)
    shown = name if kind in (HOLIDAY, MADE_UP) or said is not None else ""
    return Day(day, kind, shown, calendar.is_provisional(day), said)


def _kind(worked: bool, weekend: bool, name: str) -> str:
    if worked:
        return MADE_UP if weekend else WORK
    return REST if weekend and not name else HOLIDAY


def known_name(day: date) -> str:
    """The English name of the holiday that a day belongs to, or makes up for; empty for other days."""
    return str(holidays.get(day) or workdays.get(day) or named_by_law(day.year).get(day, ""))
