"""Deadlines that rest from one event on and run on after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from shop.models import Customer

from company import Company
from core.handbook.replay import replay
from core.workdays.models import NOTICE, Workday
from core.worklist.events import happened
from duties import at, customer, dues, night, order, owed, ruled_by
from shop_duties import ANSWER, CALL, FIRST_ORDER

WEDNESDAY = date(2026, 11, 25)
WAYS = {"paused_by": (("shop.customer.held", ""),), "resumed_by": (("shop.customer.released", ""),)}
RESTS = replace(FIRST_ORDER, **WAYS)
ANSWERS = replace(ANSWER, **WAYS)


@pytest.fixture
def office(office: Company) -> Iterator[Company]:
    with ruled_by(office, (RESTS, ANSWERS, CALL)):
        yield office


def told(company: Company, number: int, what: str, day: date) -> None:
    """An event of a customer on a day."""
    with at(day), company.session("east") as session:
        happened(session, f"shop.customer.{what}", [session.get_one(Customer, number)])


def test_what_rests_is_not_late_and_runs_on_afterwards(office: Company):
    with at(WEDNESDAY):
        number, other = customer(office), customer(office)
    told(office, number, "held", date(2026, 11, 27))
    night(office, date(2026, 12, 1))
    rows = {each.record_id: each for each in owed(office, RESTS)}
    assert (rows[number].paused_on, rows[number].late_on) == (date(2026, 11, 27), None)
    assert rows[other].late_on == date(2026, 12, 1)
    told(office, number, "released", date(2026, 12, 2))
    (row,) = owed(office, RESTS, record_id=number)
    assert (row.paused_on, row.paused_days, row.nominal_on) == (None, 5, date(2026, 12, 3))
    assert row.due_on == date(2026, 12, 3)
    with office.session() as session:
        assert replay(session).differences == []
    night(office, date(2026, 12, 4))
    assert [each.late_on for each in owed(office, RESTS, record_id=number)] == [date(2026, 12, 4)]


def test_twice_is_once_and_every_rest_counts(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    for first, last in ((26, 27), (28, 30)):
        for day in (first, first + 1):
            told(office, number, "held", date(2026, 11, day))
        for _twice in range(2):
            told(office, number, "released", date(2026, 11, last))
    (row,) = owed(office, RESTS)
    assert (row.paused_days, row.nominal_on) == (3, date(2026, 12, 1))


def test_what_is_due_at_an_hour_is_put_off_by_whole_days(office: Company):
    with at(WEDNESDAY, 10):
        number = customer(office, kind="firm")
    (before,) = owed(office, ANSWERS)
    told(office, number, "held", WEDNESDAY)
    told(office, number, "released", date(2026, 11, 27))
    (row,) = owed(office, ANSWERS)
    assert before.due_at is not None
    assert (row.due_at, row.due_on) == (before.due_at + timedelta(days=2), date(2026, 11, 27))


def test_what_rests_is_still_fulfilled(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    told(office, number, "held", WEDNESDAY)
    with at(date(2026, 11, 26)):
        order(office, number)
    assert [each.state for each in owed(office, RESTS)] == ["done"]
    told(office, number, "released", date(2026, 11, 27))
    assert dues(office, RESTS) == ["2026-11-30 done"]


def test_days_off_that_are_announced_later_keep_the_rest(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    told(office, number, "held", date(2026, 11, 26))
    told(office, number, "released", date(2026, 11, 28))
    assert dues(office, RESTS) == ["2026-11-30 open"]
    with office.session() as session:
        day = date(2026, 11, 30)
        session.add(Workday(day=day, is_workday=False, name="X", source=NOTICE))
    night(office, date(2026, 11, 29))
    assert dues(office, RESTS) == ["2026-12-01 open"]
