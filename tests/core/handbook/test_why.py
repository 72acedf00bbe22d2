"""Why: one click, one call and one command tell it, with the settings of then, within the reader's rights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from company import Company, customer_values
from core.commands.rules import rules
from core.data import clock
from core.handbook.amounts import keep_amount
from core.handbook.changing import Change, change
from core.handbook.explain import OPERATORS, explain_finding, explain_rule
from core.handbook.judging import RuleRefusedError, judge
from core.handbook.models import Finding
from core.handbook.registry import RuleBook
from shop_rules import CREDIT, FINE, VISITS

WHY = "as the meeting decided"


@pytest.fixture
def refused(ruled: Company) -> str:
    """The address of a refusal's reason."""
    sent = {**customer_values(credit="100.01"), "kind": "home"}
    answer = ruled.api_of("east.clerk")("POST", "/api/v1/shop/customer/", json=sent)
    why: str = answer.json["why"]
    return why


def test_a_refusal_explains_itself_on_its_page(ruled: Company, refused: str):
    page = ruled.client_of("east.clerk").get(refused)
    assert page.status_code == 200
    for text in (
        "this was refused: Credit is ¥100.00 at most.",
        "It rests on SHOP-R01 (Shop rules 3.1): A customer at home has ¥100.00 of credit at most.",
        "Nobody owes more than the shop can lose.",
        "¥100.01",
        "Household use",
    ):
        assert text in page.text, text
    chinese = ruled.client_of("east.clerk", "zh").get(refused).text
    assert "依据SHOP-R01（Shop rules 3.1）：" in chinese


def test_rest_tells_the_same(ruled: Company, refused: str):
    key = refused.rpartition("/")[2]
    answer = ruled.api_of("east.clerk")("GET", f"/api/v1/rules/why/finding/{key}")
    assert answer.status_code == 200
    told = answer.json["result"]
    assert (told["rule"], told["version"], told["kind"]) == ("SHOP-R01", 1, "check")
    assert told["clause"]["heading"] == "3.1"
    assert told["settings"] == [{"name": "most", "label": "Most credit", "value": "¥100.00"}]
    assert {"name": "credit", "label": "Credit", "value": "¥100.01"} in told["inputs"]


def test_it_is_told_to_those_alone_who_may_see_the_subject(ruled: Company, refused: str):
    assert ruled.client_of("west.manager").get(refused).status_code == 404
    assert ruled.client_of("idle").get(refused).status_code in (403, 404)
    assert ruled.browser().get(refused).status_code == 302
    key = refused.rpartition("/")[2]
    assert ruled.api_of("west.manager")("GET", f"/api/v1/rules/why/finding/{key}").status_code == 404
    assert ruled.app.test_client().get(f"/api/v1/rules/why/finding/{key}").status_code == 401
    for path in ("/core/handbook/why/finding/nothing", "/core/handbook/why/nothing/1"):
        assert ruled.client_of("east.clerk").get(path).status_code == 404


def test_what_was_decided_keeps_its_settings_when_they_change(ruled: Company):
    march, east = date(2026, 3, 1), ruled.branches["east"]
    with ruled.session("east") as session:
        _span, kept = keep_amount(session, "SHOP-R03", "shop.customer", 1, {"earlier": 1}, march, east)
        assert kept is not None
        change(session, FINE, Change("fine", east, clock.today(), Decimal("77.00"), WHY), None)
        rule = session.scalars(select(Finding).where(Finding.key == kept.key)).one()
        with ruled.app.test_request_context():
            told = explain_finding(rule)
            today = explain_rule(session, FINE, east, clock.today())
    assert "this came to from ¥20.00 to ¥40.00." in told.text
    assert "A late visit costs ¥20.00, more each time." in told.text
    assert "A late visit costs ¥77.00, more each time." in today.text
    assert [(each.name, each.value) for each in told.inputs] == [("earlier", "1")]


def test_a_rule_that_is_gone_or_rewritten_says_so(ruled: Company, refused: str):
    ruled.installation.rules = RuleBook.of([("shop", replace(CREDIT, version=2)), ("shop", VISITS)])
    page = ruled.client_of("east.clerk").get(refused).text
    assert "version 1" in page
    ruled.installation.rules = RuleBook.of([("shop", VISITS)])
    page = ruled.client_of("east.clerk").get(refused).text
    assert "The rule is not part of the rule book any more." in page
    assert "Shop rules 3.1" in page


def test_a_record_shows_what_was_found_of_it_with_the_way_to_the_reason(ruled: Company):
    with ruled.session() as session:
        wanted = Change("visits", ruled.branches["west"], clock.today(), 5, WHY)
        change(session, VISITS, wanted, None)
    sent = {**customer_values(visits=9), "kind": "firm"}
    made = ruled.api_of("west.manager")("POST", "/api/v1/shop/customer/", json=sent).json["id"]
    page = ruled.client_of("west.manager").get(f"/shop/customer/{made}").text
    assert "this raised a doubt: 9 visits are many." in page
    with ruled.session("west") as session:
        key = session.scalars(select(Finding.key).where(Finding.subject_id == made)).one()
    assert f"/core/handbook/why/finding/{key}" in page


def test_masks_hold_where_a_finding_tells_what_it_looked_at(ruled: Company, monkeypatch: pytest.MonkeyPatch):
    customer = Customer(**customer_values(credit=Decimal("123.45"), kind="home"))
    with ruled.session("east") as session, pytest.raises(RuleRefusedError) as told:
        judge(session, CUSTOMER, customer)
    assert "¥123.45" in ruled.client_of("east.clerk").get(told.value.why).text
    monkeypatch.setitem(CUSTOMER.by_name, "credit", replace(CUSTOMER.field("credit"), mask="all"))
    page = ruled.client_of("east.clerk").get(told.value.why)
    assert page.status_code == 200
    assert "123.45" not in page.text


def command(ruled: Company, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What the command says, in this application instead of one of its own."""

    @contextmanager
    def session_here(_settings: object) -> Iterator[Session]:
        with ruled.app.app_context(), ruled.installation.database.sessions() as session:
            yield session

    monkeypatch.setattr("core.commands.setup.session_of", session_here)
    answer = CliRunner().invoke(rules, ["explain", *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_command_line_tells_rules_findings_and_whatever_else_has_a_reason(
    ruled: Company, refused: str, monkeypatch: pytest.MonkeyPatch
):
    key = refused.rpartition("/")[2]
    told = command(ruled, monkeypatch, key)
    assert "this was refused: Credit is ¥100.00 at most. It rests on SHOP-R01 (Shop rules 3.1)" in told
    assert "  Most credit: ¥100.00" in told
    assert command(ruled, monkeypatch, f"finding/{key}") == told
    assert "依据SHOP-R01" in command(ruled, monkeypatch, key, "--language", "zh")
    assert json.loads(command(ruled, monkeypatch, key, "--format", "json"))["rule"] == "SHOP-R01"
    assert "A late visit costs" in command(ruled, monkeypatch, "shop-r03", "--branch", "east")
    with ruled.session() as session, pytest.raises(NotFound):
        OPERATORS["obligation"](session, "7")
