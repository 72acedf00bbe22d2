"""The working days of 2026 as announced, and lunar days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from core.workdays import Calendar, PeriodError, ServiceHours, lunar
from core.workdays.calendar import by_law

OFF = """
    01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03
    05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07"""
MADE_UP = "01-04 02-14 02-28 05-09 09-20 10-10"
STATUTORY = "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03"
HOURS = ServiceHours(((time(9), time(12)), (time(13, 30), time(18))))


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=each) for each in range(365)]


def test_the_year_2026_as_announced():
    calendar = Calendar()
    for each in days_of(2026):
        written = f"{each:%m-%d}"
        expected = written in MADE_UP or (each.weekday() < 5 and written not in OFF)
        assert calendar.is_workday(each) is expected, each
        assert not calendar.is_provisional(each)


def test_the_holidays_by_law_are_those_paid_threefold():
    assert {f"{each:%m-%d}" for each in by_law(2026)} == set(STATUTORY.split())


def test_beyond_the_lunar_tables_weekends_and_the_days_by_the_sun_remain():
    calendar = Calendar()
    assert not calendar.is_workday(date(2150, 10, 1))
    assert calendar.is_workday(date(2150, 10, 5))
    assert calendar.is_provisional(date(2150, 10, 5))


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "expected"),
    [
        (2023, 12, 30, False, "2024-02-09"),
        (2025, 12, 30, False, "2026-02-16"),  # that month has 29 days
        (2026, 12, 30, False, "2027-02-05"),
        (2026, 1, 1, False, "2026-02-17"),
        (2026, 8, 15, False, "2026-09-25"),
        (2025, 6, 1, True, "2025-07-25"),
        (2026, 6, 1, True, "2026-07-14"),  # that year has no leap month
    ],
)
def test_where_a_lunar_day_falls(year: int, month: int, day: int, leap: bool, expected: str):
    assert str(lunar.solar(year, month, day, leap=leap)) == expected


def test_a_lunar_birthday_comes_once_twice_or_never_in_a_year():
    counted = {len(lunar.in_year(year, 11, 25)) for year in range(1990, 2060)}
    assert counted == {0, 1, 2}
    assert [str(each) for each in lunar.in_year(2026, 12, 30)] == ["2026-02-16"]


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1800, 1, 1), (2200, 1, 1), (2026, 13, 1), (2026, 1, 31), (2026, 0, 1)]
)
def test_what_is_no_lunar_day(year: int, month: int, day: int):
    with pytest.raises(lunar.LunarError):
        lunar.solar(year, month, day)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-05-08T17:30", "2026-05-09T14:00"),  # the Saturday is made up
        ("2026-05-15T17:30", "2026-05-18T14:00"),
        ("2026-09-30T16:00", "2026-10-08T11:00"),
        ("2026-03-04T12:30", "2026-03-04T17:30"),
        ("2026-03-04T14:00", "2026-03-04T18:00"),
        ("2026-03-04T23:00", "2026-03-05T14:30"),
    ],
)
def test_four_hours_of_service(start: str, expected: str):
    found = HOURS.after(datetime.fromisoformat(start), timedelta(hours=4), Calendar())
    assert found == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "windows",
    [(), ((time(12), time(9)),), ((time(9), time(12)), (time(11), time(18))), ((time(9), time(9)),)],
)
def test_what_are_no_service_hours(windows):
    with pytest.raises(PeriodError):
        ServiceHours(windows)
