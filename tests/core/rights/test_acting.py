"""Acting for somebody: it begins and ends by itself, gives what they hold, and everybody can see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from company import Company
from core.data import UserError, clock
from core.people.access import load_person
from core.people.models import ACTING, Appointment
from core.people.rights.delegating import delegate, end

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)  # in Shanghai


@pytest.fixture(autouse=True)
def _that_day():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def office(own_company: Company) -> Company:
    own_company.add_person("east.second", "east", "shop.watcher")
    return own_company


def own(session, company: Company, username: str) -> int:
    return session.scalar(select(Appointment.id).where(Appointment.user_id == company.people[username]))


def hand_over(
    company: Company, to: str = "east.second", first=TODAY, last=TODAY, who="east.clerk", whose=""
) -> int:
    with company.app.app_context(), company.session() as session:
        person = load_person(session, company.user(session, who), None)
        return delegate(
            session, person, own(session, company, whose or who), company.people[to], first, last
        ).id


def may_add(company: Company, username: str = "east.second", moment: datetime = NOON) -> bool:
    with clock.frozen(moment), company.session() as session:
        person = load_person(session, company.user(session, username), None)
        return "add" in person.grants.get("shop.order", ())


def at(day: int, hour: int = 12) -> datetime:
    """A moment of November 2026 in Shanghai."""
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour - 8)


def test_it_counts_from_its_first_day_to_its_last(office: Company):
    hand_over(office, first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=3))
    moments = [at(22), at(22, 23), at(23, 0), at(25, 23), at(26, 0)]
    assert [may_add(office, moment=each) for each in moments] == [False, False, True, True, False]


def test_it_ends_when_the_position_is_lost(office: Company):
    hand_over(office, last=TODAY + timedelta(days=30))
    assert may_add(office)
    with office.session() as session:
        session.get_one(Appointment, own(session, office, "east.clerk")).valid_to = TODAY + timedelta(days=1)
    assert (may_add(office, moment=at(23, 23)), may_add(office, moment=at(24, 0))) == (True, False)
    with office.session() as session:
        session.get_one(Appointment, own(session, office, "east.clerk")).valid_to = None
        office.user(session, "east.clerk").active = False
    assert not may_add(office)


def test_what_is_delegated_cannot_be_delegated_on(office: Company):
    made = hand_over(office, last=TODAY + timedelta(days=3))
    office.add_person("east.third", "east", "shop.watcher")
    with office.app.app_context(), office.session() as session:
        person = load_person(session, office.user(session, "east.second"), None)
        assert "shop.clerk" in {each.id for each in person.positions}
        with pytest.raises(UserError, match="do not hold this position yourself"):
            delegate(session, person, made, office.people["east.third"], TODAY, TODAY)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"whose": "east.manager"}, "do not hold this position yourself"),
        ({"whose": "admin"}, "do not hold this position yourself"),
        ({"to": "west.manager"}, "who works in this branch"),
        ({"to": "idle"}, "who works in this branch"),
        ({"to": "east.clerk"}, "who works in this branch"),
        ({"first": TODAY - timedelta(days=1)}, "today or a later day"),
        ({"last": TODAY - timedelta(days=1), "first": TODAY}, "before the first"),
        ({"last": TODAY + timedelta(days=400)}, "a year at most"),
    ],
)
def test_what_cannot_be_is_refused(office: Company, wrong, told):
    with pytest.raises(UserError, match=told):
        hand_over(office, **wrong)
    assert not may_add(office)


@pytest.mark.parametrize("who", ["east.clerk", "east.second"])
def test_either_of_the_two_ends_it(office: Company, who):
    made = hand_over(office, last=TODAY + timedelta(days=3))
    for stranger in ("east.manager", "admin"):
        with office.session() as session, pytest.raises(NotFound):
            end(session, load_person(session, office.user(session, stranger), None), made)
    later = at(23)
    with clock.frozen(later), office.session() as session:
        end(session, load_person(session, office.user(session, who), None), made)
    assert not may_add(office, moment=later)
    with office.session() as session:
        assert session.get_one(Appointment, made).valid_to == TODAY


def test_one_that_had_not_begun_is_gone(office: Company):
    made = hand_over(office, first=TODAY + timedelta(days=2), last=TODAY + timedelta(days=3))
    with office.session() as session:
        end(session, load_person(session, office.user(session, "east.clerk"), None), made)
    with office.session() as session:
        assert session.get(Appointment, made) is None
    assert not may_add(office, moment=at(24))


def test_a_regular_appointment_is_not_ended_there(office: Company):
    with office.session() as session:
        person, own_id = (
            load_person(session, office.user(session, "east.clerk"), None),
            own(session, office, "east.clerk"),
        )
        with pytest.raises(NotFound):
            end(session, person, own_id)


def test_the_top_bar_says_for_whom(office: Company):
    hand_over(office, last=TODAY + timedelta(days=3))
    with office.session() as session:
        principal = office.user(session, "east.clerk").last_name
    page = office.client_of("east.second").get("/").text
    assert f"Shop clerk (acting for {principal})" in page


def test_only_what_the_delegation_allows_is_done_for_somebody(office: Company):
    from flask import g

    from core.branches.scope import Scope, enter, leave
    from core.people.access import require

    hand_over(office, last=TODAY + timedelta(days=3))
    for entity, action, principal in (
        ("shop.customer", "see", None),
        ("shop.order", "add", office.people["east.clerk"]),
    ):
        with office.app.test_request_context(), office.session() as session:
            g.zhidu_person = load_person(session, office.user(session, "east.second"), None)
            token = enter(Scope(active=office.branches["east"], readable=(office.branches["east"],)))
            require(entity, action)
            leave(token)
            assert g.zhidu_person.acting_for == principal


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"valid_to": ""}, "has a last day"),
        ({"acting_for_id": "east.second"}, "acts for themself"),
        ({"acting_for_id": "west.manager"}, "does not hold the position"),
        ({"kind": "regular"}, "Only an acting appointment"),
        ({}, ""),
    ],
)
def test_the_administrator_appoints_somebody_to_act(office: Company, changes, told):
    admin = office.client_of("admin")
    given = {"acting_for_id": "east.clerk", "kind": ACTING, "valid_to": "2026-12-31", **changes}
    given["acting_for_id"] = str(office.people[given["acting_for_id"]])
    fixed = {"user_id": str(office.people["east.second"]), "branch_id": str(office.branches["east"])}
    answer = admin.fill(
        "/core/appointment/new", {**fixed, "position": "shop.clerk", "valid_from": "2026-11-22", **given}
    )
    assert (answer.status_code == 302) is (told == ""), answer.text
    assert told in answer.text
    assert may_add(office) is (told == "")
