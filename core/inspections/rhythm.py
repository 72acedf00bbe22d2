"""How often a round is made: the period that a day lies in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from core.handbook import values
from core.handbook.kinds import Rule, Settings
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.inspections.kinds import InspectionRound
from core.inspections.often import LENGTHS, ONCE_IN, PLAIN, setting_of

_MONDAY = date(2001, 1, 1)
_YEAR = 12


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included: a round is made once in it."""

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


def period_on(session: Session, round_: InspectionRound, branch_id: int, day: date) -> Period | None:
    """The period of a round in a branch on a day; None where the round rests, as its figure is unset."""
    return period_by(round_, day, lambda rule: settings_on(session, rule, branch_id, day))


def period_by(round_: InspectionRound, day: date, settings_of: Callable[[Rule], Settings]) -> Period | None:
    """As `period_on`, with settings from wherever they were read."""
    if round_.every in PLAIN:
        return period_of(day, *PLAIN[round_.every])
    named = setting_of(round_, book().rules)
    if named is None:
        return None
    rule, name = named
    value = settings_of(rule)[name]
    kind = rule.setting(name).kind
    if value is None:
        return None
    if kind in ONCE_IN:
        return period_of(day, ONCE_IN[kind])
    count = 1 if kind in (values.HOURS, values.MINUTES, values.CLOCK_HOURS) else max(int(value), 1)
    return period_of(day, LENGTHS[kind], count)
