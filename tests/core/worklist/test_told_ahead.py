"""What is counted back from a day that is to come: told once, at once where it should have been told, never after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company
from core.handbook.changing import Change, change
from core.handbook.kinds import Cadence, Deadline, Is, Notice
from core.handbook.replay import replay
from core.handbook.values import DAYS, YEARS, Setting
from core.messages.kinds import MessageTemplate
from core.messages.models import Outgoing
from core.worklist.events import happened
from core.worklist.models import Obligation
from core.worklist.why import explain_obligation
from duties import at, customer, dues, night, order, owed, ruled_by
from shop_duties import CLAUSE

MONDAY = date(2026, 11, 2)
ENDS = Cadence(
    "SHOP-D20",
    CLAUSE,
    "A customer is told %(ahead)s before the term ends.",
    (Setting("ahead", DAYS, 30),),
    entity="shop.customer",
    owner="shop.clerk",
    before="ahead",
    anchor="since",
    roll="previous",
    closed_by=(("shop.order.added", "customer"), ("shop.customer.SHOP-D20-due", "")),
    title="Terms that end",
)
BY_HAND = replace(ENDS, closed_by=(("shop.order.added", "customer"),))
LETTER = Notice(
    "SHOP-D21", CLAUSE, "Told.", event="shop.customer.SHOP-D20-due", template="ends", to=("shop.manager",)
)
WORDS = MessageTemplate(
    "ends", "The term ends", "shop.customer", "The term ends", "The term of %(name)s ends."
)
PARTY = Deadline(
    "SHOP-D22",
    CLAUSE,
    "A firm is told %(days)s before it begins.",
    (Setting("days", DAYS, 3),),
    entity="shop.customer",
    owner="shop.clerk",
    event="shop.customer.added",
    before="days",
    roll="previous",
    where=(Is("kind", "firm"),),
    closed_by=(("shop.order.added", "customer"),),
)
SECOND_YEAR = Cadence(
    "SHOP-D23",
    CLAUSE,
    "In the second year a firm is seen every %(every)s days.",
    (Setting("every", DAYS, 200), Setting("first", YEARS, 1), Setting("second", YEARS, 2)),
    entity="shop.customer",
    owner="shop.clerk",
    every="every",
    begins_after="first",
    ends_after="second",
    anchor="since",
)
BIRTHDAY = Cadence(
    "SHOP-D24",
    CLAUSE,
    "Birthdays by the lunar calendar.",
    (Setting("every", YEARS, 1), Setting("ahead", DAYS, 0)),
    entity="shop.customer",
    owner="shop.clerk",
    every="every",
    before="ahead",
    anchor="since",
    roll="none",
    lunar=True,
    where=(Is("vip", True),),
)


def ends(company: Company, day: date, on: date = MONDAY) -> int:
    with at(on):
        return customer(company, since=day)


def put(company: Company, number: int, **values: Any) -> None:
    with company.session("east") as session:
        row = session.get_one(Customer, number)
        for name, value in values.items():
            setattr(row, name, value)


def letters(company: Company) -> list[str]:
    with company.session("east") as session:
        return [
            f"{session.get_one(Obligation, each.obligation_id).due_on} {each.body}"
            for each in session.scalars(select(Outgoing).order_by(Outgoing.id))
        ]


@pytest.fixture
def wordy(office: Company):
    """The office, with the words of a letter."""
    office.installation.templates["ends"] = WORDS
    yield office
    del office.installation.templates["ends"]


def test_it_is_due_so_long_before_the_day_and_only_once(office: Company):
    with ruled_by(office, [BY_HAND]):
        ends(office, date(2026, 12, 31))
        night(office, MONDAY, ahead=400)
        assert dues(office, BY_HAND) == ["2026-12-01 open"]
        with office.session("east") as session:
            said = str(explain_obligation(session, session.merge(owed(office)[0])))
    assert "Counted back from" in said


def test_what_should_have_been_told_is_told_at_once_as_long_as_the_day_is_to_come(office: Company):
    with ruled_by(office, [BY_HAND]):
        for days in (-1, 0, 10, 30, 31):
            ends(office, MONDAY + timedelta(days=days))
        night(office, MONDAY)
        assert dues(office, BY_HAND) == [
            "2026-09-30 open",  # the third of October is a day off
            "2026-10-13 open",
            "2026-11-02 open",
            "2026-11-03 open",
        ]
        night(office, MONDAY + timedelta(days=3))
        assert [each.late_on for each in owed(office)] == [
            date(2026, 11, 3),
            date(2026, 11, 3),
            date(2026, 11, 3),
            date(2026, 11, 4),
        ]


def test_a_letter_goes_out_on_the_day_once_and_that_fulfils_it(wordy: Company):
    with ruled_by(wordy, [ENDS, LETTER]):
        ends(wordy, date(2026, 12, 6))
        night(wordy, MONDAY)
        assert letters(wordy) == []
        night(wordy, date(2026, 11, 9))  # nobody planned for a week, and the day lay in it
        night(wordy, date(2026, 11, 10))
        assert letters(wordy) == ["2026-11-06 The term of Wang ends."]
        assert dues(wordy, ENDS) == ["2026-11-06 done"]


def test_an_imported_term_that_ends_soon_is_told_of_in_the_same_night(wordy: Company):
    with ruled_by(wordy, [ENDS, LETTER]):
        ends(wordy, date(2026, 11, 12))
        night(wordy, MONDAY)
        night(wordy, MONDAY + timedelta(days=1))
        assert letters(wordy) == ["2026-10-13 The term of Wang ends."]


def test_who_renewed_is_not_told_and_the_new_end_is(wordy: Company):
    with ruled_by(wordy, [ENDS, LETTER]):
        number = ends(wordy, date(2026, 12, 6))
        night(wordy, MONDAY)
        put(wordy, number, since=date(2027, 1, 10))
        night(wordy, date(2026, 11, 9))
        assert letters(wordy) == []
        assert dues(wordy, ENDS) == ["2026-11-06 dropped", "2026-12-11 open"]


def test_another_setting_tells_of_no_day_twice(office: Company):
    with ruled_by(office, [BY_HAND]):
        number = ends(office, date(2026, 12, 31))
        later = ends(office, date(2027, 1, 15))
        night(office, MONDAY, ahead=60)
        order(office, number, on=date(2026, 11, 3))
        with at(MONDAY), office.session() as session:
            wanted = Change("ahead", office.branches["hq"], date(2026, 11, 4), 20, "as the meeting decided")
            change(session, BY_HAND, wanted, office.people["admin"])
        night(office, date(2026, 11, 4), ahead=60)
        assert dues(office, BY_HAND) == ["2026-12-01 done", "2026-12-25 open"]
        assert [each.record_id for each in owed(office)] == [number, later]
        with office.session() as session:
            assert replay(session).differences == []


def test_an_event_that_is_to_come_is_told_of_before(office: Company):
    with ruled_by(office, [PARTY]):
        number = customer(office, kind="firm")
        customer(office)
        with office.session("east") as session:
            happened(
                session,
                "shop.customer.added",
                [session.get_one(Customer, number)],
                on=date(2026, 10, 6),
            )
        found = [each for each in owed(office, PARTY) if each.starts_on == date(2026, 10, 6)]
        assert [str(each.due_on) for each in found] == ["2026-09-30"]
        order(office, number, on=date(2026, 9, 29))
        assert {each.state for each in owed(office, PARTY) if each.starts_on == date(2026, 10, 6)} == {"done"}


def test_the_second_year_is_counted_from_the_first_day(office: Company):
    with ruled_by(office, [SECOND_YEAR]):
        ends(office, date(2025, 11, 3))
        night(office, MONDAY, ahead=800)
        assert dues(office, SECOND_YEAR) == ["2026-12-08 open", "2027-06-28 open"]


def test_lunar_birthdays_come_by_the_lunar_calendar(office: Company):
    with ruled_by(office, [BIRTHDAY]):
        with at(MONDAY):
            customer(office, since=date(1990, 1, 26), vip=True)  # the last day of a lunar year, a 30th
            customer(office, since=date(1990, 1, 26))
        night(office, MONDAY, ahead=800)
        assert dues(office, BIRTHDAY) == ["2027-02-05 open", "2028-01-25 open"]
