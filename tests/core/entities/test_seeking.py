"""Pages of a list by the row that they follow: every record once, in every order, wherever the list was entered."""

from __future__ import annotations

import base64
import json
from datetime import date
from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import pytest
from shop.models import Customer
from sqlalchemy import func, select

from company import Browser, Company, counted, customer_values
from core.entities import counting, seeking
from core.people.rights.models import FIELD, RightOverride
from pages import Page, read

SORTS = ("number", "name", "kind", "credit", "volume", "visits", "since", "vip", "note", "seen_at")


@pytest.fixture(scope="module")
def many(company: Company) -> list[int]:
    """130 customers with equal names, empty volumes and days, and credits that repeat."""
    with company.session("east") as session:
        rows = [
            Customer(
                **customer_values(
                    name=f"Name {n % 4}",
                    kind="firm" if n % 3 else "home",
                    credit=Decimal(n % 7) / 4,
                    volume=None if n % 5 == 0 else Decimal(n % 6) / 8,
                    since=None if n % 4 == 0 else date(2026, 1, 1 + n % 9),
                    vip=n % 2 == 0,
                    note=None if n % 3 == 0 else "注 ' \\ %" * (n % 3),
                )
            )
            for n in range(130)
        ]
        session.add_all(rows)
        session.flush()
        return [each.id for each in rows]


def rows_of(page: str) -> list[int]:
    links = (link for link in read(page).links if link.startswith("/shop/customer/"))
    numbers = (link.removeprefix("/shop/customer/") for link in links)
    return list(dict.fromkeys(int(each) for each in numbers if each.isdigit()))


def follow(page: str, side: str) -> str | None:
    return next((link for link in read(page).links if f"{side}=" in link), None)


def walked(clerk, start: str, side: str) -> list[list[int]]:
    pages, link = [], start
    while link:
        text = clerk.get(link).text
        pages.append(rows_of(text))
        link = follow(text, side)
    return pages


@pytest.mark.parametrize(("sort", "direction"), list(product(SORTS, ("", "desc"))))
def test_every_record_comes_once_in_order_forwards_and_backwards(company: Company, many, sort, direction):
    clerk = company.client_of("east.clerk")
    start = f"/shop/customer/?sort={sort}&dir={direction}"
    with company.app.test_request_context(), company.session("east") as session:
        entity = company.installation.entities["shop.customer"]
        ordered = order_of_all(entity, sort, bool(direction))
        expected = list(session.scalars(select(Customer.id).order_by(*ordered)))
    pages = walked(clerk, start, "after")
    assert [each for page in pages for each in page] == expected
    back = last_page(clerk, start)
    assert walked(clerk, back, "before")[::-1] == pages[1:]


def order_of_all(entity, sort: str, descending: bool):
    columns = [getattr(Customer, sort), Customer.id]
    return [each.desc() if descending else each.asc() for each in columns]


def last_page(clerk, start: str) -> str:
    link, found = start, start
    while link:
        found, link = link, follow(clerk.get(link).text, "after")
    return found


def test_the_page_before_the_second_is_where_the_list_begins(company: Company, many):
    clerk = company.client_of("east.clerk")
    second = clerk.get(follow(clerk.get("/shop/customer/?sort=name").text, "after") or "").text
    assert "Page 2" in second
    assert "/shop/customer/?sort=name" in Page(second).links


def test_a_row_that_comes_or_goes_neither_repeats_nor_hides_others(own_company: Company):
    with own_company.session("east") as session:
        session.add_all(Customer(**customer_values(number=f"S{n:03}")) for n in range(60))
    clerk = own_company.client_of("east.clerk")
    first = clerk.get("/shop/customer/").text
    with own_company.session("east") as session:
        for row in session.scalars(select(Customer).where(Customer.number.in_(["S003", "S024"]))):
            session.delete(row)
        session.add(Customer(**customer_values(number="S0035")))
    second = clerk.get(follow(first, "after") or "").text
    assert "S025" in Page(second).texts
    assert "S024" not in Page(second).texts


@pytest.mark.parametrize(
    "place",
    ["x", "====", "W10", "bm90IGpzb24", "A" * 5000,
     *(base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in (
        {}, [], [1], ["number id"], ["number id", "N", "1"], ["number id", "N", True], ["number id", "N", 2**70],
        ["number id", None, 1], ["number id", "\x00", 1], ["number id", "\ud800", 1], ["number id", "N", None],
        ["number id", "N", 1.5], ["-number -id", "N", 1], ["a", 1, 2],
        ["number id", ["N"], 1]))],
)  # fmt: skip
def test_a_place_that_nobody_gave_is_passed_over(company: Company, many, place):
    clerk = company.client_of("east.clerk")
    for side in ("after", "before"):
        answer = clerk.get("/shop/customer/", query_string={side: place, "sort": "number"})
        assert answer.status_code == 200
        assert len(rows_of(answer.text)) == 25


def test_a_place_of_a_field_that_one_may_not_see_whole_says_nothing(company: Company, many):
    clerk = company.client_of("east.clerk")
    link = follow(clerk.get("/shop/customer/?sort=credit").text, "after") or ""
    second = rows_of(clerk.get("/shop/customer/?page=2").text)
    assert rows_of(clerk.get(link).text) not in ([], second)
    masked = RightOverride(position="shop.clerk", entity="shop.customer", kind=FIELD, name="credit",
                           value="masked", valid_from=date(2020, 1, 1), reason="Test")  # fmt: skip
    with company.session() as session:
        session.add(masked)
    try:
        assert rows_of(clerk.get(link).text) == second
    finally:
        with company.session() as session:
            session.delete(session.merge(masked))


def test_a_later_page_takes_no_more_statements_and_counts_nothing_off(company: Company, many):
    clerk = company.client_of("east.clerk")
    link = follow(clerk.get("/shop/customer/?sort=credit").text, "after") or ""
    with counted(company.database) as statements:
        clerk.get(link)
    assert len(statements) <= 8, "\n".join(statements)
    assert [each for each in statements if "(shop_customer.credit, shop_customer.id) > (" in each]


@pytest.mark.parametrize("sort", SORTS)
def test_a_far_page_by_its_number_is_the_one_that_is_counted_off(company: Company, many, monkeypatch, sort):
    clerk = company.client_of("east.clerk")
    paths = [
        f"/shop/customer/?size=25&page={number}&sort={sort}{turned}"
        for number in (2, 5, 9)
        for turned in ("", "&dir=desc")
    ]
    counted_off = [rows_of(clerk.get(path).text) for path in paths]
    monkeypatch.setattr(seeking, "FAR", 25)
    assert [rows_of(clerk.get(path).text) for path in paths] == counted_off
    with counted(company.database) as statements:
        clerk.get(paths[2])
    jump = next(each for each in statements if "OFFSET" in each and "FROM shop_customer" in each)
    passed = jump.partition("FROM")[0]
    assert {name for name in SORTS if f"shop_customer.{name}" in passed} == {
        sort
    }  # of rows passed by only their order


def test_a_large_list_is_counted_up_to_a_bound(company: Company, many, monkeypatch):
    monkeypatch.setattr(counting, "COUNT_CAP", 100)
    with counted(company.database) as statements:
        page = company.client_of("east.clerk").get("/shop/customer/").text
    assert "100+ records" in page
    bounded = [each for each in statements if "count(" in each.lower() and "shop_customer" in each]
    assert bounded
    assert all("LIMIT" in each.upper() for each in bounded)
    with company.session("east") as session:
        assert session.scalar(select(func.count(Customer.id))) == 130


def test_a_large_whole_list_is_not_counted_again_for_a_while(company: Company, many, monkeypatch):
    monkeypatch.setattr(counting, "COUNT_CAP", 90)
    clerk, other = company.client_of("east.clerk"), company.client_of("west.manager")

    def asked(browser: Browser, path: str) -> bool:
        with counted(company.database) as statements:
            assert browser.get(path).status_code == 200
        return any("count(" in each.lower() for each in statements)

    assert asked(clerk, "/shop/customer/")
    assert not asked(clerk, "/shop/customer/?sort=name")
    assert "90+ records" in clerk.get("/shop/customer/").text
    assert asked(clerk, "/shop/customer/?q=Row")  # of what is narrowed nothing is known
    assert asked(other, "/shop/customer/")  # nor of another branch
    monkeypatch.setattr(counting, "time", SimpleNamespace(monotonic=lambda: float("inf")))
    assert asked(clerk, "/shop/customer/")
