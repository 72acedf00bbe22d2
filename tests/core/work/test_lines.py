"""A line of My work: the rows that its list shows, counted as far as lists count, due on the first of their days."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest
from shop.models import Order
from sqlalchemy import func, select

from both_branches import plant
from company import Company, counted
from core.work import lines
from core.work.lines import line

EVERY = (Order.id > 0,)
QUERY = "f_amount.gt=0"


@pytest.fixture(scope="module")
def company(company: Company) -> Company:
    """Three orders in the east and one in the west."""
    made = plant(company, "Anna", "Wei")
    for day in (2, 3):
        order = Order(customer_id=made["east"], amount=1, ordered_on=date(2026, 3, day))
        company.put("east", order)
    return company


def told(company: Company, *given: Any, **more: Any) -> list[Any]:
    with company.session("east") as session:
        return line(session, "shop.order", "Orders", *given, **more)


def rows(company: Company, what: Any = None) -> Any:
    with company.session("east") as session:
        return session.scalar(select(func.count(Order.id) if what is None else what))


def test_rows_are_counted_in_the_branch_with_the_first_of_their_days(company: Company) -> None:
    with counted(company.database) as statements:
        [found] = told(company, EVERY, QUERY, Order.ordered_on)
    assert (found.title, found.count, found.url) == ("Orders", rows(company), f"/shop/order/?{QUERY}")
    assert found.count == 3
    assert found.due == date(2026, 3, 2)
    assert len([each for each in statements if "shop_order" in each]) == 1
    day = date(2026, 1, 5)
    assert told(company, EVERY, QUERY, due=day)[0].due == day
    assert told(company, EVERY, QUERY)[0].due is None


def test_of_nothing_there_is_no_line(company: Company) -> None:
    assert told(company, (Order.ordered_on < date(1900, 1, 1) - timedelta(days=1),), QUERY) == []


def test_what_narrows_the_list_narrows_the_line(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    own = company.installation.entities["shop.order"]
    first = rows(company, func.min(Order.id))
    narrowed = dataclasses.replace(own, criteria=lambda: [Order.id == first])
    monkeypatch.setitem(company.installation.entities, "shop.order", narrowed)
    assert told(company, EVERY, QUERY)[0].count == 1 < rows(company)


def test_no_line_counts_further_than_a_glance_takes(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "GLANCE_CAP", 1)
    [found] = told(company, EVERY, QUERY, Order.ordered_on)
    assert found.count == 2 < rows(company)
