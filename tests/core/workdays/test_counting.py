"""Dates that periods end on, worked out by hand from the calendar of 2026 and the Civil Code."""

from __future__ import annotations

from datetime import date

import pytest

from core.workdays import Calendar, Period, PeriodError, due, last_day_of_term

NATIONAL = Calendar()


def day(written: str) -> date:
    return date.fromisoformat(written)


# Spring Festival 2026 is off from 15 to 23 February, with 14 and 28 February worked; National Day from 1 to 7 October.
@pytest.mark.parametrize(
    ("start", "period", "before", "roll", "expected"),
    [
        # an appeal within three days of a slip of 12 February, and its answer within a week
        ("2026-02-12", "3 days", False, "none", "2026-02-15"),
        ("2026-02-12", "3 days", False, "next", "2026-02-24"),
        ("2026-02-24", "7 days", False, "next", "2026-03-03"),
        # reminding a month before the last day of service, earlier when it is a day off
        *(
            (end, "1 month", True, "previous", told)
            for end, told in (
                ("2026-03-31", "2026-02-28"),
                ("2026-03-28", "2026-02-28"),
                ("2024-03-31", "2024-02-29"),
                ("2026-12-31", "2026-11-30"),
                ("2026-03-17", "2026-02-14"),
                ("2026-11-05", "2026-09-30"),
                ("2026-06-05", "2026-04-30"),
            )
        ),
        # calling back the day after
        ("2026-05-08", "1 day", False, "next", "2026-05-09"),
        ("2026-05-15", "1 day", False, "next", "2026-05-18"),
        ("2026-09-19", "1 day", False, "next", "2026-09-20"),
        ("2026-02-27", "1 day", False, "next", "2026-02-28"),
        # working days: a make-up Saturday is one
        ("2026-02-13", "1 workday", False, "none", "2026-02-14"),
        ("2026-02-14", "1 workday", False, "none", "2026-02-24"),
        ("2026-09-30", "1 workday", False, "none", "2026-10-08"),
        ("2026-03-16", "1 workday", True, "none", "2026-03-13"),
        ("2026-10-08", "2 workdays", True, "none", "2026-09-29"),
        ("2026-10-03", "0 workdays", False, "next", "2026-10-08"),
        # warranty of two and of five years from 29 February on, and one that ends in a holiday
        ("2024-02-29", "2 years", False, "next", "2026-02-28"),
        ("2024-02-29", "5 years", False, "none", "2029-02-28"),
        ("2024-02-29", "4 years", False, "none", "2028-02-29"),
        ("2024-10-03", "2 years", False, "next", "2026-10-08"),
        # a form three days after the work
        ("2026-06-17", "3 days", False, "next", "2026-06-22"),
        # a reading day of the month that falls on the festival
        ("2026-01-22", "1 month", False, "next", "2026-02-24"),
        ("2026-01-22", "1 month", False, "previous", "2026-02-14"),
    ],
)
def test_the_day_a_period_ends_on(start: str, period: str, before: bool, roll: str, expected: str):
    found = due(day(start), Period.read(period), NATIONAL, before=before, roll=roll)
    assert found.day == day(expected)
    assert found.is_provisional is (found.day.year > 2026)
    assert str(found.nominal) in found.counted
    assert str(found.day) in found.counted


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        ("2024-02-29", ["2024-05-29", "2024-08-29", "2024-11-29", "2025-02-28", "2025-08-29", "2026-02-28"]),
        ("2025-11-30", ["2026-02-28", "2026-06-01", "2026-08-31", "2026-11-30", "2027-05-31", "2027-11-30"]),
        ("2026-05-15", ["2026-08-17", "2026-11-16", "2027-02-15", "2027-05-17", "2027-11-15", "2028-05-15"]),
    ],
)
def test_a_series_is_counted_from_its_anchor_each_time(completed: str, expected: list[str]):
    periods = [Period(months, "months") for months in (3, 6, 9, 12, 18, 24)]
    found = [due(day(completed), each, NATIONAL, roll="next") for each in periods]
    assert [str(each.day) for each in found] == expected
    assert [each.is_provisional for each in found] == [each.day.year > 2026 for each in found]


def test_what_is_sure_of_a_year_without_a_notice():
    found = due(day("2026-12-31"), Period(1, "days"), NATIONAL, roll="next")
    assert (str(found.day), found.is_provisional) == ("2027-01-04", True)
    assert not NATIONAL.is_workday(day("2027-02-05"))  # the eve of the lunar new year, a Friday
    assert not NATIONAL.is_workday(day("2027-06-09"))  # the Dragon Boat Festival, a Wednesday


def test_what_is_said_of_a_day_comes_first_and_a_year_may_be_announced():
    here = Calendar({day("2026-05-09"): False, day("2027-02-13"): True, day("2027-02-09"): False}, {2027})
    assert str(due(day("2026-05-08"), Period(1, "days"), here, roll="next").day) == "2026-05-11"
    found = due(day("2027-02-12"), Period(1, "workdays"), here)
    assert (str(found.day), found.is_provisional) == ("2027-02-13", False)


def test_the_way_of_counting_is_told():
    found = due(day("2026-02-13"), Period.read("3 workdays"), NATIONAL)
    assert found.counted == (
        "3 workdays after 2026-02-13, which is not counted: 2026-02-25 (Wednesday); 9 days off passed over"
    )
    found = due(day("2026-03-31"), Period.read("1 month"), NATIONAL, before=True, roll="previous")
    assert found.counted == (
        "1 month before 2026-03-31, which is not counted: 2026-02-28 (Saturday); the month has no day 31; a working day"
    )


@pytest.mark.parametrize(
    "written", ["", "3", "days", "-3 days", "3.5 days", "3 weeks", "1000000 days", "three days"]
)
def test_what_is_no_period(written: str):
    with pytest.raises(PeriodError, match="is no period; write one such as '3 days'"):
        Period.read(written)


@pytest.mark.parametrize(("start", "before"), [("9999-12-30", False), ("0001-01-02", True)])
@pytest.mark.parametrize("unit", ["days", "months", "years"])
def test_out_of_the_calendar(start: str, before: bool, unit: str):
    with pytest.raises(PeriodError, match="lead out of the calendar"):
        due(day(start), Period(99_999, unit), NATIONAL, before=before)


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        ("2025-03-01", "1 year", "2026-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-03-01", "1 year", "2025-02-28"),
        ("2025-12-31", "1 year", "2026-12-30"),
        ("2027-03-01", "1 year", "2028-02-29"),
        ("2024-02-29", "4 years", "2028-02-28"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2025-08-28", "6 months", "2026-02-27"),
    ],
)
def test_a_term_counts_its_first_day(start: str, period: str, last: str):
    assert last_day_of_term(day(start), Period.read(period)) == day(last)


def test_a_term_is_not_given_in_days():
    with pytest.raises(PeriodError):
        last_day_of_term(day("2026-01-01"), Period(3, "days"))
