"""Due dates that days off decided, worked out again after they were done: by what was known of days at that time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from company import Company
from core.handbook.replay import Replayed, replay
from core.handbook.values import WORKDAYS, Setting
from core.workdays.models import Workday
from core.worklist.models import Obligation
from duties import at, customer, night, order, ruled_by
from shop_duties import FIRST_ORDER

DAY = date(2026, 11, 23)
RULE = replace(FIRST_ORDER, id="SHOP-D31", settings=(Setting("days", WORKDAYS, 3),))
DAYS_OFF = (DAY + timedelta(days=2), DAY + timedelta(days=4))


@pytest.fixture
def shop(own_company: Company) -> Iterator[Company]:
    with ruled_by(own_company, (RULE,)):
        yield own_company


def done(company: Company, day: date = DAY) -> int:
    """A customer who ordered on the day on which they came."""
    with at(day):
        made = customer(company, name="Done")
        order(company, made, day)
    return made


def off(company: Company, written: date, *days: date, **values: bool) -> None:
    """What somebody says of days, on a day."""
    with at(written), company.session() as session:
        given = {"is_workday": False, **values}
        session.add_all(Workday(day=each, name="X", **given) for each in days)


def again(company: Company) -> Replayed:
    with at(DAY + timedelta(days=30)), company.session() as session:
        return replay(session)


def moved(company: Company, by: int) -> None:
    with company.session() as session:
        for row in session.scalars(select(Obligation)):
            row.due_on = row.due_on + timedelta(days=by)


def test_what_is_done_is_judged_and_what_differs_is_told(shop: Company):
    done(shop)
    found = again(shop)
    assert (found.judged, found.passed_over, found.differences) == (1, 0, [])
    moved(shop, 1)
    [differs] = again(shop).differences
    assert differs.rule == RULE.id


def test_days_off_that_were_entered_later_change_nothing_that_was(shop: Company):
    done(shop)
    off(shop, DAY + timedelta(days=5), *DAYS_OFF)
    found = again(shop)
    assert (found.judged, found.passed_over, found.differences) == (1, 0, [])
    moved(shop, 2)
    assert len(again(shop).differences) == 1, "what came of those days was never so while it was open"


def test_days_off_that_were_known_count_although_they_were_taken_back_since(shop: Company):
    off(shop, DAY - timedelta(days=3), *DAYS_OFF)
    done(shop)
    for what in ("edited", "deleted"):
        with at(DAY + timedelta(days=6)), shop.session() as session:
            rows = session.scalars(select(Workday).where(Workday.day.in_(DAYS_OFF))).all()
            for row in rows:
                if what == "edited":
                    row.is_workday = True
                else:
                    session.delete(row)
        found = again(shop)
        assert (found.judged, found.passed_over, found.differences) == (1, 0, []), what
    moved(shop, -2)
    assert len(again(shop).differences) == 1


def test_what_was_open_when_days_were_entered_moved_with_them(shop: Company):
    with at(DAY):
        customer(shop, name="Late")
    night(shop, DAY)
    off(shop, DAY, *DAYS_OFF)
    night(shop, DAY + timedelta(days=1))
    night(shop, DAY + timedelta(days=9))
    with shop.session() as session:
        [row] = session.scalars(select(Obligation))
        assert row.late_on is not None
    found = again(shop)
    assert (found.judged, found.passed_over, found.differences) == (1, 0, [])
    moved(shop, 10)
    assert len(again(shop).differences) == 1


def test_of_days_that_were_changed_in_sets_it_is_said_that_nothing_can_be_said(shop: Company):
    """The history of such a statement has no values; what fits what is known still is judged all the same."""
    off(shop, DAY - timedelta(days=3), *DAYS_OFF)
    done(shop)
    with at(DAY + timedelta(days=6)), shop.session() as session:
        session.execute(delete(Workday).where(Workday.day.in_(DAYS_OFF)))
    found = again(shop)
    assert (found.judged, found.passed_over, found.differences) == (0, 1, [])
    later = DAY + timedelta(days=14)
    done(shop, later)
    found = again(shop)
    assert (found.judged, found.passed_over, found.differences) == (1, 1, [])
