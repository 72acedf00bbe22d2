"""Cadences: counted from the anchor, planned ahead without flooding, merged, paused, begun anew, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shop.models import Customer

from company import Company
from core.handbook.changing import Change, change
from core.handbook.values import WEEKS, YES_NO, Setting
from core.worklist.models import Series
from duties import at, customer, dues, night, order, owed, ruled_by
from shop_duties import DAILY, DUTIES, MONTHLY, VISIT

LAST_OF_OCTOBER = date(2026, 10, 31)
NOVEMBER = date(2026, 11, 2)  # a Monday


def firm(company: Company, since: date, **more: Any) -> int:
    with at(NOVEMBER):
        return customer(company, kind="firm", since=since, **more)


def put(company: Company, number: int, **values: Any) -> None:
    with company.session("east") as session:
        row = session.get_one(Customer, number)
        for name, value in values.items():
            setattr(row, name, value)


def test_each_date_is_counted_from_the_anchor_and_month_ends_do_not_drift(office: Company):
    firm(office, LAST_OF_OCTOBER)
    night(office, NOVEMBER, ahead=240)
    found = owed(office, VISIT)
    assert [f"{each.nominal_on:%m-%d}" for each in found] == [
        "11-30",
        "12-31",
        "01-31",
        "02-28",
        "03-31",
        "04-30",
        "05-31",
        "06-30",
    ]
    assert found[2].due_on == date(2027, 2, 1)  # the 31st of January 2027 is a Sunday
    assert [found[0].starts_on, found[1].starts_on] == [LAST_OF_OCTOBER, date(2026, 11, 30)]


def test_it_is_planned_within_the_horizon_night_for_night_and_never_twice(office: Company):
    firm(office, date(2026, 1, 10))
    night(office, NOVEMBER)
    assert [each.nominal_on for each in owed(office, VISIT)] == [date(2026, 11, 10), date(2026, 12, 10)]
    for each in range(1, 40, 3):
        night(office, NOVEMBER + timedelta(days=each))
    assert [f"{each.nominal_on:%m-%d}" for each in owed(office, VISIT)] == ["11-10", "12-10", "01-10"]


def test_a_branch_owes_too(office: Company):
    night(office, NOVEMBER)
    assert dues(office, MONTHLY) == ["2026-11-05 open", "2026-12-07 open"]
    assert {(each.entity, each.record_id) for each in owed(office, MONTHLY)} == {
        ("core.branch", office.branches["east"])
    }


def test_what_falls_on_one_day_is_asked_once(office: Company):
    with ruled_by(office, [*DUTIES, DAILY]):
        night(office, date(2026, 11, 20), ahead=4)
        found = owed(office, DAILY)
    assert [f"{each.due_on:%m-%d}" for each in found if each.state == "open"] == ["11-20", "11-23", "11-24"]
    monday = next(each for each in found if each.state == "open" and each.due_on.day == 23)
    assert [each.merged_into for each in found if each.state == "dropped"] == [monday.id] * 2


def test_the_first_that_is_open_is_closed_and_what_is_to_come_stays(office: Company):
    number = firm(office, date(2026, 9, 30))
    night(office, NOVEMBER, ahead=90)
    order(office, number, on=date(2026, 12, 1))
    assert dues(office, VISIT) == ["2026-11-30 done", "2026-12-30 open", "2027-02-01 open"]
    order(office, number, on=date(2026, 12, 2))
    order(office, number, on=date(2026, 12, 3))
    assert dues(office, VISIT) == ["2026-11-30 done", "2026-12-30 done", "2027-02-01 open"]


def test_when_the_anchor_moves_what_is_open_is_planned_anew_and_what_is_done_stays(office: Company):
    number = firm(office, date(2026, 10, 10))
    night(office, NOVEMBER, ahead=80)
    order(office, number, on=date(2026, 11, 9))
    assert dues(office, VISIT) == ["2026-11-10 done", "2026-12-10 open", "2027-01-11 open"]
    put(office, number, since=date(2026, 10, 20))
    night(office, date(2026, 11, 12), ahead=50)
    assert dues(office, VISIT) == ["2026-11-10 done", "2026-11-20 open", "2026-12-21 open"]


def test_what_was_late_by_the_old_anchor_is_dropped(office: Company):
    number = firm(office, date(2026, 10, 10))
    night(office, NOVEMBER)
    night(office, date(2026, 11, 16))
    put(office, number, since=date(2026, 10, 20))
    night(office, date(2026, 11, 17), ahead=20)
    assert dues(office, VISIT) == ["2026-11-10 dropped", "2026-11-20 open"]


def test_other_settings_plan_anew_from_their_day_on(office: Company):
    firm(office, date(2026, 10, 10))
    with at(NOVEMBER), office.session() as session:
        wanted = Change("months", office.branches["hq"], date(2026, 11, 20), 3, "as the meeting decided")
        change(session, VISIT, wanted, office.people["admin"])
    night(office, NOVEMBER, ahead=80)
    assert dues(office, VISIT) == ["2026-11-10 open", "2026-12-10 open", "2027-01-11 open"]
    night(office, date(2026, 11, 20), ahead=80)
    assert dues(office, VISIT) == ["2026-11-10 dropped", "2027-01-11 open"]


def test_a_pause_puts_off_what_was_left(office: Company):
    number = firm(office, date(2026, 10, 10))
    night(office, NOVEMBER, ahead=45)
    put(office, number, vip=True)
    night(office, date(2026, 11, 6), ahead=45)
    assert {each.paused_on for each in owed(office, VISIT)} == {date(2026, 11, 6)}
    night(office, date(2026, 11, 30), ahead=45)
    assert [each.late_on for each in owed(office, VISIT)] == [None, None]  # nothing is late while it rests
    put(office, number, vip=False)
    night(office, date(2026, 12, 2), ahead=45)
    found = owed(office, VISIT)
    assert [each.nominal_on for each in found] == [
        date(2026, 12, 6),
        date(2027, 1, 5),
    ]  # 26 days later than the 10th
    assert [each.paused_days for each in found] == [26, 26]
    night(office, date(2026, 12, 31), ahead=45)
    assert [each.nominal_on for each in owed(office, VISIT)][-1] == date(2027, 2, 5)


def test_what_was_merged_is_asked_for_again_when_a_rest_parts_it(office: Company):
    """Two weeks roll over the Spring Festival onto one day; put off by a rest, they are two visits again."""
    weekly = replace(VISIT, id="SHOP-D33", settings=(Setting("weeks", WEEKS, 1),), every="weeks")
    with ruled_by(office, [weekly]):
        with at(NOVEMBER):
            number = customer(office, kind="firm", since=date(2026, 1, 26))
        night(office, date(2026, 2, 10), ahead=20)
        before = ["2026-02-24 dropped", "2026-02-24 open", "2026-03-02 open"]
        assert sorted(dues(office, weekly)) == before
        put(office, number, vip=True)
        night(office, date(2026, 2, 12), ahead=18)
        put(office, number, vip=False)
        night(office, date(2026, 2, 26), ahead=4)
        found = owed(office, weekly)
    assert [f"{each.due_on} {each.state}" for each in found] == [
        "2026-03-02 open",
        "2026-03-09 open",
        "2026-03-16 open",
    ]
    assert {each.paused_days for each in found} == {14}
    assert {each.merged_into for each in found} == {None}


def test_a_series_that_a_branch_switches_off_asks_for_nothing(office: Company):
    settings = (*VISIT.settings, Setting("visits", YES_NO, True))
    switched = replace(VISIT, id="SHOP-D34", settings=settings, switch="visits")
    with ruled_by(office, [switched]):
        firm(office, date(2026, 10, 10))
        night(office, NOVEMBER)
        assert dues(office, switched) == ["2026-11-10 open", "2026-12-10 open"]
        with at(NOVEMBER), office.session() as session:
            wanted = Change(
                "visits", office.branches["hq"], date(2026, 11, 4), False, "as the meeting decided"
            )
            change(session, switched, wanted, office.people["admin"])
        night(office, date(2026, 11, 4))
        assert dues(office, switched) == []


def test_subjects_that_leave_owe_no_more(office: Company):
    number = firm(office, date(2026, 10, 10))
    night(office, NOVEMBER)
    put(office, number, kind="home")
    night(office, date(2026, 11, 3))
    assert {each.state for each in owed(office, VISIT)} == {"dropped"}
    with office.session("east") as session:
        assert session.query(Series).filter_by(rule=VISIT.id).count() == 0


def test_each_branch_plans_its_own(office: Company):
    firm(office, date(2026, 10, 10))
    night(office, NOVEMBER, branch="west")
    assert owed(office, VISIT) == []
    assert len(owed(office, MONTHLY, "west")) == 2
