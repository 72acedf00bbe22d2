"""My work: what is overdue, due today and waiting, within rights, switches and branch; then views and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from shop.models import Customer, Order
from sqlalchemy import func, select

from both_branches import plant
from company import Browser, Company, counted, customer_values
from core.people.positions import Position, grant
from core.work.kinds import WorkItem, WorkKind
from pages import Page

GROUPS = ("overdue", "today", "waiting")


def orders(session: Any, day: date) -> list[WorkItem]:
    """One line for each way of being due; and one of nothing, which nobody should see."""
    count = session.scalar(select(func.count()).select_from(Order)) or 0
    return [
        WorkItem(
            "Late orders", count, "/shop/order/?f_amount.lt=5", due=day - timedelta(days=3), hint="¥1.00"
        ),
        WorkItem("Orders of today", count, "/shop/order/", due=day),
        WorkItem("Orders of tomorrow", count, "/shop/order/", due=day + timedelta(days=1)),
        WorkItem("Orders without a day", count, "/shop/order/"),
        WorkItem("No orders", 0, "/shop/order/"),
    ]


def customers(session: Any, _day: date) -> list[WorkItem]:
    return [WorkItem("Customers", session.scalar(select(func.count(Customer.id))) or 0, "/shop/customer/")]


def unjudged(_session: Any, _day: date) -> list[WorkItem]:
    return [WorkItem("For everybody", 7, "/")]


KINDS = (
    WorkKind("shop.orders", orders, "shop.order"),
    WorkKind("shop.customers", customers, "shop.customer"),
    WorkKind("shop.all", unjudged),
)


@pytest.fixture(autouse=True)
def work(company: Company) -> Iterator[None]:
    before = company.installation.work
    company.installation.work = [*before, *(("shop", each) for each in KINDS)]
    yield
    company.installation.work = before


@pytest.fixture(scope="module")
def planted(company: Company) -> dict[str, int]:
    return plant(company, "East", "West")


def lines(page: str) -> dict[str, list[tuple[str, str, str]]]:
    """Group -> title, number and address of each of its lines."""
    found = {}
    for group in GROUPS:
        start = page.index(f'aria-labelledby="work-{group}"')
        part = page[start : page.index("</section>", start)]
        titles = re.findall(r'class="work-link" href="([^"]+)">([^<]+)<', part)
        counts = re.findall(r'work-count">([^<]+)<', part)
        found[group] = [(title, count, url) for (url, title), count in zip(titles, counts, strict=True)]
    return found


def home(company: Company, username: str, language: str = "en") -> str:
    return company.client_of(username, language).get("/").text


def test_each_line_stands_where_it_is_due_and_leads_to_its_list(company: Company, planted: dict[str, int]):
    found = lines(home(company, "east.clerk"))
    assert found["overdue"] == [("Late orders", "1", "/shop/order/?f_amount.lt=5")]
    assert found["today"] == [("Orders of today", "1", "/shop/order/")]
    assert [each[0] for each in found["waiting"]] == [
        "Orders of tomorrow",
        "Orders without a day",
        "Customers",
        "For everybody",
    ]
    texts = Page(home(company, "east.clerk")).texts
    assert "¥1.00" in texts
    assert any(each.startswith("first due ") for each in texts)


def test_only_what_one_may_see_and_only_of_the_own_branch(company: Company, planted: dict[str, int]):
    watcher = lines(home(company, "east.watcher"))
    assert [each[:2] for each in watcher["waiting"]] == [("Customers", "1"), ("For everybody", "7")]
    assert watcher["overdue"] == watcher["today"] == []
    company.put("west", Customer(**customer_values(name="Twin")))
    assert lines(home(company, "east.watcher"))["waiting"][0][:2] == ("Customers", "1")
    assert ("Customers", "2", "/shop/customer/") in lines(home(company, "west.manager"))["waiting"]


def test_a_plugin_that_is_off_brings_nothing(company: Company, planted: dict[str, int]):
    company.switch("shop", "east", on=False)
    try:
        assert lines(home(company, "east.clerk")) == {each: [] for each in GROUPS}
    finally:
        company.switch("shop", "east", on=True)
    assert lines(home(company, "east.clerk"))["overdue"]


def test_overseers_get_the_rows_below_where_the_page_behind_shows_them(
    company: Company, planted: dict[str, int]
):
    company.switch("shop", "hq", on=True)
    watch = (grant("shop.order", "see", clause="X"), grant("shop.customer", "add", clause="X"))
    head = Position("shop.head", "Head", watch, oversees=True)
    company.installation.positions[head.id] = head
    company.add_person("hq.head", "hq", head.id)
    adding = WorkKind("shop.adding", customers, "shop.customer", "add")
    company.installation.work.append(("shop", adding))
    try:
        found = lines(home(company, "hq.head"))
        assert found["overdue"][0][1] == "2"  # the orders of both branches, as the list behind it has them
        assert "Customers" not in [each[0] for each in found["waiting"]]  # adding stays at the head office
    finally:
        company.switch("shop", "hq", on=False)


def test_empty_groups_are_said_calmly(company: Company):
    texts = Page(company.client_of("admin").get("/my-work/").text).texts
    assert {"Nothing is overdue.", "Nothing is due today.", "Nothing waits for you."} <= set(texts)
    chinese = Page(company.client_of("admin", "zh").get("/my-work/").text).texts
    assert {"我的工作", "已逾期", "今日到期", "待我处理", "没有逾期事项。"} <= set(chinese)


def test_who_holds_no_appointment_is_told(company: Company):
    texts = Page(home(company, "idle")).texts
    assert "You hold no appointment today. Ask the administrator." in texts
    assert "Overdue" not in texts


def save(browser: Browser, name: str, **values: str) -> None:
    browser.get("/shop/customer/")
    address = urlencode({"f_kind": "firm"})
    assert (
        browser.post("/shop/customer/views", {"name": name, "address": address, **values}).status_code == 302
    )


def views(page: str) -> list[str]:
    return re.findall(r'class="view-name">([^<]+)<', page)


def test_own_and_shared_views_are_offered_and_open_their_list(company: Company):
    save(company.client_of("east.clerk"), "Mine")
    manager = company.client_of("east.manager")
    save(manager, "For all", shared="1")
    save(manager, "For watchers", shared="1", position="shop.watcher")
    save(manager, "Of the manager")
    save(company.client_of("west.manager"), "Of the west", shared="1")
    assert views(home(company, "east.clerk")) == ["Mine", "For all"]
    assert views(home(company, "east.watcher")) == ["For all", "For watchers"]
    assert views(home(company, "west.manager")) == ["Of the west"]
    clerk = company.client_of("east.clerk")
    link = next(each for each in Page(clerk.get("/").text).links if "?view=" in each)
    assert "Mine" in clerk.get(link).text
    company.switch("shop", "east", on=False)
    try:
        assert views(home(company, "east.clerk")) == []
    finally:
        company.switch("shop", "east", on=True)


def test_a_view_of_a_list_that_one_may_not_see_is_not_offered(company: Company):
    manager = company.client_of("east.manager")
    manager.get("/shop/order/")
    assert (
        manager.post("/shop/order/views", {"name": "Orders", "address": "", "shared": "1"}).status_code == 302
    )
    assert "Orders" not in views(home(company, "east.watcher"))
    assert "Orders" in views(home(company, "east.clerk"))


def test_the_number_of_statements_depends_on_no_rows(company: Company, planted: dict[str, int]):
    clerk = company.client_of("east.clerk")
    clerk.get("/")
    with counted(company.database) as before:
        clerk.get("/")
    for number in range(20):
        company.put("east", Order(customer_id=planted["east"], amount=number))
        save(clerk, f"View {number}")
    with counted(company.database) as after:
        clerk.get("/")
    assert len(after) == len(before), "\n".join(after)
    assert len(before) <= 16, "\n".join(before)
