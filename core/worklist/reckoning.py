"""When something is due: by a rule and its settings, from a day on, in the calendar of a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from core.handbook import values
from core.handbook.kinds import Cadence, Deadline, Obliging, Settings
from core.workdays import Calendar, Period, ServiceHours, due, later, rolled

WHOLE = date(2000, 1, 1)
"""What series without an anchor of their own are counted from: a year, half year, quarter and month begin with it."""
MONDAY = date(2000, 1, 3)
_ONE_DAY = timedelta(days=1)
_CLOCK = {values.HOURS: "hours", values.MINUTES: "minutes"}
_PERIODS = {
    values.DAYS: (1, "days"),
    values.WORKDAYS: (1, "workdays"),
    values.WEEKS: (7, "days"),
    values.MONTHS: (1, "months"),
    values.YEARS: (1, "years"),
}


@dataclass(frozen=True)
class Place:
    """Where days are counted: the branch's calendar, hours of service and time zone."""

    calendar: Calendar
    hours: ServiceHours
    zone: ZoneInfo

    def local(self, instant: datetime) -> datetime:
        """The wall clock of the place, without a zone."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def instant(self, local: datetime) -> datetime:
        """The instant that the wall clock of the place shows as `local`."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)


@dataclass(frozen=True)
class Reckoned:
    """The dates of one obligation; `due_at` only where the rule counts hours or names a time of day."""

    starts_on: date
    nominal_on: date
    due_on: date
    provisional: bool
    due_at: datetime | None = None


def by_deadline(
    rule: Deadline, settings: Settings, start: date, place: Place, at: datetime | None = None
) -> Reckoned | None:
    """What an event of the day `start` makes due; None where a figure that it needs is not set.

    `at` is the instant of the event, where hours are counted; without it they run from the first of the day on.
    """
    kind, length = _setting(rule, rule.within, settings)
    by_kind, by = _setting(rule, rule.by, settings)
    if (
        (rule.within and length is None)
        or (rule.by and by is None)
        or not (rule.within or rule.by or rule.at_once)
    ):
        return None
    if kind in _CLOCK:
        return _by_the_clock(timedelta(**{_CLOCK[kind]: length}), start, place, at)
    nominal, provisional = start, False
    if length is not None:
        times, unit = _PERIODS[kind]
        found = due(start, Period(length * times, unit), place.calendar)
        nominal, provisional = found.nominal, found.is_provisional
    if by_kind in (values.DAY_OF_MONTH, values.DAYS_OF_MONTH, values.WEEKDAY):
        nominal = _by_day(by_kind, by, nominal, counted=length is not None)
    day = rolled(nominal, place.calendar, rule.roll)
    at_time = datetime.combine(day, by) if by_kind == values.TIME else None
    return Reckoned(
        start,
        nominal,
        day,
        provisional or _is_open(rule, nominal, day, place.calendar),
        place.instant(at_time) if at_time is not None else None,
    )


def put_off(found: Reckoned, days: int, rule: Obliging, calendar: Calendar) -> Reckoned:
    """The dates of what rested for so many days."""
    if not days:
        return found
    nominal = found.nominal_on + timedelta(days=days)
    day = rolled(nominal, calendar, rule.roll)
    at = found.due_at + timedelta(days=days) if found.due_at is not None else None
    provisional = found.provisional or _is_open(rule, nominal, day, calendar)
    return Reckoned(found.starts_on, nominal, day, provisional, at)


def by_cadence(base: date, starts_on: date, put_off: int, rule: Cadence, calendar: Calendar) -> Reckoned:
    """The dates of one time of a series, put off by so many days of rest."""
    nominal = base + timedelta(days=put_off)
    day = rolled(nominal, calendar, rule.roll)
    return Reckoned(starts_on, nominal, day, _is_open(rule, nominal, day, calendar))


def dates(
    rule: Cadence, settings: Settings, anchor: date | None, last: date, calendar: Calendar
) -> Iterator[tuple[date, date]]:
    """The dates of a series up to `last`, each with the day after which its period begins; none where unset.

    Each is counted from the anchor, which is not one of them; a series without an anchor begins with the year 2000.
    """
    kind, length = _setting(rule, rule.every, settings)
    on_kind, on = _setting(rule, rule.on, settings)
    if (rule.every and not length) or (rule.on and on is None) or not (rule.every or rule.on):
        return
    found = _series(kind, length or 1, on_kind, on, anchor, calendar)
    before = anchor or WHOLE - _ONE_DAY
    for base, opens in found:
        if base > last:
            return
        if base > before:
            yield base, opens if opens is not None else before
            before = base


def _series(
    kind: str, length: int, on_kind: str, on: Any, anchor: date | None, calendar: Calendar
) -> Iterator[tuple[date, date | None]]:
    start = anchor or WHOLE
    if on_kind in (values.DAY_OF_MONTH, values.DAYS_OF_MONTH):
        return _days_of_months(start, length * (12 if kind == values.YEARS else 1), on_kind, on)
    if on_kind == values.WEEKDAY:
        first = start + timedelta(days=(on - start.isoweekday()) % 7)
        return ((first + timedelta(days=7 * length * each), None) for each in count())
    if kind == values.WORKDAYS:
        return _workdays(start, length, calendar)
    if kind in (values.MONTHS, values.YEARS):
        months = length * (12 if kind == values.YEARS else 1)
        return ((later(start, months * each), None) for each in count())
    if kind in (values.DAYS, values.WEEKS):
        days = length * _PERIODS[kind][0]
        first = start if kind == values.DAYS or anchor else MONDAY
        return ((first + timedelta(days=days * each), None) for each in count())
    raise ValueError(f"a series cannot be counted in {kind}")


def _days_of_months(start: date, months: int, kind: str, on: Any) -> Iterator[tuple[date, date | None]]:
    first_of_month = start.replace(day=1)
    for each in count():
        month = later(first_of_month, months * each)
        if kind == values.DAY_OF_MONTH:
            yield _in_month(month, on), None
        else:
            opens, closes = on
            begins = _in_month(month, opens) if opens <= closes else _in_month(later(month, -1), opens)
            yield _in_month(month, closes), begins - _ONE_DAY


def _workdays(start: date, length: int, calendar: Calendar) -> Iterator[tuple[date, date | None]]:
    day, passed = start, 0
    while True:
        day += _ONE_DAY
        passed += calendar.is_workday(day)
        if passed == length:
            passed = 0
            yield day, None


def _by_the_clock(length: timedelta, start: date, place: Place, at: datetime | None) -> Reckoned:
    begins = place.local(at) if at is not None else datetime.combine(start, time())
    ends = place.hours.after(begins, length, place.calendar)
    provisional = any(
        place.calendar.is_provisional(start + timedelta(days=each))
        for each in range((ends.date() - start).days + 1)
    )
    return Reckoned(start, ends.date(), ends.date(), provisional, place.instant(ends))


def _by_day(kind: str, by: Any, day: date, *, counted: bool) -> date:
    """The day by which: in the month or week where the length of time ends, else the first one after the event."""
    if kind == values.WEEKDAY:
        return day + timedelta(days=(by - day.isoweekday()) % 7 or (0 if counted else 7))
    number = by[1] if kind == values.DAYS_OF_MONTH else by
    found = _in_month(day, number)
    return found if counted or found > day else _in_month(later(day.replace(day=1), 1), number)


def _in_month(month: date, number: int) -> date:
    """The day of a number in a month, or its last."""
    return later(date(2000, 1, 1).replace(day=number), (month.year - 2000) * 12 + month.month - 1)


def _is_open(rule: Obliging, nominal: date, day: date, calendar: Calendar) -> bool:
    """Whether nobody has said yet whether the days that a date was rolled over are worked."""
    return rule.roll != "none" and (calendar.is_provisional(nominal) or calendar.is_provisional(day))


def _setting(rule: Obliging, name: str, settings: Settings) -> tuple[str, Any]:
    return (rule.setting(name).kind, settings[name]) if name else ("", None)
