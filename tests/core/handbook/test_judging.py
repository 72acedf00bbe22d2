"""Checks of the rule book at every door where records are saved: refused with their clause, doubted, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import select

from company import Company, customer_values
from core.branches.models import Branch
from core.data import UserError, clock
from core.exchange.generic import entity_kind
from core.exchange.kinds import Row
from core.handbook import stored
from core.handbook.amounts import amount, keep_amount
from core.handbook.changing import Change, change
from core.handbook.findings import silently
from core.handbook.judging import RuleRefusedError, asked, judge
from core.handbook.kinds import Check, Refusal, Span
from core.handbook.models import Finding
from core.handbook.registry import RuleBook
from core.handbook.values import NUMBER, Setting
from shop_rules import FINE, VISITS

WHY = "as the meeting decided"


def findings(company: Company, rule: str) -> list[Finding]:
    with company.session() as session:
        rows = session.scalars(select(Finding).where(Finding.rule == rule).order_by(Finding.id)).all()
        for each in rows:
            assert each.basis.rule == rule
        session.expunge_all()
        return list(rows)


def entered(**changes: Any) -> dict[str, Any]:
    return {**customer_values(**changes), "kind": "home", **changes}


def test_a_check_refuses_and_says_why(ruled: Company):
    call = ruled.api_of("east.clerk")
    answer = call("POST", "/api/v1/shop/customer/", json=entered(credit="100.01"))
    assert answer.status_code == 422, answer.text
    text = "Credit is ¥100.00 at most. (SHOP-R01, Shop rules 3.1)"
    assert answer.json["errors"] == {"credit": [text]}
    (found,) = findings(ruled, "SHOP-R01")
    assert answer.json["why"] == f"/core/handbook/why/finding/{found.key}"
    assert found.outcome == "refused"
    assert found.subject_id is None
    assert found.branch_id == ruled.branches["east"]
    assert found.user_id == ruled.people["east.clerk"]
    assert stored.live_map(found.inputs) == {"kind": "home", "credit": Decimal("100.01")}
    assert found.result["figures"] == {"most": {"decimal": "100.00"}}


def test_the_figure_itself_is_let_in_and_others_are_not_judged(ruled: Company):
    call = ruled.api_of("east.clerk")
    before = len(findings(ruled, "SHOP-R01"))
    assert call("POST", "/api/v1/shop/customer/", json=entered(credit="100.00")).status_code == 201
    firm = entered(credit="5000.00", kind="firm")
    assert call("POST", "/api/v1/shop/customer/", json=firm).status_code == 201
    assert len(findings(ruled, "SHOP-R01")) == before


def test_a_form_shows_the_refusal_at_its_field_and_in_the_readers_language(ruled: Company):
    browser = ruled.client_of("east.clerk")
    answer = browser.fill("/shop/customer/new", entered(credit="300"))
    assert answer.status_code == 422
    assert "Credit is ¥100.00 at most. (SHOP-R01, Shop rules 3.1)" in answer.text
    chinese = ruled.client_of("east.clerk", "zh").fill("/shop/customer/new", entered(credit="300"))
    assert "（SHOP-R01，Shop rules 3.1）" in chinese.text


def test_a_rule_whose_figure_is_unset_does_nothing_until_it_is_set(ruled: Company):
    call = ruled.api_of("west.manager")
    assert call("POST", "/api/v1/shop/customer/", json=entered(visits=900)).status_code == 201
    assert findings(ruled, "SHOP-R02") == []
    with ruled.session() as session:
        wanted = Change("visits", ruled.branches["west"], clock.today(), 5, WHY)
        change(session, VISITS, wanted, ruled.people["admin"])
    made = call("POST", "/api/v1/shop/customer/", json=entered(visits=6))
    assert made.status_code == 201
    (found,) = findings(ruled, "SHOP-R02")
    assert (found.outcome, found.subject_id) == ("warned", made.json["id"])
    assert call("POST", "/api/v1/shop/customer/", json=entered(visits=5)).status_code == 201
    assert len(findings(ruled, "SHOP-R02")) == 1
    east = ruled.api_of("east.clerk")
    assert east("POST", "/api/v1/shop/customer/", json=entered(visits=6)).status_code == 201
    assert len(findings(ruled, "SHOP-R02")) == 1, "east has not set the figure"


def test_a_figure_that_a_rule_may_do_without_leaves_the_rest_in_force():
    asks = {"visits": 900}
    judges = Check("T-1", VISITS.clause, "", entity="shop.customer", judge=lambda *_: Refusal("no"))
    figure = Setting("visits", NUMBER, None)
    assert asked(replace(judges, settings=(figure,)), asks, {"visits": None}) is None
    optional = replace(judges, settings=(replace(figure, optional=True),))
    assert asked(optional, asks, {"visits": None}) == Refusal("no")


def test_a_person_is_told_of_a_doubt_with_the_way_to_its_reason(ruled: Company):
    with ruled.session() as session:
        wanted = Change("visits", ruled.branches["east"], clock.today(), 7, WHY)
        change(session, VISITS, wanted, ruled.people["admin"])
    browser = ruled.client_of("east.clerk")
    saved = browser.fill("/shop/customer/new", entered(visits=8))
    page = browser.get(saved.location).text
    assert "8 visits are many. (SHOP-R02, Shop rules 4)" in page
    assert findings(ruled, "SHOP-R02")[-1].key in page


def test_what_is_entered_late_is_judged_by_the_settings_of_its_day(
    ruled: Company, monkeypatch: pytest.MonkeyPatch
):
    rule_book = RuleBook.of([("shop", VISITS)])
    ruled.installation.rules = rule_book
    monkeypatch.setitem(CUSTOMER.__dict__, "day", "since")
    monday = datetime(2026, 6, 1, 4, tzinfo=UTC)
    with clock.frozen(monday), ruled.session() as session:
        wanted = Change("visits", ruled.branches["hq"], date(2026, 7, 1), 3, WHY)
        change(session, VISITS, wanted, None)
        parent(session, ruled)
    with ruled.session("east") as session:
        late = Customer(**customer_values(visits=4, since=date(2026, 7, 1)))
        before = Customer(**customer_values(visits=4, since=date(2020, 6, 30)))
        with silently():
            assert [each.rule for each in judge(session, CUSTOMER, late)] == [VISITS]
            assert judge(session, CUSTOMER, before) == []


def parent(session: Any, company: Company) -> None:
    session.get_one(Branch, company.branches["east"]).parent_id = company.branches["hq"]


def test_a_refusal_of_one_among_many_is_kept_though_the_others_are_saved(ruled: Company):
    before = len(findings(ruled, "SHOP-R01"))
    with ruled.session("east") as session:
        fine = Customer(**customer_values(credit=Decimal("1.00")))
        session.add(fine)
        with pytest.raises(RuleRefusedError) as told:
            judge(session, CUSTOMER, Customer(**customer_values(credit=Decimal("101.00"), kind="home")))
    found = findings(ruled, "SHOP-R01")
    assert len(found) == before + 1
    assert told.value.why.endswith(found[-1].key)


def test_a_dry_run_keeps_nothing(ruled: Company):
    before = len(findings(ruled, "SHOP-R01"))
    with ruled.session("east") as session, silently(), pytest.raises(RuleRefusedError):
        judge(session, CUSTOMER, Customer(**customer_values(credit=Decimal("101.00"), kind="home")))
    assert len(findings(ruled, "SHOP-R01")) == before


def test_findings_stay_as_they_are(ruled: Company):
    with ruled.session("east") as session, pytest.raises(RuleRefusedError):
        judge(session, CUSTOMER, Customer(**customer_values(credit=Decimal("102.00"), kind="home")))
    with pytest.raises(UserError), ruled.session("east") as session:
        session.scalars(select(Finding).limit(1)).one().outcome = "warned"


def test_an_amount_comes_with_what_it_rests_on(ruled: Company):
    day, east = date(2026, 3, 1), ruled.branches["east"]
    with ruled.session("east") as session:
        span, basis = amount(session, "SHOP-R03", {"earlier": 1}, day, east)
        assert span == Span(Decimal("20.00"), Decimal("40.00"))
        assert (basis.rule, basis.version) == ("SHOP-R03", 1)
        assert stored.live_map(basis.settings) == {"fine": Decimal("20.00"), "share": Decimal(50)}
        with pytest.raises(KeyError):
            amount(session, "SHOP-R01", {}, day, east)
        again, kept = keep_amount(session, "SHOP-R03", "shop.customer", 7, {"earlier": 0}, day, east)
        assert again == Span(Decimal("20.00"), Decimal("20.00"))
        assert kept is not None
        assert kept.basis_id == basis.id
        assert kept.inputs == {"earlier": 0}
    assert FINE.setting("fine").default == Decimal("20.00")


def test_what_is_tried_for_many_keeps_nothing_and_what_is_done_does(ruled: Company):
    with ruled.session("east") as session:
        rows = [Customer(**customer_values(name=f"Bulk {place}", kind="home")) for place in range(3)]
        session.add_all(rows)
        session.flush()
        ids = [str(each.id) for each in rows]
    before = len(findings(ruled, "SHOP-R01"))
    manager = ruled.client_of("east.manager")
    manager.get("/shop/customer/")
    sent = {"ids": ids, "field": "credit", "valued": "1", "value": "150"}
    page = manager.post("/shop/customer/bulk/edit", sent).text
    assert "Credit is ¥100.00 at most." in page
    assert len(findings(ruled, "SHOP-R01")) == before


def test_a_sheet_is_judged_in_its_dry_run(ruled: Company):
    before = len(findings(ruled, "SHOP-R01"))
    kind = entity_kind(CUSTOMER, ruled.installation.entities.__getitem__)
    with ruled.session("east") as session, ruled.app.test_request_context():
        cells = {each.name: "" for each in kind.columns()}
        row = Row(2, {**cells, "number": "SHEET1", "name": "Wang", "kind": "home", "credit": "150"})
        kind.check(session, [row], {})
    assert [each.column for each in row.findings] == ["credit"]
    assert row.findings[0].params == {"most": "¥100.00"}
    assert len(findings(ruled, "SHOP-R01")) == before


def test_what_a_sheet_doubts_is_confirmed_and_kept(ruled: Company):
    with ruled.session() as session:
        wanted = Change("visits", ruled.branches["east"], clock.today(), 5, WHY)
        change(session, VISITS, wanted, ruled.people["admin"])
    kind = entity_kind(CUSTOMER, ruled.installation.entities.__getitem__)
    with ruled.session("east") as session, ruled.app.test_request_context():
        cells = {each.name: "" for each in kind.columns()}
        given = {**cells, "name": "Wang", "kind": "home", "credit": "1"}
        rows = [
            Row(2, {**given, "number": "SHEET2", "visits": "6"}),
            Row(3, {**given, "number": "SHEET3", "visits": "5"}),
        ]
        kind.check(session, rows, {})
        assert [[(each.level, each.column) for each in row.findings] for row in rows] == [
            [("warning", "visits")],
            [],
        ]
        kind.store(session, rows, {}, None)
    with ruled.session("east") as session:
        doubted = session.scalars(select(Customer.id).where(Customer.number == "SHEET2")).one()
    assert [each.subject_id for each in findings(ruled, "SHOP-R02")][-1] == doubted
