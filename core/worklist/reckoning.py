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
from core.workdays import Calendar, DueDate, Period, ServiceHours, due, later, lunar, rolled

WHOLE = date(2000, 1, 1)
"""What series without an anchor of their own are counted from: a year, half year, quarter and month begin with it."""
MONDAY = date(2000, 1, 3)
_ONE_DAY = timedelta(days=1)
_CLOCK = {values.HOURS: "hours", values.MINUTES: "minutes", values.CLOCK_HOURS: "hours"}
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
    """What an event of the day `start` makes due; None where a figure that it needs is not set, or it is switched off.

    `at` is the instant of the event, where hours are counted; without it they run from the first of the day on.
    """
    kind, length = _setting(rule, rule.within or rule.before, settings)
    by_kind, by = _setting(rule, rule.by, settings)
    if (
        ((rule.within or rule.before) and length is None)
        or (rule.by and by is None)
        or not (rule.within or rule.before or rule.by or rule.at_once)
        or _is_off(rule, settings)
    ):
        return None
    if kind in _CLOCK:
        served = kind != values.CLOCK_HOURS
        return _by_the_clock(timedelta(**{_CLOCK[kind]: length}), start, place, at, served=served)
    nominal, provisional = start, False
    if length is not None:
        found = _end(start, kind, length, place.calendar, back=bool(rule.before))
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


def by_cadence(
    base: date, starts_on: date, put_off: int, rule: Cadence, settings: Settings, calendar: Calendar
) -> Reckoned:
    """The dates of one time of a series, put off by so many days of rest; of what is told ahead, so long before."""
    ahead = _ahead(rule, settings, base, calendar)
    nominal = (ahead.nominal if ahead is not None else base) + timedelta(days=put_off)
    day = rolled(nominal, calendar, rule.roll)
    provisional = _is_open(rule, nominal, day, calendar) or (ahead is not None and ahead.is_provisional)
    return Reckoned(starts_on, nominal, day, provisional)


def told_on(rule: Cadence, settings: Settings, day: date, calendar: Calendar) -> date | None:
    """When a cadence that tells ahead of its dates tells of `day`; None for others, and where that is unset."""
    ahead = _ahead(rule, settings, day, calendar)
    return ahead.nominal if ahead is not None else None


def dates(
    rule: Cadence, settings: Settings, anchor: date | None, last: date, calendar: Calendar
) -> Iterator[tuple[date, date]]:
    """The dates of a series that come up to `last`, each with the day after which its period begins; none where unset
    or switched off.

    Each is counted from the anchor, which is not one of them; a series without an anchor begins with the year 2000. Of
    what is told ahead the anchor is one too, `last` is the last day on which is told, and with each date stands the
    date itself, from which is counted back.
    """
    kind, length = _setting(rule, rule.every, settings)
    on_kind, on = _setting(rule, rule.on, settings)
    _kind, ahead = _setting(rule, rule.before, settings)
    lacks = (rule.every and not length, rule.on and on is None, rule.before and ahead is None)
    if _is_off(rule, settings) or any(lacks) or not (rule.every or rule.on or rule.before):
        return
    bounds = _bounds(rule, settings, anchor, calendar)
    if bounds is None:
        return
    before, ends = bounds
    for base, opens in _series(rule, kind, length or 1, on_kind, on, anchor, calendar):
        if (told_on(rule, settings, base, calendar) or base) > last or base > ends:
            return
        if base > before:
            yield base, base if rule.before else opens if opens is not None else before
            before = base


def _bounds(
    rule: Cadence, settings: Settings, anchor: date | None, calendar: Calendar
) -> tuple[date, date] | None:
    """After which day there are dates, and up to which; None where a figure for that is not set."""
    start = anchor or WHOLE
    first, last = start - _ONE_DAY if rule.before or anchor is None else start, date.max
    for name in (rule.begins_after, rule.ends_after):
        kind, length = _setting(rule, name, settings)
        if name and length is None and not rule.setting(name).optional:
            return None
        if length is not None:
            bound = _end(start, kind, length, calendar).nominal
            first, last = (bound, last) if name == rule.begins_after else (first, bound)
    return first, last


def _series(
    rule: Cadence, kind: str, length: int, on_kind: str, on: Any, anchor: date | None, calendar: Calendar
) -> Iterator[tuple[date, date | None]]:
    start = anchor or WHOLE
    if on_kind == values.DATE:
        start = on
    if not rule.every and (not rule.on or on_kind == values.DATE):
        return iter([(start, None)])
    if rule.lunar:
        return _lunar_years(start, length)
    if on_kind in (values.DAY_OF_MONTH, values.DAYS_OF_MONTH):
        months = length * (12 if kind == values.YEARS else 1)
        return _days_of_months(later(start, months - 1) if rule.at_end else start, months, on_kind, on)
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
        first = start if kind == values.DAYS or anchor or on_kind else MONDAY
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


def _lunar_years(start: date, length: int) -> Iterator[tuple[date, date | None]]:
    """The same lunar day every so many lunar years, as long as these are known."""
    year, month, day, leap = lunar.lunar_day(start)
    for each in range(year, lunar.YEARS.stop, length):
        yield lunar.solar(each, month, day, leap=leap), None


def _workdays(start: date, length: int, calendar: Calendar) -> Iterator[tuple[date, date | None]]:
    day, passed = start, 0
    while True:
        day += _ONE_DAY
        passed += calendar.is_workday(day)
        if passed == length:
            passed = 0
            yield day, None


def _by_the_clock(
    length: timedelta, start: date, place: Place, at: datetime | None, *, served: bool
) -> Reckoned:
    """Within hours of service, else whoever serves."""
    begins = place.local(at) if at is not None else datetime.combine(start, time())
    if not served:
        ends = place.local(place.instant(begins) + length)
        return Reckoned(start, ends.date(), ends.date(), False, place.instant(ends))
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


def _ahead(rule: Cadence, settings: Settings, day: date, calendar: Calendar) -> DueDate | None:
    kind, length = _setting(rule, rule.before, settings)
    return _end(day, kind, length, calendar, back=True) if length is not None else None


def _end(start: date, kind: str, length: int, calendar: Calendar, *, back: bool = False) -> DueDate:
    times, unit = _PERIODS[kind]
    return due(start, Period(length * times, unit), calendar, before=back)


def _is_open(rule: Obliging, nominal: date, day: date, calendar: Calendar) -> bool:
    """Whether nobody has said yet whether the days that a date was rolled over are worked."""
    return rule.roll != "none" and (calendar.is_provisional(nominal) or calendar.is_provisional(day))


def _is_off(rule: Obliging, settings: Settings) -> bool:
    return bool(rule.switch) and not settings[rule.switch]


def _setting(rule: Obliging, name: str, settings: Settings) -> tuple[str, Any]:
    return (rule.setting(name).kind, settings[name]) if name else ("", None)
