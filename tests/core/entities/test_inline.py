"""Cells of a list that are changed where they stand."""

from __future__ import annotations

import re

import pytest
from shop.models import Customer
from sqlalchemy import func, select

from company import Browser, Company, customer_values
from core.history.models import HistoryEntry
from pages import Page

LIST = "/shop/customer/"


@pytest.fixture
def one(company: Company) -> int:
    return company.put("east", Customer(**customer_values(name="Inl", credit=5)))


@pytest.fixture
def clerk(company: Company) -> Browser:
    return company.client_of("east.clerk")


def cell(number: int, field: str = "credit") -> str:
    return f"{LIST}{number}/cell/{field}"


def version(markup: str) -> str:
    found = re.search(r'name="row_version"[^>]*value="(\d+)"', markup)
    assert found
    return found.group(1)


def credit(company: Company, number: int) -> str:
    with company.session("east") as session:
        return str(session.get(Customer, number).credit)


def test_a_cell_that_may_be_changed_has_a_pencil(company: Company, one, clerk):
    page = clerk.get(f"{LIST}?q=Inl").text
    assert f'data-cell-url="{cell(one)}"' in page
    assert f"{LIST}{one}/edit#credit" in Page(page).links
    assert cell(one, "name") not in page
    assert "data-cell-url" not in company.client_of("east.watcher").get(f"{LIST}?q=Inl").text


def test_it_is_saved_and_the_cell_comes_back(company: Company, one, clerk):
    opened = clerk.get(cell(one))
    assert opened.status_code == 200
    assert 'value="5.00"' in opened.text
    answer = clerk.post(cell(one), {"credit": "7.5", "row_version": version(opened.text)})
    assert answer.status_code == 200
    assert "¥7.50" in answer.text
    assert f'data-cell-url="{cell(one)}"' in answer.text
    assert "<html" not in answer.text
    assert credit(company, one) == "7.50"
    with company.session("east") as session:
        told = select(func.count(HistoryEntry.id)).where(
            HistoryEntry.table_name == "shop_customer",
            HistoryEntry.record_id == one,
            HistoryEntry.action == "edit",
        )
        assert session.scalar(told) == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [("much", "Enter a number"), ("", "Fill in this field."), ("20000", "A home has at most")],
)
def test_what_does_not_fit_is_said_beside_it(company: Company, one, clerk, value, message):
    opened = clerk.get(cell(one)).text
    answer = clerk.post(cell(one), {"credit": value, "row_version": version(opened)})
    assert answer.status_code == 422
    assert message in answer.text
    assert 'role="alert"' in answer.text
    assert f'value="{value}"' in answer.text
    assert credit(company, one) == "5.00"


def test_somebody_elses_change_is_not_overwritten_unseen(company: Company, one, clerk):
    opened = clerk.get(cell(one)).text
    company.client_of("east.manager").fill(f"{LIST}{one}/edit", {"credit": "6"})
    answer = clerk.post(cell(one), {"credit": "7", "row_version": version(opened)})
    assert answer.status_code == 409
    assert "Stored now: ¥6.00" in answer.text
    assert credit(company, one) == "6.00"
    assert clerk.post(cell(one), {"credit": "7", "row_version": version(answer.text)}).status_code == 200
    assert credit(company, one) == "7.00"


@pytest.mark.parametrize("field", ["name", "number", "extra", "shout", "nothing"])
def test_no_other_field_is_changed_like_this(company: Company, one, clerk, field):
    assert clerk.get(cell(one, field)).status_code == 404
    assert clerk.post(cell(one, field), {field: "x"}).status_code == 404


def test_it_takes_right_and_row(company: Company, one, clerk):
    far = company.put("west", Customer(**customer_values(name="Far")))
    assert company.client_of("east.watcher").get(cell(one)).status_code == 403
    assert clerk.get(cell(far)).status_code == clerk.get(cell(2_000_000_001)).status_code == 404
    assert clerk.client.post(cell(one), data={"credit": "9"}).status_code == 400
    assert credit(company, one) == "5.00"
