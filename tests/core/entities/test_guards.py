"""Records that stay as they are, and entries that may stay empty: by page, form, REST, history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company, customer_values
from core.data import UserError
from core.entities.spec import Entity, Field
from core.history import HistoryEntry
from pages import Page

STAYS = "This record stays as it is."


def stays(customer: Customer) -> None:
    if customer.vip:
        raise UserError(STAYS, status=409)


@pytest.fixture
def guarded(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    """Important customers are neither changed nor deleted."""
    entity = company.installation.entities["shop.customer"]
    monkeypatch.setitem(company.installation.entities, entity.id, replace(entity, guard=stays, by_name={}))
    return company


@pytest.mark.parametrize("vip", [False, True])
def test_what_a_page_offers_depends_on_the_record(guarded: Company, vip: bool):
    number = guarded.put("east", Customer(**customer_values(vip=vip)))
    with guarded.session("east") as session:
        session.get_one(Customer, number).name = "Renamed"
    page = Page(guarded.client_of("east.manager").get(f"/shop/customer/{number}").text)
    assert (f"/shop/customer/{number}/edit" in page.links) is not vip
    assert (f"/shop/customer/{number}/delete" in page.posts) is not vip
    assert any("/restore/" in each for each in page.posts) is not vip


def test_every_channel_refuses_it(guarded: Company):
    number = guarded.put("east", Customer(**customer_values(vip=True)))
    with guarded.session("east") as session:
        session.get_one(Customer, number).name = "Renamed"
    page, boss, api = (
        f"/shop/customer/{number}",
        guarded.client_of("east.manager"),
        guarded.api_of("east.manager"),
    )
    assert boss.get(f"{page}/edit").location == page
    assert STAYS in boss.get(page).text
    assert boss.post(f"{page}/edit", {"name": "Other", "vip": ""}).location == page
    assert boss.post(f"{page}/delete").location == page
    with guarded.session("east") as session:
        made = select(HistoryEntry.id).filter_by(table_name="shop_customer", record_id=number, action="add")
        first = session.scalars(made).one()
    assert boss.post(f"/core/history/of{page}/restore/{first}").location == page
    for method, body in (("PUT", {"name": "Other"}), ("PUT", {"vip": False}), ("DELETE", None)):
        answer = api(method, f"/api/v1{page}", json=body)
        assert (answer.status_code, answer.json["message"]) == (409, STAYS)
    assert api("GET", f"/api/v1{page}").json["result"]["name"] == "Renamed"


def test_it_is_not_brought_back_either(guarded: Company):
    number = guarded.put("east", Customer(**customer_values(vip=True)))
    with guarded.session("east") as session:
        session.delete(session.get_one(Customer, number))
    undo = f"/core/history/of/shop/customer/{number}/bring-back"
    boss = guarded.client_of("east.manager")
    assert undo not in Page(boss.get("/core/history/deleted/shop/customer").text).posts
    boss.post(undo)
    assert boss.get(f"/shop/customer/{number}").status_code == 404


def test_what_comes_back_is_checked_like_what_is_entered(company: Company):
    number = company.put("east", Customer(**customer_values(kind="home", credit=20_000)))
    with company.session("east") as session:
        session.delete(session.get_one(Customer, number))
    boss = company.client_of("east.manager")
    boss.get("/shop/customer/")
    boss.post(f"/core/history/of/shop/customer/{number}/bring-back")
    assert "at most 10,000 of credit" in boss.get("/shop/customer/").text
    assert boss.get(f"/shop/customer/{number}").status_code == 404


# ---------------------------------------------------------------- empty entries


@pytest.fixture
def easy(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Visits and sort, whose columns know no NULL but a default, are not required."""
    entity = company.installation.entities["shop.customer"]
    fields = tuple(_not_required(each) for each in entity.fields)
    monkeypatch.setitem(company.installation.entities, entity.id, _with(entity, fields))
    return company


def _not_required(each: Field) -> Field:
    return replace(each, required=False) if each.name in ("visits", "kind") else each


def _with(entity: Entity, fields: tuple[Field, ...]) -> Entity:
    return replace(entity, fields=fields, by_name={})


def marks(page: str) -> set[str]:
    """The names of the fields that a form marks as required."""
    labels = re.findall(r'<label class="form-label" for="(\w+)">(.*?)</label>', page, re.DOTALL)
    return {name for name, text in labels if "required-mark" in text}


def test_an_empty_entry_that_is_not_required_means_the_default(easy: Company):
    clerk, values = easy.client_of("east.clerk"), customer_values(visits="", kind="")
    assert not {"visits", "kind"} & marks(clerk.get("/shop/customer/new").text)
    made = clerk.fill("/shop/customer/new", values)
    assert made.status_code == 302, made.text
    api = easy.api_of("east.clerk")
    stored = api("GET", f"/api/v1{made.location}").json["result"]
    assert (stored["visits"], stored["kind"]) == (0, "home")
    assert api("PUT", f"/api/v1{made.location}", json={"visits": 5, "kind": "firm"}).status_code == 200
    answer = api("PUT", f"/api/v1{made.location}", json={"visits": None, "kind": None})
    assert answer.status_code == 200, answer.text
    assert (answer.json["result"]["visits"], answer.json["result"]["kind"]) == (0, "home")


def test_a_mark_stands_where_an_empty_entry_is_refused(company: Company):
    clerk = company.client_of("east.clerk")
    page = clerk.get("/shop/customer/new").text
    assert {"number", "name", "credit", "visits"} <= marks(page)
    assert not {"volume", "steps", "since", "note"} & marks(page)
    for name in ("credit", "visits"):
        answer = clerk.fill("/shop/customer/new", customer_values(**{name: ""}))
        assert (answer.status_code, "Fill in this field." in answer.text) == (422, True)
