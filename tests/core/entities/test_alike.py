"""Records that may be the same as what is being entered: told in the form, to whom they may be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company, customer_values
from core.entities.alike import doubts
from core.entities.spec import Alike

ASKED = "/shop/customer/alike"


def alike(session: Any, entries: Sequence[Mapping[str, Any]]) -> list[list[Alike]]:
    """Who has the same name; a name in capitals is like one in small letters, faintly."""
    found = []
    for entry in entries:
        name = str(entry.get("name", ""))
        rows = session.execute(select(Customer.id, Customer.name).order_by(Customer.id)).all()
        found.append(
            [
                Alike(row.id, "the same name", faint=row.name != name)
                for row in rows
                if row.name.lower() == name.lower()
            ]
        )
    return found


@pytest.fixture(autouse=True)
def _looked_for(company: Company) -> Iterator[None]:
    known = company.installation
    before = known.entities
    changed = replace(
        before["shop.customer"], alike=alike, alike_by=("name", "number"), fact_of={}, by_name={}
    )
    known.entities = {**before, "shop.customer": changed}
    try:
        yield
    finally:
        known.entities = before


@pytest.fixture
def number(company: Company) -> int:
    return company.put("east", Customer(**customer_values(name="Double <b>")))


def test_the_form_asks_when_one_of_the_fields_changes(company: Company, number: int):
    clerk = company.client_of("east.clerk")
    page = clerk.get("/shop/customer/new").text
    assert f'hx-post="{ASKED}"' in page
    assert 'hx-trigger="change from:#name, change from:#number"' in page
    assert 'id="name"' in page
    assert f'hx-post="{ASKED}?id={number}"' in clerk.get(f"/shop/customer/{number}/edit").text
    assert "/alike" not in clerk.get("/shop/order/new").text


def test_what_may_be_the_same_is_named_with_its_reason_and_its_own_record_is_not(
    company: Company, number: int
):
    clerk = company.client_of("east.clerk")
    clerk.get("/shop/customer/new")
    told = clerk.post(ASKED, {"name": "Double <b>"}).text
    assert f'href="/shop/customer/{number}"' in told
    assert "Double &lt;b&gt;" in told
    assert "the same name" in told
    assert (
        f'href="/shop/customer/{number}"'
        not in clerk.post(f"{ASKED}?id={number}", {"name": "Double <b>"}).text
    )
    assert clerk.post(ASKED, {"name": "Nobody"}).text.strip() == ""
    assert clerk.post(ASKED, {}).text.strip() == ""


def test_of_records_that_one_may_not_see_only_the_number_is_told(company: Company, number: int):
    known = company.installation
    hidden = replace(
        known.entities["shop.customer"], criteria=lambda: [Customer.name == ""], fact_of={}, by_name={}
    )
    known.entities = {**known.entities, "shop.customer": hidden}
    clerk = company.client_of("east.clerk")
    clerk.get("/shop/customer/new")
    told = clerk.post(ASKED, {"name": "Double <b>"}).text
    assert "Double" not in told
    assert "may be the same." in told


def test_whoever_may_not_see_the_records_gets_nothing(company: Company, number: int):
    assert company.client_of("idle").post(ASKED, {"name": "Double <b>"}).status_code == 404
    assert company.browser().post(ASKED, {"name": "Double <b>"}).status_code in (302, 401)
    west = company.client_of("west.manager")
    west.get("/shop/customer/new")
    assert west.post(ASKED, {"name": "Double <b>"}).text.strip() == ""


def test_a_sheet_is_held_up_by_what_is_the_same_and_not_by_what_is_faint(company: Company, number: int):
    entity = company.installation.entities["shop.customer"]
    with company.session("east") as session:
        entries = [{"name": "Double <b>"}, {"name": "double <B>"}, {"name": "Nobody"}, {}]
        assert doubts(session, entity, entries) == ["the same name", "", "", ""]
