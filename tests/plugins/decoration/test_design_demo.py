"""The design stage of the example firm: meetings that fit the stages, receipts without gaps, work for everybody."""
# zh-ok-file: what people read in Chinese

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

import company as companies
from company import Company
from core.data import clock
from core.worklist.models import Obligation
from decoration_company import HERE
from decoration_design import NOW, example
from pages import Page, latin_words
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Commission, Fee, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d


@pytest.fixture(scope="module")
def company(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    home = tmp_path_factory.mktemp("example")
    with companies.kept("decoration-example", backend, home, example, plugin_folders=()) as made:
        yield made


def rows(company: Company, model: Any) -> list[Any]:
    """All of a table, by id."""
    with company.session(HERE) as session:
        found = session.scalars(select(model).order_by(model.id)).all()
        session.expunge_all()
    return list(found)


def test_meetings_are_in_every_state_and_fit_their_designs(company: Company) -> None:
    meetings = rows(company, Appointment)
    designs = {each.id: each for each in rows(company, Commission)}
    states = Counter(each.state for each in meetings)
    assert set(states) >= {d.ASKED, d.INVITED, d.CONFIRMED, d.HELD, d.MISSED, d.MOVED}
    for each in meetings:
        design = designs[each.commission_id or 0]
        assert design.entrusted_on <= each.planned_on
        assert each.starts < each.ends
        assert (each.held_on is not None) == (each.state == d.HELD)
        assert each.held_on is None or each.held_on <= NOW.date()
        assert each.state not in d.AHEAD or each.planned_on >= NOW.date()
    held = {(each.commission_id, each.stage) for each in meetings if each.state == d.HELD}
    reviewed = [each.id for each in designs.values() if each.state in (n.REVIEWED, n.FIXED, n.HANDED_OVER)]
    assert reviewed
    assert all((each, d.RENDERING) in held for each in reviewed)


def test_receipts_follow_each_other_and_come_to_what_was_paid(company: Company) -> None:
    receipts = sorted(rows(company, Receipt), key=lambda each: each.number)
    fees = {each.id: each for each in rows(company, Fee)}
    assert [each.number for each in receipts] == [f"SJ{place + 1:08d}" for place in range(len(receipts))]
    days = [each.received_on for each in receipts]
    assert days == sorted(days)
    came = Counter[int]()
    for each in receipts:
        came[each.fee_id] += int(each.amount * 100)
    for key, fee in fees.items():
        paid = fee.amount if fee.state == d.PAID else Decimal(0)
        assert came[key] == int((paid or 0) * 100)
    back = [each for each in receipts if each.reverses_id is not None]
    taken_back = {each.id: each.reversed_by_id for each in receipts if each.reversed_by_id}
    assert back
    assert taken_back == {each.reverses_id: each.id for each in back}


def test_the_gates_of_the_example_designs_were_kept(company: Company) -> None:
    paid = {(each.commission_id, each.kind) for each in rows(company, Fee) if each.state == d.PAID}
    for each in rows(company, Commission):
        assert (each.deposit_on is not None) == ((each.id, d.DESIGN_DEPOSIT) in paid)
        assert (each.fee_on is not None) == ((each.id, d.DESIGN_FEE) in paid)
        if each.state in (n.REVIEWED, n.FIXED, n.HANDED_OVER):
            assert each.fee_on is not None


def test_there_is_work_for_everybody(company: Company) -> None:
    with clock.frozen(NOW):
        for who, title in (
            ("designer", "今天的预约"),
            ("specialist", "待预约的客户"),
            ("finance", "待确认的缴费"),
        ):
            page = company.client_of(f"{HERE}.{who}", "zh").get("/my-work/").text
            assert title in page or who == "designer", who
            assert "设计订金" in page or who == "finance"
    with company.session(HERE) as session:
        welcomes = session.scalars(select(Obligation.record_id).where(Obligation.rule == "DEC-R69")).all()
        fresh = session.scalars(select(Commission.id).where(Commission.state == n.ENTRUSTED)).all()
    assert sorted(welcomes) == sorted(fresh)


LATIN = {"WT", "SJ", "VIP"}
"""The beginnings of numbers."""


@pytest.mark.parametrize(
    ("who", "path", "says"),
    [
        ("specialist", "/decoration/appointment/", "客户预约"),
        ("specialist", "/decoration/appointment/?as=board", "待预约"),
        ("specialist", "/decoration/appointment/?as=calendar", "预约"),
        ("specialist", "/decoration/appointment/new", "开始时间"),
        ("specialist", "/decoration/fee/", "设计费订金"),
        ("specialist", "/decoration/fee/new", "款项类型"),
        ("finance", "/decoration/receipt/", "收据号"),
        ("manager", "/decoration/designers/", "谈单量"),
        ("designer", "/decoration/commission/?as=board", "设计阶段"),
    ],
)
def test_pages_are_read_in_chinese(company: Company, who: str, path: str, says: str) -> None:
    with clock.frozen(NOW):
        answer = company.client_of(f"{HERE}.{who}", "zh").get(path)
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert says in " ".join(page.texts)
    assert page.refused == []
    assert latin_words(page.texts, LATIN) == []


def test_the_pages_of_a_customer_and_a_design_say_what_comes_next(company: Company) -> None:
    ahead = next(each for each in rows(company, Appointment) if each.state == d.CONFIRMED)
    with clock.frozen(NOW):
        browser = company.client_of(f"{HERE}.specialist", "zh")
        for path in (f"customer/{ahead.customer_id}", f"commission/{ahead.commission_id}"):
            page = Page(browser.get(f"/decoration/{path}").text)
            assert f"/decoration/appointment/{ahead.id}" in page.links, path
        page = Page(browser.get(f"/decoration/appointment/{ahead.id}").text)
    assert "客户已确认" in page.texts
    assert any(each.endswith(f"/decoration/papers/invitation/{ahead.id}.pdf") for each in page.links)


@pytest.mark.parametrize(("path", "model"), [("appointment", Appointment), ("fee", Fee)])
def test_appointments_and_payments_are_found_by_their_customer(
    company: Company, path: str, model: Any
) -> None:
    one = next(each for each in rows(company, Customer) if each.state == n.SIGNED)
    with clock.frozen(NOW):
        page = Page(company.client_of(f"{HERE}.specialist").get(f"/decoration/{path}/?q={one.phone}").text)
    found = {each for each in page.links if re.fullmatch(rf"/decoration/{path}/\d+", each)}
    own = {each.id for each in rows(company, model) if each.customer_id == one.id}
    assert found == {f"/decoration/{path}/{each}" for each in own}
