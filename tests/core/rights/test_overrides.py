"""What an administrator changes about positions: where it counts, from when, and who may change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from shop.models import Customer
from werkzeug.exceptions import NotFound

from company import Company, counted, customer_values
from core.branches.scope import NOWHERE, enter, leave
from core.data import UserError, clock
from core.people.access import load_person
from core.people.positions import Position, grant
from core.people.rights.models import ACTION, FIELD, GRANTED, REFUSED, RightOverride
from core.people.rights.overriding import Change, override, withdraw

EDIT = Change("shop.watcher", "shop.customer", ACTION, "edit", GRANTED, None, date(2026, 1, 1), "SHOP 3")


def change(company: Company, wanted: Change, editor: str = "admin", branch: str | None = None) -> int:
    with company.app.test_request_context(), company.session() as session:
        from flask import g

        g.zhidu_person = load_person(session, company.user(session, editor), branch)
        wanted = replace(wanted, valid_from=max(wanted.valid_from, clock.today()))
        return override(session, g.zhidu_person, wanted).id


def take_back(company: Company, override_id: int, editor: str = "admin") -> None:
    with company.app.test_request_context(), company.session() as session:
        from flask import g

        g.zhidu_person = load_person(session, company.user(session, editor), None)
        withdraw(session, g.zhidu_person, override_id)


@pytest.fixture
def customer(own_company: Company) -> str:
    return f"/shop/customer/{own_company.put('east', Customer(**customer_values()))}"


def may_edit(watcher, customer: str) -> bool:
    status = watcher.get(f"{customer}/edit").status_code
    assert status in (200, 403)
    return status == 200


def test_a_change_counts_at_the_next_request_and_ends_with_being_taken_back(own_company: Company, customer):
    watcher = own_company.client_of("east.watcher")
    assert not may_edit(watcher, customer)
    made = change(own_company, EDIT)
    assert may_edit(watcher, customer)
    assert watcher.fill(f"{customer}/edit", {"name": "Changed"}).status_code == 302
    take_back(own_company, made)
    assert not may_edit(watcher, customer)
    with own_company.session() as session:
        kept = session.get_one(RightOverride, made)
        assert kept.withdrawn_by == kept.set_by == own_company.people["admin"]
    with pytest.raises(NotFound):
        take_back(own_company, made)


def test_every_process_sees_it(own_company: Company, customer):
    """Two applications on one database, as two processes are."""
    from company import app_on

    other = app_on(own_company.database.url, own_company.installation.settings.home)
    watcher, elsewhere = own_company.client_of("east.watcher"), own_company.client_of("east.watcher")
    elsewhere.client = other.test_client()
    elsewhere.client._cookies = dict(watcher.client._cookies)
    other.config["SECRET_KEY"] = own_company.app.config["SECRET_KEY"]
    try:
        assert (may_edit(watcher, customer), may_edit(elsewhere, customer)) == (False, False)
        made = change(own_company, EDIT)
        assert (may_edit(watcher, customer), may_edit(elsewhere, customer)) == (True, True)
        take_back(own_company, made)
        assert (may_edit(watcher, customer), may_edit(elsewhere, customer)) == (False, False)
    finally:
        other.extensions["zhidu"].database.dispose()


def test_a_branch_goes_before_the_company(own_company: Company):
    own_company.add_person("west.watcher", "west", "shop.watcher")
    there = f"/shop/customer/{own_company.put('west', Customer(**customer_values()))}"
    here = f"/shop/customer/{own_company.put('east', Customer(**customer_values()))}"
    east, west = own_company.client_of("east.watcher"), own_company.client_of("west.watcher")
    change(own_company, EDIT)
    narrowed = change(own_company, replace(EDIT, value=REFUSED, branch_id=own_company.branches["west"]))
    assert (may_edit(east, here), may_edit(west, there)) == (True, False)
    take_back(own_company, narrowed)
    assert (may_edit(east, here), may_edit(west, there)) == (True, True)


def test_what_a_plugin_grants_is_taken_away(own_company: Company, customer):
    change(own_company, replace(EDIT, name="see", value=REFUSED))
    assert own_company.client_of("east.watcher").get(customer).status_code == 403
    assert own_company.api_of("east.watcher")("GET", "/api/v1/shop/customer/").status_code == 403


def test_it_counts_from_its_day_on(own_company: Company, customer):
    def may(moment: datetime) -> bool:
        with clock.frozen(moment), own_company.session() as session:
            person = load_person(session, own_company.user(session, "east.watcher"), None)
            return "edit" in person.grants["shop.customer"]

    start = clock.today() + timedelta(days=10)
    change(own_company, replace(EDIT, valid_from=start))
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC) - timedelta(hours=8)
    assert [may(midnight - timedelta(seconds=1)), may(midnight)] == [False, True]
    change(own_company, replace(EDIT, value=REFUSED, valid_from=start + timedelta(days=5)))
    assert [may(midnight), may(midnight + timedelta(days=5))] == [True, False]
    change(own_company, replace(EDIT, value=REFUSED, valid_from=start - timedelta(days=1)))  # replaces both
    assert [may(midnight - timedelta(days=1)), may(midnight), may(midnight + timedelta(days=9))] == [
        False
    ] * 3


def test_a_level_is_changed(own_company: Company, customer):
    clerk = own_company.client_of("east.clerk")
    note = replace(EDIT, position="shop.clerk", kind=FIELD, name="note", value="hidden")
    assert "Shop note" in clerk.get(customer).text
    made = change(own_company, note)
    assert "Shop note" not in clerk.get(customer).text
    change(own_company, replace(note, value="read", branch_id=own_company.branches["east"]))
    assert "Shop note" in clerk.get(customer).text
    assert 'name="note"' not in clerk.get(f"{customer}/edit").text
    take_back(own_company, made)
    assert 'name="note"' not in clerk.get(f"{customer}/edit").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reason": " "}, "Name the clause"),
        ({"reason": "x" * 301}, "at most 300"),
        ({"name": "fly"}, "one of the options"),
        ({"value": "perhaps"}, "one of the options"),
        ({"value": "read"}, "one of the options"),
        ({"kind": FIELD, "name": "note"}, "one of the options"),
        ({"kind": FIELD, "name": "password", "value": "read"}, "one of the options"),
        ({"kind": "wish"}, "one of the options"),
        ({"branch_id": 9999}, "not there"),
        ({"position": "core.administrator"}, "nobody is locked out"),
        ({"position": "shop.clerk", "kind": FIELD, "name": "name", "value": "read"}, "need this field"),
    ],
)
def test_what_cannot_be_is_refused(company: Company, wrong, told):
    with pytest.raises(UserError, match=told):
        change(company, replace(EDIT, **wrong))


@pytest.mark.parametrize("wrong", [{"position": "shop.nobody"}, {"entity": "shop.nothing"}])
def test_what_is_not_there_is_not_found(company: Company, wrong):
    with pytest.raises(NotFound):
        change(company, replace(EDIT, **wrong))


def test_it_does_not_reach_back(company: Company):
    with company.app.test_request_context(), company.session() as session:
        person = load_person(session, company.user(session, "admin"), None)
        with pytest.raises(UserError, match="today or a later day"):
            override(session, person, replace(EDIT, valid_from=clock.today() - timedelta(days=2)))


LOCAL = Position(
    "shop.ruler",
    "Local ruler",
    (
        grant("core.right", "see", "edit", clause="SHOP 9"),
        grant("shop.customer", "see", "edit", clause="SHOP 9", fields={"note": 1}),
    ),
)


@pytest.fixture(scope="module")
def ruler(company: Company) -> Company:
    company.installation.positions[LOCAL.id] = LOCAL
    company.add_person("east.ruler", "east", LOCAL.id)
    return company


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, "beyond your branch"),
        ({"branch": "west"}, "beyond your branch"),
        ({"branch": "hq"}, "beyond your branch"),
        ({"branch": "east", "name": "delete"}, "do not hold this right"),
        ({"branch": "east", "entity": "shop.receipt"}, "do not hold this right"),
        ({"branch": "east", "kind": FIELD, "name": "note", "value": "read"}, "do not hold this right"),
        ({"branch": "east", "name": "delete", "value": REFUSED}, ""),
        ({"branch": "east", "kind": FIELD, "name": "note", "value": "hidden"}, ""),
        ({"branch": "east"}, ""),
    ],
)
def test_nobody_grants_what_they_do_not_hold(ruler: Company, wanted, told):
    wanted = dict(wanted)
    code = wanted.pop("branch", None)
    asked = replace(EDIT, **wanted, branch_id=ruler.branches[code] if code else None)
    if told:
        with pytest.raises(UserError, match=told):
            change(ruler, asked, "east.ruler")
    else:
        assert change(ruler, asked, "east.ruler")


def test_taking_back_may_not_give_either(ruler: Company):
    narrowed = change(
        ruler, replace(EDIT, name="see", value=REFUSED, branch_id=ruler.branches["east"]), "east.ruler"
    )
    with pytest.raises(UserError, match="Only the head office"):
        take_back(ruler, narrowed, "east.ruler")
    take_back(ruler, narrowed)
    widened = change(ruler, replace(EDIT, branch_id=ruler.branches["west"]))
    with pytest.raises(UserError, match="beyond your branch"):
        take_back(ruler, widened, "east.ruler")


def test_the_overrides_are_read_again_only_when_something_has_changed(own_company: Company, customer):
    watcher = own_company.client_of("east.watcher")
    watcher.get(customer)
    with counted(own_company.database) as statements:
        watcher.get(customer)
    assert not [each for each in statements if "core_right_override" in each]
    change(own_company, EDIT)
    with counted(own_company.database) as statements:
        watcher.get(customer)
    for table in ("core_right_override", "core_appointment.position", "core_branch_plugin"):
        assert len([each for each in statements if f"FROM {table}" in each or f"SELECT {table}" in each]) <= 1
    assert len([each for each in statements if "core_right_override" in each]) == 1
    own = [each for each in statements if "FROM core_own_rule" in each]
    assert len(own) == 2, "what own rules keep back of fields, and what they are about"
    with counted(own_company.database) as later:
        watcher.get(customer)
    told = ("core_right_override", "core_own_rule", "core_branch_plugin", "JOIN core_branch")
    assert not [each for each in later if any(table in each for table in told)]


def test_a_change_that_was_rolled_back_never_counts(own_company: Company, customer):
    watcher = own_company.client_of("east.watcher")
    with own_company.app.test_request_context():
        session = own_company.database.sessions()
        token = enter(NOWHERE)
        person = load_person(session, own_company.user(session, "admin"), None)
        override(session, person, replace(EDIT, valid_from=clock.today()))
        session.rollback()
        session.close()
        leave(token)
    assert not may_edit(watcher, customer)
    change(own_company, replace(EDIT, name="export"))
    assert not may_edit(watcher, customer)
