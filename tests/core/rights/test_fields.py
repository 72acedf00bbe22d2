"""Masked and hidden fields stay so in every channel."""

from __future__ import annotations

import pytest
from flask import g
from shop.models import Customer, Order

from company import Company, customer_values
from core.entities.reading import readable, shown_to_reader
from pages import Page

NAME, NOTE = "Zhang Unseen", "a quiet remark"


@pytest.fixture(scope="module")
def customer(desk: Company) -> int:
    values = customer_values(name=NAME, note=NOTE, kind="firm", credit=7, visits=31337)
    return desk.put("east", Customer(**values))


def secrets_in(text: str) -> list[str]:
    return [secret for secret in (NAME, NOTE, "Shop note", "31337", "Firm") if secret in text]


@pytest.mark.parametrize("path", ["", "{id}", "{id}/edit", "export.csv", "?sort=name", "?f_kind=firm", "new"])
def test_no_page_shows_them(desk: Company, customer, path):
    answer = desk.client_of("east.desk").get(f"/shop/customer/{path.format(id=customer)}", buffered=True)
    assert answer.status_code == 200
    assert secrets_in(answer.text) == []
    whole = (
        desk.client_of("east.manager").get(f"/shop/customer/{path.format(id=customer)}", buffered=True).text
    )
    assert secrets_in(whole.replace("f_kind=firm", "")) != []


def test_masked_values_are_told_from_empty_ones(desk: Company, customer):
    clerk = desk.client_of("east.desk")
    assert "****" in Page(clerk.get("/shop/customer/").text).texts
    assert "****" in clerk.get(f"/shop/customer/{customer}").text
    assert "****" in clerk.get("/shop/customer/export.csv", buffered=True).text


@pytest.mark.parametrize("search", ["Zhang", "Unseen", "zhang"])
def test_they_cannot_be_searched(desk: Company, customer, search):
    found, picked = (
        desk.client_of("east.desk").get(f"/shop/customer/{path}q={search}") for path in ("?", "picker?")
    )
    assert "****" not in Page(found.text).texts
    assert picked.json == {"results": []}
    assert NAME in desk.client_of("east.manager").get(f"/shop/customer/?q={search}").text


def test_a_picker_shows_masked_titles(desk: Company, customer):
    results = desk.client_of("east.desk").get("/shop/customer/picker").json["results"]
    assert {each["label"] for each in results} == {"****"}


def test_references_show_masked_titles(desk: Company, customer):
    order = desk.put("east", Order(customer_id=customer, amount=3))
    clerk = desk.client_of("east.desk")
    for path in ("", f"{order}", f"new?customer_id={customer}"):
        text = clerk.get(f"/shop/order/{path}").text
        assert NAME not in text
        assert "****" in text
    assert NAME in desk.client_of("east.manager").get(f"/shop/order/{order}").text


def test_sorting_and_filtering_by_them_is_as_by_a_column_that_is_not_there(desk: Company, customer):
    clerk = desk.client_of("east.desk")
    assert not [link for link in Page(clerk.get("/shop/customer/").text).links if "sort=name" in link]
    api = desk.api_of("east.desk")
    for name in ("name", "note", "kind"):
        for query, unknown in (
            (f"(order_column:{name})", "(order_column:nothing)"),
            (f"(filters:!((col:{name},opr:sw,value:a)))", "(filters:!((col:nothing,opr:sw,value:a)))"),
        ):
            told = api("GET", f"/api/v1/shop/customer/?q={query}")
            same = api("GET", f"/api/v1/shop/customer/?q={unknown}")
            assert (told.status_code, told.text) == (400, same.text.replace("nothing", name))
    assert api("GET", "/api/v1/shop/customer/?q=(filters:!((col:credit,opr:eq,value:7)))").json["count"] >= 1


def test_the_own_order_of_a_list_does_not_tell_them(desk: Company, monkeypatch):
    monkeypatch.setitem(desk.installation.entities["shop.customer"].__dict__, "order", ("name",))
    first = desk.put("east", Customer(**customer_values(name="Zz last by name")))
    second = desk.put("east", Customer(**customer_values(name="Aa first by name")))
    ids = desk.api_of("east.desk")("GET", "/api/v1/shop/customer/?q=(page_size:100)").json["ids"]
    assert ids.index(first) < ids.index(second)
    ids = desk.api_of("east.manager")("GET", "/api/v1/shop/customer/?q=(page_size:100)").json["ids"]
    assert ids.index(first) > ids.index(second)


def test_rest_gives_masked_text_and_leaves_hidden_fields_out(desk: Company, customer):
    api = desk.api_of("east.desk")
    item = api("GET", f"/api/v1/shop/customer/{customer}").json["result"]
    listed = api("GET", "/api/v1/shop/customer/?q=(page_size:100)").json["result"]
    assert item in listed
    assert item["name"] == "****"
    assert not {"note", "kind", "visits"} & item.keys()
    assert item["credit"] == "7.00"


@pytest.mark.parametrize("name", ["name", "note", "kind", "credit", "visits"])
def test_what_is_not_written_is_not_written_by_any_channel(desk: Company, customer, name):
    def stored():
        with desk.session("east") as session:
            row = session.get_one(Customer, customer)
            session.expunge(row)
            return row

    before = getattr(stored(), name)
    clerk = desk.client_of("east.desk")
    assert name not in Page(clerk.get(f"/shop/customer/{customer}/edit").text).entries
    sent = {"name": "Other", "note": "Other", "kind": "home", "credit": "9", "visits": "2"}[name]
    done = clerk.fill(f"/shop/customer/{customer}/edit", {name: sent, "since": "2026-03-04"})
    assert done.status_code == 302
    answer = desk.api_of("east.desk")("PUT", f"/api/v1/shop/customer/{customer}", json={name: sent})
    assert (answer.status_code, getattr(stored(), name)) == (400, before)
    body = {**customer_values(), name: sent, "name": "Other"}
    assert desk.api_of("east.desk")("POST", "/api/v1/shop/customer/", json=body).status_code == 400


def test_other_fields_are_still_written(desk: Company, customer):
    answer = desk.api_of("east.desk")("PUT", f"/api/v1/shop/customer/{customer}", json={"steps": 12})
    assert (answer.status_code, answer.json["result"]["steps"]) == (200, 12)


def test_what_history_and_print_forms_ask(desk: Company):
    entity = desk.installation.entities["shop.customer"]
    assert shown_to_reader(entity, "name", NAME) == NAME  # a job, in which nobody reads
    with desk.app.test_request_context():
        g.zhidu_person = None
        assert (readable(entity, "number"), shown_to_reader(entity, "number", "N1")) == (False, None)


def test_a_mask_has_to_be_a_known_one(desk: Company):
    from dataclasses import replace

    entity = desk.installation.entities["shop.customer"]
    odd = replace(entity.field("name"), mask="shade")
    with pytest.raises(ValueError, match="masks by shade"):
        replace(entity, fields=(odd, *entity.fields[2:]), by_name={}, search=(), list_columns=(), sections=())
