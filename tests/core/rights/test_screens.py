"""The matrix, the page behind each of its fields, the two questions, and delegations, as people use them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company, counted, customer_values
from core.data import clock
from core.people.models import Appointment
from core.people.positions import Position, grant
from core.people.rights.models import RightOverride
from core.ui.format import DASH
from pages import Page, told_in

CELL = "/core/rights/shop.watcher/shop.customer"
RULER = Position("shop.ruler", "Local ruler", (grant("core.right", "see", "edit", clause="SHOP 9"),))


def wanted(**changes: str) -> dict[str, str]:
    given = {"what": "action:edit", "value": "granted", "where": "", "reason": "SHOP 3: watches and corrects"}
    return {**given, "since": clock.today().isoformat(), **changes}


@pytest.fixture
def admin(own_company: Company):
    return own_company.client_of("admin")


def test_the_matrix_shows_what_plugins_give_and_what_was_changed(own_company: Company, admin):
    before = admin.get("/core/rights/?plugin=shop")
    assert before.status_code == 200
    assert {"Shop watcher", "Shop clerk", "Shop manager", "Shop customers"} <= set(Page(before.text).texts)
    assert "changed" not in Page(before.text).texts
    assert admin.fill(CELL, wanted()).status_code == 302
    assert Page(admin.get("/core/rights/?plugin=shop").text).texts.count("changed") == 1
    assert CELL in Page(before.text).links


def test_a_change_is_told_with_its_reason_and_taken_back(own_company: Company, admin):
    customer = own_company.put("east", Customer(**customer_values()))
    watcher = own_company.client_of("east.watcher")
    assert watcher.get(f"/shop/customer/{customer}/edit").status_code == 403
    assert "SHOP 1" in admin.get(CELL).text
    assert admin.fill(CELL, wanted()).status_code == 302
    assert watcher.get(f"/shop/customer/{customer}/edit").status_code == 200
    page = admin.get(CELL).text
    assert "SHOP 3: watches and corrects" in page
    with own_company.session() as session:
        made = session.scalars(select(RightOverride)).one().id
        assert own_company.user(session, "admin").last_name in page
    assert admin.post(f"/core/rights/withdraw/{made}", {"at": "actions"}).status_code == 302
    assert told_in(admin.get(CELL).text, "actions").startswith("Taken back.")
    assert watcher.get(f"/shop/customer/{customer}/edit").status_code == 403
    assert admin.post(f"/core/rights/withdraw/{made}").status_code == 404
    assert "SHOP 3: watches and corrects" in admin.get("/core/right/").text


def test_a_level_for_one_branch_from_a_later_day(own_company: Company, admin):
    later = (clock.today() + timedelta(days=4)).isoformat()
    entry = wanted(what="field:note", value="hidden", where="east", since=later)
    assert admin.fill(f"{CELL}?branch=east", entry).status_code == 302
    assert "Begins later" in admin.get(f"{CELL}?branch=east").text
    assert "Begins later" not in admin.get(f"{CELL}?branch=west").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reason": ""}, "Fill in this field."),
        ({"value": "masked"}, "Choose one of the options."),
        ({"what": "action:fly"}, "Choose one of the options."),
        ({"where": "moon"}, "Choose one of the options."),
        ({"since": "2020-01-01"}, "Choose today or a later day"),
        ({"since": "yesterday"}, ""),
    ],
)
def test_a_wrong_entry_is_told(own_company: Company, admin, wrong, told):
    answer = admin.fill(CELL, wanted(**wrong))
    assert answer.status_code == 422
    assert told in answer.text
    with own_company.session() as session:
        assert session.scalars(select(RightOverride)).all() == []


def test_what_a_position_does_not_hold_is_told_in_a_low_voice(own_company: Company, admin):
    page = admin.get("/core/rights/?plugin=shop&branch=east").text
    cells = re.findall(r'<a href="/core/rights/shop\.watcher/[^"]+"( class="rights-none")?>([^<]+)</a>', page)
    assert {text == DASH for _quiet, text in cells} == {True, False}
    assert all(bool(quiet) is (text == DASH) for quiet, text in cells)


def test_only_who_may_see_rights_gets_there(own_company: Company):
    clerk = own_company.client_of("east.clerk")
    for path in ("/core/rights/", CELL, "/core/rights/what", "/core/rights/who", "/core/right/"):
        assert clerk.get(path).status_code == 403, path
        assert own_company.browser().get(path).status_code == 302, path
    for path in (CELL, "/core/rights/withdraw/1"):
        assert clerk.post(path, wanted()).status_code == 403, path
    assert "/core/rights/" not in Page(clerk.get("/").text).links


def test_a_local_ruler_stays_within_their_branch(own_company: Company):
    own_company.installation.positions[RULER.id] = RULER
    own_company.add_person("east.ruler", "east", RULER.id)
    ruler = own_company.client_of("east.ruler")
    page = ruler.get("/core/rights/?branch=east")
    assert page.status_code == 200
    assert "West" not in Page(page.text).texts
    assert ruler.get("/core/rights/?branch=west").status_code == 404
    assert ruler.get(f"{CELL}?branch=west").status_code == 404
    assert ruler.fill(CELL, wanted(where="west")).status_code == 422
    refused = ruler.fill(CELL, wanted(where="east"))
    assert (refused.status_code, "You do not hold this right yourself" in refused.text) == (422, True)
    entry = wanted(where="east", what="action:see", value="refused")
    assert ruler.fill(CELL, entry).status_code == 302
    west = own_company.people["west.manager"]
    assert ruler.get(f"/core/rights/what?person={west}&branch=east").status_code == 404


def test_what_somebody_can_do_and_why(own_company: Company, admin):
    admin.fill(CELL, wanted(where="east"))
    watcher = own_company.people["east.watcher"]
    page = admin.get(f"/core/rights/what?person={watcher}&branch=east").text
    assert "Shop watcher: SHOP 1" in page
    assert "Shop watcher: Allowed in East since" in page
    assert (
        "This person holds no position in this branch today."
        in admin.get(f"/core/rights/what?person={watcher}&branch=west").text
    )
    assert admin.get("/core/rights/what?person=99999&branch=east").status_code == 404
    boss = admin.get(f"/core/rights/what?person={own_company.people['admin']}&branch=hq").text
    assert "administers the head office" in boss


def test_who_can_do_it_and_why(own_company: Company, admin):
    address = "/core/rights/who?right=shop.customer:delete&branch=east"
    names = {}
    with own_company.session() as session:
        for username in ("admin", "east.manager", "east.clerk", "west.manager"):
            names[username] = own_company.user(session, username).last_name
    texts = Page(admin.get(address).text).texts
    assert names["east.manager"] in texts
    assert "Shop manager: SHOP 1" in texts
    assert names["admin"] in " ".join(texts)
    assert names["east.clerk"] not in texts
    assert names["west.manager"] not in texts
    admin.fill("/core/rights/shop.clerk/shop.customer", wanted(what="action:delete", where="east"))
    assert names["east.clerk"] in Page(admin.get(address).text).texts
    assert admin.get("/core/rights/who?right=shop.customer:fly&branch=east").status_code == 200
    assert admin.get("/core/rights/who?right=shop.customer:see&branch=moon").status_code == 404


def test_asking_who_costs_the_same_for_many_as_for_few(own_company: Company, admin):
    def statements() -> int:
        with counted(own_company.database) as found:
            admin.get("/core/rights/who?right=shop.customer:see&branch=east")
        return len(found)

    statements()
    before = statements()
    for number in range(5):
        own_company.add_person(f"more.{number}", "east", "shop.clerk")
    statements()  # the appointments have changed, so rights are read anew once
    assert statements() == before


def test_somebody_delegates_and_ends_it(own_company: Company):
    clerk, watcher = own_company.client_of("east.clerk"), own_company.client_of("east.watcher")
    own_company.put("east", Customer(**customer_values()))
    offered = clerk.get("/core/delegations/colleagues?q=").json["results"]
    to = str(own_company.people["east.watcher"])
    assert to in {each["id"] for each in offered}
    assert not {str(own_company.people[each]) for each in ("east.clerk", "west.manager", "idle")} & {
        each["id"] for each in offered
    }
    assert watcher.get("/shop/order/new").status_code == 403
    last = (clock.today() + timedelta(days=2)).isoformat()
    assert clerk.fill("/core/delegations/", {"to": to, "last": last}).status_code == 302
    assert watcher.get("/shop/order/new").status_code == 200
    assert "Acting for me" in clerk.get("/core/delegations/").text
    assert "I act for" in watcher.get("/core/delegations/").text
    with own_company.session() as session:
        made = session.scalars(select(Appointment).where(Appointment.acting_for_id.is_not(None))).one().id
    assert own_company.client_of("east.manager").post(f"/core/delegations/{made}/end").status_code == 404
    assert clerk.post(f"/core/delegations/{made}/end", {"at": "given"}).status_code == 302
    page = clerk.get("/core/delegations/").text
    assert ("The delegation has ended." in page, "Acting for me" in page) == (True, False)
    assert watcher.get("/shop/order/new").status_code == 403


@pytest.mark.parametrize(
    "entry", [{"to": ""}, {"to": "0"}, {"to": "99999999999999"}, {"position": "1"}, {"last": ""}]
)
def test_a_wrong_delegation_is_told(own_company: Company, entry):
    clerk = own_company.client_of("east.clerk")
    given = {"to": str(own_company.people["east.watcher"]), **entry}
    assert clerk.fill("/core/delegations/", given).status_code == 422


def test_delegations_are_for_who_is_logged_in(own_company: Company):
    for path in ("/core/delegations/", "/core/delegations/colleagues"):
        assert own_company.browser().get(path).status_code == 302
    assert own_company.client_of("idle").get("/core/delegations/").status_code == 200
    assert own_company.client_of("idle").get("/core/delegations/colleagues").json == {"results": []}
