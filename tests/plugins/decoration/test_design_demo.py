"""The design stage of the example firm: meetings that fit the stages, receipts without gaps, work for everybody."""
# zh-ok-file: what people read in Chinese

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import decoration_company
from company import Company
from core.branches import Branch
from core.data import clock
from core.demo import DemoCompany
from core.worklist.models import Obligation
from decoration_company import HERE
from plugins.decoration.demo import fill
from plugins.decoration.models.design import Appointment, Commission, Fee, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = decoration_company.found(module_migrated_url, module_home)
    with clock.frozen(NOW), made.session() as session:
        branch = session.get_one(Branch, made.branches[HERE])
        fill(DemoCompany(session, {HERE: branch}, {HERE: ("decoration",)}))
    yield made
    made.database.dispose()


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
