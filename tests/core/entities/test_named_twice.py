"""A parameter that is named twice, or in a place where it does not belong, changes nothing that it should not."""

from __future__ import annotations

import pytest
from shop.models import Customer
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from company import PASSWORD, Company, customer_values
from pages import Page

LIST = "/api/v1/shop/customer/"


def names(company: Company, number: str) -> list[str]:
    with company.session("east") as session:
        return list(session.scalars(select(Customer.name).where(Customer.number == number)))


def test_of_a_field_sent_twice_the_first_counts_and_the_address_says_nothing(company: Company):
    clerk = company.client_of("east.clerk")
    number = customer_values()["number"]
    entries = Page(clerk.get("/shop/customer/new").text).entries
    data = MultiDict({**entries, "number": number, "name": "First"})
    data.add("name", "Second")
    data.add("number", "N-other")
    answer = clerk.client.post("/shop/customer/new?name=Address&number=N-address", data=data)
    assert answer.status_code == 302, answer.text
    assert names(company, number) == ["First"]
    assert names(company, "N-other") + names(company, "N-address") == []


def test_what_a_form_lacks_is_not_taken_from_the_address(company: Company):
    clerk = company.client_of("east.clerk")
    number = customer_values()["number"]
    entries = {**Page(clerk.get("/shop/customer/new").text).entries, "number": number}
    del entries["name"]
    assert clerk.client.post("/shop/customer/new?name=Address", data=entries).status_code == 422
    nobody = company.browser()
    nobody.get("/login/")
    address = f"/login/?username=east.clerk&password={PASSWORD}"
    assert nobody.post(address).status_code == 422
    assert nobody.client.post(f"/login/?csrf_token={nobody.token}").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        '{"number": "%s", "name": "First", "name": "Second"}',
        '{"number": "N-other", "number": "%s", "name": "x"}',
    ],
)
def test_json_that_names_a_field_twice_is_refused(company: Company, body):
    number = customer_values()["number"]
    call = company.api_of("east.clerk")
    answer = call("POST", LIST, data=body % number, content_type="application/json")
    assert (answer.status_code, answer.json["message"]) == (
        400,
        "Send a JSON object with the fields of the record.",
    )
    assert names(company, number) == []


def test_a_branch_named_twice_opens_no_other(company: Company):
    call = company.api_of("east.clerk")
    west = company.put("west", Customer(**customer_values()))
    for headers in (
        [("X-Branch", "east"), ("X-Branch", "west")],
        [("X-Branch", "west"), ("X-Branch", "east")],
    ):
        sent = [("Authorization", f"Bearer {call.token}"), *headers]
        assert call.client.get(f"{LIST}{west}", headers=sent).status_code == 404


def test_of_a_page_asked_for_twice_the_first_counts(company: Company):
    clerk = company.client_of("east.clerk")
    number = company.put("east", Customer(**customer_values(name="Only one of this name")))
    twice = clerk.get("/shop/customer/?q=Only+one+of+this+name&q=nobody").text
    assert f"/shop/customer/{number}" in Page(twice).links
    assert f"/shop/customer/{number}" not in Page(clerk.get("/shop/customer/?q=nobody&q=Only").text).links
