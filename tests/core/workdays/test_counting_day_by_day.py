"""Dates beside a reckoning that knows nothing but the announced days: one day, or one month, at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import chinese_calendar
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.workdays import Calendar, Period, ServiceHours, due
from core.workdays.calendar import ANNOUNCED

NATIONAL = Calendar()
ONE = timedelta(days=1)
LAST = max(ANNOUNCED)
LONGEST = {"days": 400, "workdays": 260, "months": 40, "years": 6}
DAYS = st.dates(date(2015, 1, 1), date(LAST, 12, 31))
LEAP, END, MADE_UP = date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 14)


def worked(day: date) -> bool:
    """As announced; beyond that weekends and what the law names, which is what the calendar itself says."""
    return chinese_calendar.is_workday(day) if day.year <= LAST else NATIONAL.is_workday(day)


def counted(start: date, unit: str, count: int, sign: int) -> tuple[date, list[date]]:
    """The end, and the days that were asked."""
    day, asked = start, []
    if unit == "days":
        for _each in range(count):
            day += sign * ONE
    elif unit == "workdays":
        while count:
            day += sign * ONE
            asked.append(day)
            count -= worked(day)
    else:
        day = whole_months(start, sign * count * (12 if unit == "years" else 1))
    return day, asked


def whole_months(start: date, count: int) -> date:
    month = start.replace(day=15)
    for _each in range(abs(count)):
        month = (month + (ONE * 30 if count > 0 else ONE * -30)).replace(day=15)
    day = month.replace(day=1)
    while day.day < start.day and (day + ONE).month == month.month:
        day += ONE
    return day


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, str, int]:
    unit = draw(st.sampled_from(sorted(LONGEST)))
    return draw(DAYS), unit, draw(st.integers(0, LONGEST[unit]))


@settings(max_examples=150, deadline=None)
@given(cases(), st.booleans(), st.sampled_from(["next", "previous", "none"]))
@example((LEAP, "years", 1), False, "next")
@example((LEAP, "months", 12), True, "previous")
@example((END, "months", 1), False, "none")
@example((END, "months", 25), False, "next")
@example((MADE_UP, "workdays", 1), False, "none")
@example((MADE_UP, "days", 14), False, "previous")
@example((date(LAST, 12, 31), "workdays", 1), False, "none")
@example((date(LAST, 12, 30), "days", 3), False, "previous")
def test_a_period_ends_where_one_comes_to_by_going_day_by_day(
    case: tuple[date, str, int], before: bool, roll: str
) -> None:
    start, unit, count = case
    nominal, asked = counted(start, unit, count, -1 if before else 1)
    day = nominal
    while roll != "none" and not worked(day):
        day += ONE if roll == "next" else -ONE
    found = due(start, Period(count, unit), NATIONAL, before=before, roll=roll)
    provisional = any(each.year > LAST for each in (*asked, nominal, day))
    assert (found.day, found.nominal, found.is_provisional) == (day, nominal, provisional)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 24 * 60 - 1), st.integers(1, 30 * 60))
def test_hours_of_service_pass_minute_by_minute(day: date, since: int, length: int) -> None:
    windows = ((time(9), time(12)), (time(13, 30), time(18)))
    start = datetime.combine(day, time()) + timedelta(minutes=since)
    now, left = start, length
    while left:
        open_ = any(opens <= now.time() < closes for opens, closes in windows)
        if open_ and worked(now.date()):
            left -= 1
            now += timedelta(minutes=1)
        else:
            now = next_opening(now, windows)
    assert ServiceHours(windows).after(start, timedelta(minutes=length), NATIONAL) == now


def next_opening(now: datetime, windows: tuple[tuple[time, time], ...]) -> datetime:
    """The next moment of a day on which the doors open, be that day worked or not."""
    later = [opens for opens, _closes in windows if opens > now.time()]
    day = now.date() if later else now.date() + ONE
    return datetime.combine(day, later[0] if later else windows[0][0])
