"""Own rules that keep a field back from a position: on pages, by REST, in lists, searches and exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shop.models import Customer

from company import Company, customer_values
from core.people.service import appoint
from duties import at
from everything_kept import everything
from own_rules import FIRM, admin_of, carried, in_force, out_of_force, refused, sent, written
from pages import Page

MONDAY = date(2026, 11, 23)
API = "/api/v1/shop/customer/"
MASK = written("hide", conditions=(), owner="shop.watcher", of="note", level="masked")
HIDE = written("hide", conditions=(), owner="shop.watcher", of="note", level="hidden")
SECRET = "owes the neighbours"


@pytest.fixture
def shop(own_company: Company) -> Company:
    """A customer with a note; one that watches in the west too."""
    own_company.add_person("west.watcher", "west", "shop.watcher")
    for branch in ("east", "west"):
        own_company.put(branch, Customer(**customer_values(note=SECRET)))
    return own_company


def note_of(company: Company, user: str) -> Any:
    """What a person gets of the note by REST; None for nothing at all."""
    answer = company.api_of(user)("GET", API)
    assert answer.status_code == 200, answer.text
    return answer.json["result"][0].get("note")


@pytest.mark.parametrize(("wanted", "left"), [(MASK, "****"), (HIDE, None)])
def test_it_is_kept_back_from_the_position_in_its_branch_until_it_is_retired(
    shop: Company, wanted: Any, left: str | None
):
    with at(MONDAY):
        assert note_of(shop, "east.watcher") == SECRET
        row = in_force(shop, wanted, MONDAY)
        assert note_of(shop, "east.watcher") == left
        for other in ("east.clerk", "east.manager", "west.watcher"):
            assert note_of(shop, other) == SECRET
        watcher = shop.client_of("east.watcher")
        number = shop.api_of("east.watcher")("GET", API).json["ids"][0]
        assert SECRET not in watcher.get(f"/shop/customer/{number}").text
        found = shop.api_of("east.watcher")("GET", f"{API}?q=(filters:!((col:note,opr:ct,value:neighbours)))")
        assert found.status_code == 400, "who does not see it whole does not ask for it either"
        out_of_force(shop, row)
        assert note_of(shop, "east.watcher") == SECRET


def test_it_holds_below_its_branch_and_for_no_other_position_of_the_same_person(shop: Company):
    shop.add_person("east.both", "east", "shop.watcher")
    with at(MONDAY):
        in_force(shop, HIDE, MONDAY, "hq")
        assert [note_of(shop, each) for each in ("east.watcher", "west.watcher", "east.both")] == [None] * 3
        with shop.session() as session:
            appoint(session, shop.people["east.both"], shop.branches["east"], "shop.clerk", valid_from=MONDAY)
        assert note_of(shop, "east.both") == SECRET, "who sees it by another position goes on seeing it"


def test_no_change_of_rights_gives_what_a_rule_keeps_back(shop: Company):
    with at(MONDAY):
        in_force(shop, MASK, MONDAY)
        admin = admin_of(shop)
        cell = admin.get("/core/rights/shop.watcher/shop.customer?branch=east").text
        assert "Firms are 100% different." in " ".join(Page(cell).texts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": ""}, "owner"),
        ({"owner": "core.administrator"}, "owner"),
        ({"of": "nothing"}, "of"),
        ({"level": "write"}, "of"),
        ({"conditions": (FIRM,)}, "effect"),
        ({"owner": "shop.clerk", "of": "name"}, "owner"),
        ({"entity": "shop.order", "of": "amount"}, "owner"),
        ({"moment": "added"}, "moment"),
    ],
)
def test_what_it_needs_is_asked_for(shop: Company, changes: dict[str, Any], field: str):
    assert refused(shop, replace(MASK, **changes)) == field


def test_it_is_previewed_published_by_clicks_and_carried_by_a_file(shop: Company):
    with at(MONDAY):
        shop.put("east", Customer(**customer_values()))
        admin = admin_of(shop)
        before = everything(shop.database)
        told = admin.post("/core/own-rules/new", sent(MASK, "preview")).text
        assert everything(shop.database) == before
        shown = " ".join(Page(told[told.index('id="preview"') :]).texts)
        assert "Of 2 judged again" in shown
        assert "Masked" in shown
        saved = admin.post("/core/own-rules/new", sent(MASK, "publish"))
        assert saved.status_code == 302, saved.text
        assert note_of(shop, "east.watcher") == "****"
        texts = Page(admin.get("/core/handbook/shop").text).texts
        assert {"Access", "Firms are 100% different."} <= set(texts)
    detail = carried(shop, int(saved.location.rpartition("/")[2]))
    assert (detail["of"], detail["level"], detail["owner"]) == ("note", "masked", "shop.watcher")
