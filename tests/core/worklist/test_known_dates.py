"""Dates that were worked out by hand from the calendar of 2026 and the Civil Code, each from a rule as departments
declare them: deadlines and cadences with their settings, not the counting alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from shop.models import Customer

from company import Company
from core.handbook.kinds import Cadence, Deadline, Is
from core.handbook.values import (
    CLOCK_HOURS,
    DAY_OF_MONTH,
    DAYS,
    DAYS_OF_MONTH,
    HOURS,
    MONTHS,
    WEEKDAY,
    WORKDAYS,
    YEARS,
    Setting,
)
from core.workdays import USUAL_HOURS, Calendar
from core.worklist.reckoning import Place, Reckoned, by_cadence, by_deadline, dates
from duties import at, customer, night, owed, ruled_by
from shop_duties import CLAUSE

PLACE = Place(Calendar(), USUAL_HOURS, ZoneInfo("Asia/Shanghai"))
Length = tuple[str, int]


def day(written: str) -> date:
    return date.fromisoformat(written)


def settings_of(figures: Mapping[str, tuple[str, Any]]) -> tuple[Setting, ...]:
    return tuple(Setting(name, kind, value) for name, (kind, value) in figures.items())


def after(start: str, roll: str = "none", **figures: tuple[str, Any]) -> Reckoned:
    """What a deadline with `within` or `before` makes of a day, or of a moment by the clock on the wall."""
    named = {name: name for name in figures}
    rule = Deadline("X-1", CLAUSE, "", settings_of(figures), event="x.y", roll=roll, **named)  # type: ignore[arg-type]
    held = {each.name: each.default for each in rule.settings}
    moment = datetime.fromisoformat(start)
    found = by_deadline(rule, held, moment.date(), PLACE, PLACE.instant(moment))
    assert found is not None
    return found


def on_the_wall(found: Reckoned) -> str:
    assert found.due_at is not None
    return PLACE.local(found.due_at).isoformat(timespec="minutes")


def series(
    last: str, anchor: str = "", roll: str = "none", *, lunar: bool = False, **figures: tuple[str, Any]
) -> list[Reckoned]:
    """What a cadence makes due up to a day."""
    named = {name: name for name in figures}
    rule = Cadence(
        "X-2",
        CLAUSE,
        "",
        settings_of(figures),
        roll=roll,
        anchor="since" if anchor else "",
        lunar=lunar,
        **named,  # type: ignore[arg-type]
    )
    held = {each.name: each.default for each in rule.settings}
    found = dates(rule, held, day(anchor) if anchor else None, day(last), PLACE.calendar)
    return [by_cadence(base, opens, 0, rule, held, PLACE.calendar) for base, opens in found]


def rolled(nominal: str, found: list[Reckoned]) -> str:
    """Where the time of a series that was counted to a day falls."""
    return next(str(each.due_on) for each in found if each.nominal_on == day(nominal))


# ---------------------------------------------------------------- decoration

FIRST_YEAR = {"every": (MONTHS, 3), "ends_after": (YEARS, 1)}
SECOND_YEAR = {"every": (MONTHS, 6), "begins_after": (YEARS, 1), "ends_after": (YEARS, 2)}


@pytest.mark.parametrize(
    ("completed", "nominal", "due", "provisional"),
    [
        (
            "2024-02-29",
            "2024-05-29 2024-08-29 2024-11-29 2025-02-28 2025-08-29 2026-02-28",
            "2024-05-29 2024-08-29 2024-11-29 2025-02-28 2025-08-29 2026-02-28",
            0,
        ),
        (
            "2025-11-30",
            "2026-02-28 2026-05-30 2026-08-30 2026-11-30 2027-05-30 2027-11-30",
            "2026-02-28 2026-06-01 2026-08-31 2026-11-30 2027-05-31 2027-11-30",
            2,
        ),
        (
            "2026-05-15",
            "2026-08-15 2026-11-15 2027-02-15 2027-05-15 2027-11-15 2028-05-15",
            "2026-08-17 2026-11-16 2027-02-15 2027-05-17 2027-11-15 2028-05-15",
            4,
        ),
    ],
)
def test_quarterly_in_the_first_year_and_half_yearly_in_the_second(
    completed: str, nominal: str, due: str, provisional: int
):
    """DC-CAD-1, DC-CAD-2, DC-CAD-4: the second year goes on from the first day, not from the last call."""
    found = [
        *series("2030-01-01", completed, "next", **FIRST_YEAR),
        *series("2030-01-01", completed, "next", **SECOND_YEAR),
    ]
    assert [str(each.nominal_on) for each in found] == nominal.split()
    assert [str(each.due_on) for each in found] == due.split()
    assert [each.provisional for each in found] == [False] * (6 - provisional) + [True] * provisional


def test_weekly_visits_until_the_work_is_completed(office: Company):
    """DC-WEEK-1: two that roll onto one day are one visit; none on the day of completion or after it."""
    rule = Cadence(
        "SHOP-D30",
        CLAUSE,
        "Visited every %(days)s.",
        (Setting("days", DAYS, 7),),
        entity="shop.customer",
        owner="shop.clerk",
        every="days",
        anchor="since",
        where=(Is("vip", False),),  # the work is going on
    )
    with ruled_by(office, [rule]):
        with at(day("2026-01-26")):
            number = customer(office, since=day("2026-01-26"))
        night(office, day("2026-01-26"), ahead=60)
        with office.session("east") as session:
            session.get_one(Customer, number).vip = True
        night(office, day("2026-03-16"))
        visits = owed(office, rule)
    went = {each.id: [each] for each in visits if each.due_on < day("2026-03-16") and not each.merged_into}
    for each in visits:
        went.get(each.merged_into or 0, []).append(each)
    assert {str(some[0].due_on): [f"{each.nominal_on:%m-%d}" for each in some] for some in went.values()} == {
        "2026-02-02": ["02-02"],
        "2026-02-09": ["02-09"],
        "2026-02-24": ["02-16", "02-23"],
        "2026-03-02": ["03-02"],
        "2026-03-09": ["03-09"],
    }
    assert {each.state for each in visits if each.due_on >= day("2026-03-16")} == {"dropped"}


@pytest.mark.parametrize(
    ("commissioned", "by_message", "by_person"),
    [("2026-02-14", "2026-02-15", "2026-02-24"), ("2026-12-31", "2027-01-01", "2027-01-04")],
)
def test_the_day_after_a_commission(commissioned: str, by_message: str, by_person: str):
    """DC-NEXTDAY-1, DC-NEXTDAY-2: a message may go on a day off, a person's call may not."""
    assert str(after(commissioned, within=(DAYS, 1)).due_on) == by_message
    call = after(commissioned, "next", within=(DAYS, 1))
    assert (str(call.due_on), call.provisional) == (by_person, by_person > "2027")
    assert str(after(commissioned, within=(WORKDAYS, 1)).due_on) == by_person


def test_who_matters_most_is_seen_every_ten_days_and_told_three_days_ahead():
    """DC-VIP-1, DC-VIP-2"""
    seen = series("2026-03-31", "2026-02-20", every=(DAYS, 10))
    assert [f"{each.due_on:%m-%d}" for each in seen] == ["03-02", "03-12", "03-22"]
    assert str(after("2026-10-06", before=(DAYS, 3)).due_on) == "2026-10-03"
    assert str(after("2026-10-06", "previous", before=(DAYS, 3)).due_on) == "2026-09-30"


def test_a_weekly_and_a_monthly_report_come_earlier_on_days_off():
    """DC-WEEKLY-REPORT, DC-26TH"""
    fridays = series("2026-12-31", roll="previous", on=(WEEKDAY, 5))
    for friday, due in (("10-02", "09-30"), ("02-20", "02-14"), ("05-01", "04-30")):
        assert rolled(f"2026-{friday}", fridays) == f"2026-{due}"
    monthly = series("2026-12-31", roll="previous", on=(DAY_OF_MONTH, 26))
    for month, due in (("02", "02-26"), ("04", "04-24"), ("09", "09-24"), ("12", "12-25")):
        assert rolled(f"2026-{month}-26", monthly) == f"2026-{due}"


@pytest.mark.parametrize(
    ("accepted", "years", "roll", "last"),
    [
        ("2024-02-29", 2, "none", "2026-02-28"),
        ("2024-02-29", 2, "next", "2026-02-28"),  # a Saturday that is worked
        ("2024-02-29", 5, "none", "2029-02-28"),
        ("2024-10-03", 2, "none", "2026-10-03"),
        ("2024-10-03", 2, "next", "2026-10-08"),
    ],
)
def test_the_last_day_of_a_warranty(accepted: str, years: int, roll: str, last: str):
    """DC-WARR-1, DC-WARR-2"""
    assert str(after(accepted, roll, within=(YEARS, years)).due_on) == last


def test_a_birthday_on_the_thirtieth_of_the_last_lunar_month():
    """DC-BDAY-2: where that month has 29 days, on the 29th."""
    found = series("2027-12-31", "2024-02-09", lunar=True, every=(YEARS, 1))
    assert [str(each.due_on) for each in found] == ["2025-01-28", "2026-02-16", "2027-02-05"]


# ---------------------------------------------------------------- software support


@pytest.mark.parametrize(
    ("ends", "calendar", "workday"),
    [
        ("2026-03-31", "2026-02-28", "2026-02-28"),
        ("2026-03-30", "2026-02-28", "2026-02-28"),
        ("2026-03-29", "2026-02-28", "2026-02-28"),
        ("2026-03-28", "2026-02-28", "2026-02-28"),
        ("2024-03-31", "2024-02-29", "2024-02-29"),
        ("2026-07-31", "2026-06-30", "2026-06-30"),
        ("2026-12-31", "2026-11-30", "2026-11-30"),
        ("2026-03-17", "2026-02-17", "2026-02-14"),
        ("2026-11-05", "2026-10-05", "2026-09-30"),
        ("2026-06-05", "2026-05-05", "2026-04-30"),
    ],
)
def test_a_month_before_the_last_day_of_service(ends: str, calendar: str, workday: str):
    """SS-REM"""
    for roll, due in (("none", calendar), ("previous", workday)):
        found = series("2027-12-31", ends, roll, before=(MONTHS, 1))
        assert [str(each.due_on) for each in found] == [due]
        assert str(after(ends, roll, before=(MONTHS, 1)).due_on) == due


@pytest.mark.parametrize(
    ("received", "calendar", "workday"),
    [
        ("2026-05-08", "2026-05-09", "2026-05-09"),
        ("2026-05-15", "2026-05-16", "2026-05-18"),
        ("2026-02-14", "2026-02-15", "2026-02-24"),
        ("2026-09-30", "2026-10-01", "2026-10-08"),
        ("2026-09-19", "2026-09-20", "2026-09-20"),
        ("2026-02-27", "2026-02-28", "2026-02-28"),
    ],
)
def test_called_back_the_day_after_the_form_came_in(received: str, calendar: str, workday: str):
    """SS-NEXTDAY"""
    assert str(after(received, within=(DAYS, 1)).due_on) == calendar
    assert str(after(received, "next", within=(DAYS, 1)).due_on) == workday


@pytest.mark.parametrize(
    ("finished", "calendar", "workday"),
    [("2026-06-17", "2026-06-20", "2026-06-22"), ("2026-03-10", "2026-03-13", "2026-03-13")],
)
def test_the_form_within_three_days_of_the_finish(finished: str, calendar: str, workday: str):
    """SS-IMPL"""
    assert str(after(finished, within=(DAYS, 3)).due_on) == calendar
    assert str(after(finished, "next", within=(DAYS, 3)).due_on) == workday


@pytest.mark.parametrize(
    ("reported", "answered"),
    [
        ("2026-05-08T17:30", "2026-05-09T14:00"),
        ("2026-05-15T17:30", "2026-05-18T14:00"),
        ("2026-09-30T16:00", "2026-10-08T11:00"),
        ("2026-03-04T12:30", "2026-03-04T17:30"),
        ("2026-03-04T14:00", "2026-03-04T18:00"),
    ],
)
def test_four_hours_of_service(reported: str, answered: str):
    """SS-SLA"""
    assert on_the_wall(after(reported, within=(HOURS, 4))) == answered


def test_a_renewal_is_paid_for_in_three_days():
    """SS-SERIAL: what is paid the day after is late by one day."""
    due = after("2026-02-13", "next", within=(DAYS, 3)).due_on
    assert (str(due), (day("2026-02-25") - due).days) == ("2026-02-24", 1)


# ---------------------------------------------------------------- staff, gas, clients


def test_an_appeal_and_its_answer():
    """HR-PEN-1"""
    assert str(after("2026-02-12", within=(DAYS, 3)).due_on) == "2026-02-15"
    assert str(after("2026-02-12", "next", within=(DAYS, 3)).due_on) == "2026-02-24"
    assert str(after("2026-02-24", "next", within=(DAYS, 7)).due_on) == "2026-03-03"


def test_leave_is_asked_for_before_it_begins():
    """HR-LEAVE-1: three days and more ten days ahead, less the working day before."""
    assert str(after("2026-03-16", "previous", before=(DAYS, 10)).due_on) == "2026-03-06"
    assert str(after("2026-03-16", before=(WORKDAYS, 1)).due_on) == "2026-03-13"


def test_reading_days_that_are_days_off():
    """GC-1"""
    window = (DAYS_OF_MONTH, (22, 23))
    later, earlier = (series("2026-12-31", roll=roll, on=window) for roll in ("next", "previous"))
    assert (rolled("2026-02-23", later), rolled("2026-02-23", earlier)) == ("2026-02-24", "2026-02-14")
    assert rolled("2026-08-23", later) == "2026-08-24"


def test_the_ways_to_a_cut_off_and_back():
    """GC-4: two months and three days' notice, or thirty days after dunning; gas is back within a day of the clock."""
    over = after("2026-01-20", within=(MONTHS, 2)).due_on
    notice = after(str(over), within=(DAYS, 1)).due_on
    stop = after(str(notice), within=(DAYS, 3)).due_on
    assert [str(each) for each in (over, notice, stop)] == ["2026-03-20", "2026-03-21", "2026-03-24"]
    ends = after("2026-02-02", within=(DAYS, 30)).due_on
    assert [str(ends), str(after(str(ends), within=(DAYS, 1)).due_on)] == ["2026-03-04", "2026-03-05"]
    back = after("2026-03-06T16:20", within=(CLOCK_HOURS, 24))
    assert (on_the_wall(back), back.provisional) == ("2026-03-07T16:20", False)
    assert back.due_at == datetime(2026, 3, 7, 8, 20, tzinfo=UTC)


CALLS = {
    "supervisor monthly": [{"on": (DAY_OF_MONTH, 15)}, {"on": (DAY_OF_MONTH, 31)}],
    "agent monthly": [{"on": (DAY_OF_MONTH, 31)}],
    "supervisor quarterly": [{"every": (MONTHS, 3), "on": (DAY_OF_MONTH, 31)}],
    "manager yearly": [{"every": (YEARS, 1), "on": (DAY_OF_MONTH, 31)}],
}
OF_CLASS = {"A": list(CALLS), "B": list(CALLS)[:3], "C": list(CALLS)[:2]}


@pytest.mark.parametrize(("kind", "times"), [("A", [6, 3, 1, 1]), ("B", [6, 3, 1]), ("C", [6, 3])])
def test_calls_of_a_quarter_by_the_class_of_a_client(kind: str, times: list[int]):
    """EC-1"""
    made = [
        sum(
            each.nominal_on >= day("2026-01-01")
            for figures in CALLS[name]
            for each in series("2026-03-31", **figures)
        )
        for name in OF_CLASS[kind]
    ]
    assert made == times
