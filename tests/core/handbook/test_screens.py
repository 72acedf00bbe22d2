"""The handbook's screens: who reads, who changes, and a preview that writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

import jobs_by_hand
from company import Company, customer_values
from core.data import clock
from core.handbook.amounts import keep_amount
from core.handbook.kinds import Access
from core.handbook.models import Finding, RuleSetting
from core.handbook.registry import RuleBook
from core.handbook.screens import views
from core.handbook.settings import settings_on
from core.handbook.values import YES_NO, Setting
from core.people.positions import Position, grant
from pages import Page, told_in
from shop_rules import CREDIT, FINE, RULES

BOOK = "/core/handbook/shop"
RULE = "/core/handbook/rule/"
WHY = "as the meeting decided"


@pytest.fixture
def keeper(ruled: Company) -> Iterator[Company]:
    """The company, in whose east two people keep the rule book."""
    position = Position(
        "shop.keeper",
        "Keeper",
        (
            grant("shop.customer", "see", clause="X"),
            grant("core.rule", "see", "change", "approve", clause="X"),
        ),
    )
    ruled.installation.positions["shop.keeper"] = position
    for name in ("east.keeper", "east.second"):
        if name not in ruled.people:
            ruled.add_person(name, "east", "shop.keeper")
    yield ruled
    del ruled.installation.positions["shop.keeper"]


def rows(company: Company, model: Any) -> int:
    with company.session() as session:
        return int(session.scalar(select(func.count(model.id))) or 0)


def ask(company: Company, user: str, rule: str, name: str, **entered: Any) -> Any:
    """Send the form of a setting; by default from tomorrow on."""
    browser = company.client_of(user)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    data = {"how": "value", "from_on": tomorrow, "why": WHY, "do": "change", **entered}
    return browser.fill(f"{RULE}{rule}/{name}", data)


def test_whoever_works_there_reads_clauses_and_rules(ruled: Company):
    page = ruled.client_of("east.clerk").get(BOOK).text
    texts = Page(page).texts
    for text in ("Shop rules", "3.1", "SHOP-R01", "Check"):
        assert text in texts
    assert texts.index("Shop rules") < texts.index("3.1") < texts.index("SHOP-R01")
    for text in ("Nobody owes more", "¥100.00 of credit at most"):
        assert text in page
    assert "Waits for a figure" in page, "the number of visits is not set"
    assert "/core/handbook/" in ruled.client_of("east.clerk").get("/").text
    index = ruled.client_of("east.clerk").get("/core/handbook/")
    assert index.status_code == 200
    assert BOOK in index.text


def test_only_a_kind_is_shown_when_asked_for(ruled: Company):
    page = ruled.client_of("east.clerk").get(f"{BOOK}?kind=amount").text
    assert "SHOP-R03" in page
    assert "SHOP-R01" not in page


@pytest.mark.parametrize("path", [BOOK, f"{RULE}SHOP-R01", "/api/v1/rules/"])
def test_who_holds_nothing_there_reads_nothing(ruled: Company, path: str):
    answer = ruled.client_of("idle").get(path)
    assert answer.status_code in (403, 404) or "SHOP-R01" not in answer.text
    assert ruled.client_of("east.clerk").get(path).status_code == 200


def test_a_department_that_is_off_hides_its_rules(ruled: Company):
    ruled.switch("shop", "east", on=False)
    try:
        assert ruled.client_of("east.clerk").get(BOOK).status_code == 404
    finally:
        ruled.switch("shop", "east", on=True)


def test_the_rule_shows_its_settings_clause_and_tests(ruled: Company):
    page = ruled.client_of("east.clerk").get(f"{RULE}SHOP-R01").text
    for text in ("Most credit", "¥100.00", "the rule book", "test_a_check_refuses_and_says_why", "by two"):
        assert text in page
    assert "/core/handbook/rule/SHOP-R01/most" not in page, "a clerk changes nothing"
    assert ruled.client_of("east.clerk").get(f"{RULE}SHOP-R01/most").status_code == 403
    assert ruled.client_of("east.clerk").get(f"{RULE}NONE-R01").status_code == 404


def test_what_it_did_lately_is_counted(keeper: Company):
    sent = {**customer_values(credit="100.01"), "kind": "home"}
    keeper.api_of("east.clerk")("POST", "/api/v1/shop/customer/", json=sent)
    assert " refused" in keeper.client_of("east.clerk").get(f"{RULE}SHOP-R01").text


def test_a_setting_changes_from_its_day_on_and_the_rule_tells_it(keeper: Company):
    answer = ask(keeper, "east.keeper", "SHOP-R03", "fine", value="35")
    assert answer.status_code == 302, answer.text
    today, east = clock.today(), keeper.branches["east"]
    with keeper.session() as session:
        assert settings_on(session, FINE, east, today)["fine"] == Decimal("20.00")
        assert settings_on(session, FINE, east, today + timedelta(days=1))["fine"] == Decimal(35)
        west = settings_on(session, FINE, keeper.branches["west"], today + timedelta(days=1))
        assert west["fine"] == Decimal("20.00")
    page = keeper.client_of("east.keeper").get(f"{RULE}SHOP-R03").text
    assert "¥35.00" in page
    assert WHY in page
    assert "Begins later" in page


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({"value": "much"}, "at most two decimals"),
        ({"value": "-1"}, "at least"),
        ({"from_on": "2020-01-01"}, "What is past was judged already"),
        ({"why": ""}, "Fill in this field."),
        ({"from_on": "some day"}, "Enter a date"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(keeper: Company, entered: dict[str, Any], says: str):
    before = rows(keeper, RuleSetting)
    answer = ask(keeper, "east.keeper", "SHOP-R03", "fine", **{"value": "35", **entered})
    assert answer.status_code == 422
    assert says in answer.text
    assert rows(keeper, RuleSetting) == before


def test_two_people_where_the_rule_asks_for_two(keeper: Company):
    today, east = clock.today(), keeper.branches["east"]
    answer = ask(keeper, "east.keeper", "SHOP-R01", "most", value="60", from_on=today.isoformat())
    assert answer.status_code == 302
    with keeper.session() as session:
        row_id = session.scalars(select(RuleSetting.id).where(RuleSetting.rule == "SHOP-R01")).all()[-1]

    def most() -> Any:
        with keeper.session() as session:
            return settings_on(session, CREDIT, east, today)["most"]

    first = keeper.client_of("east.keeper")
    page = first.get(f"{RULE}SHOP-R01").text
    assert "Waits for a second person" in page
    assert f"/settings/{row_id}/approve" not in page, "nobody approves what they set"
    first.post(f"/core/handbook/settings/{row_id}/approve")
    assert most() == Decimal("100.00")
    clerk = keeper.client_of("east.clerk")
    assert clerk.post(f"/core/handbook/settings/{row_id}/approve").status_code == 403
    second = keeper.client_of("east.second")
    assert f"/settings/{row_id}/approve" in second.get(f"{RULE}SHOP-R01").text
    assert second.post(f"/core/handbook/settings/{row_id}/approve", {"at": "changes"}).status_code == 302
    assert told_in(second.get(f"{RULE}SHOP-R01").text, "changes").startswith("Approved.")
    assert most() == Decimal(60)


def test_a_change_is_withdrawn_before_it_begins(keeper: Company):
    ask(keeper, "east.keeper", "SHOP-R03", "share", value="10")
    with keeper.session() as session:
        row_id = session.scalars(select(RuleSetting.id).where(RuleSetting.setting == "share")).all()[-1]
    browser = keeper.client_of("east.keeper")
    browser.get(f"{RULE}SHOP-R03")
    answer = browser.post(f"/core/handbook/settings/{row_id}/withdraw", {"at": "changes"})
    assert answer.location == f"{RULE}SHOP-R03#changes"
    assert told_in(browser.get(f"{RULE}SHOP-R03").text, "changes").startswith("Withdrawn.")
    later = clock.today() + timedelta(days=5)
    with keeper.session() as session:
        assert settings_on(session, FINE, keeper.branches["east"], later)["share"] == Decimal(50)


def test_a_preview_judges_again_and_writes_nothing(keeper: Company):
    call = keeper.api_of("east.clerk")
    made = [
        call("POST", "/api/v1/shop/customer/", json={**customer_values(visits=visits), "kind": "firm"}).json[
            "id"
        ]
        for visits in (3, 4, 9)
    ]
    before = (rows(keeper, RuleSetting), rows(keeper, Finding))
    answer = ask(keeper, "east.keeper", "SHOP-R02", "visits", value="3", do="preview")
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert any(each.startswith("Of ") and "come out otherwise" in each for each in page.texts), page.texts
    for record, there in zip(made, (False, True, True), strict=True):
        assert (f'href="/shop/customer/{record}"' in answer.text) is there
    assert (rows(keeper, RuleSetting), rows(keeper, Finding)) == before


def test_a_long_preview_is_made_by_a_worker_and_writes_nothing_but_what_it_came_to(
    keeper: Company, monkeypatch: pytest.MonkeyPatch
):
    call = keeper.api_of("east.clerk")
    for visits in (3, 4, 9):
        call("POST", "/api/v1/shop/customer/", json={**customer_values(visits=visits), "kind": "firm"})
    at_once = Page(ask(keeper, "east.keeper", "SHOP-R02", "visits", value="3", do="preview").text).texts
    monkeypatch.setattr(views, "AT_ONCE", 1)
    before = (rows(keeper, RuleSetting), rows(keeper, Finding))
    page = ask(keeper, "east.keeper", "SHOP-R02", "visits", value="3", do="preview").text
    bar = re.search(r'data-job-url="/core/job/(\d+)/progress"[^>]* data-job-part="preview"', page)
    assert bar, page
    assert "come out otherwise" not in page
    (job,) = jobs_by_hand.do_all(keeper.app)
    assert (job.state, job.total) == ("done", job.done)
    assert job.total >= 3
    own = keeper.client_of("east.keeper")
    assert f"/core/preview/{bar[1]}" in own.get("/core/job/mine").text
    told = Page(own.get(f"/core/preview/{bar[1]}").text).texts
    (said,) = [each for each in told if each.startswith("Of ")]
    assert said in at_once
    assert set(told[told.index(said) :]) >= set(at_once[at_once.index(said) :][:20])
    assert (rows(keeper, RuleSetting), rows(keeper, Finding)) == before
    for other in ("east.second", "east.clerk"):
        assert keeper.client_of(other).get(f"/core/preview/{bar[1]}").status_code == 404


def test_a_long_preview_that_is_stopped_keeps_nothing(keeper: Company, monkeypatch: pytest.MonkeyPatch):
    call = keeper.api_of("east.clerk")
    for visits in (3, 4):
        call("POST", "/api/v1/shop/customer/", json={**customer_values(visits=visits), "kind": "firm"})
    monkeypatch.setattr(views, "AT_ONCE", 1)
    page = ask(keeper, "east.keeper", "SHOP-R02", "visits", value="3", do="preview").text
    (job,) = jobs_by_hand.do_all(keeper.app, stop_at=1)
    assert (job.state, f'data-job-url="/core/job/{job.id}/progress"' in page) == ("cancelled", True)
    assert keeper.client_of("east.keeper").get(f"/core/preview/{job.id}").status_code == 404


def test_a_preview_of_an_amount_tells_the_money(keeper: Company):
    with keeper.session("east") as session:
        for earlier in (0, 1):
            day = clock.today() - timedelta(days=30)
            keep_amount(
                session, "SHOP-R03", "shop.customer", 1, {"earlier": earlier}, day, keeper.branches["east"]
            )
    answer = ask(keeper, "east.keeper", "SHOP-R03", "fine", value="30", do="preview")
    assert "from ¥20.00 to ¥30.00" in answer.text, answer.text


def test_the_rest_list_is_the_rule_book_in_both_languages(ruled: Company):
    answer = ruled.api_of("east.clerk")("GET", "/api/v1/rules/")
    assert answer.json["ids"] == ["SHOP-R01", "SHOP-R02", "SHOP-R03"]
    (first, second, _third) = answer.json["result"]
    assert first["sentence"]["en"] == "A customer at home has ¥100.00 of credit at most."
    assert second["sentence"]["en"] == "More than [not set] visits raise a doubt."
    assert first["settings"][0] | {"label": {}, "fixed": {}, "unset": {}} == {
        "name": "most",
        "kind": "money",
        "default": "100.00",
        "suggested": None,
        "low": None,
        "high": None,
        "choices": [],
        "by_two": True,
        "inferred": False,
        "label": {},
        "fixed": {},
        "unset": {},
    }
    assert second["settings"][0]["suggested"] == 5
    assert second["sentence"]["zh"] == "More than 【未设定】 visits raise a doubt."


def test_a_setting_that_is_fixed_says_why_and_has_no_form(keeper: Company):
    held = replace(FINE, settings=(replace(FINE.settings[0], fixed="The law says so."), *FINE.settings[1:]))
    rules = (held if each.id == FINE.id else each for each in RULES)
    keeper.installation.rules = RuleBook.of([("shop", each) for each in rules])
    page = keeper.client_of("east.keeper").get(f"{RULE}{FINE.id}").text
    assert "The law says so." in page
    assert f"{RULE}{FINE.id}/{FINE.settings[0].name}" not in Page(page).links
    assert f"{RULE}{FINE.id}/{FINE.settings[1].name}" in Page(page).links
    answer = keeper.client_of("east.keeper").get(f"{RULE}{FINE.id}/{FINE.settings[0].name}")
    assert answer.status_code == 409
    assert "The law says so." in answer.text


def test_a_preview_says_in_words_what_nobody_can_judge_again(keeper: Company):
    told = Access(
        "SHOP-R30",
        FINE.clause,
        "Clerks give a discount: %(discount)s.",
        (Setting("discount", YES_NO, False),),
    )
    keeper.installation.rules = RuleBook.of([("shop", told)])
    answer = ask(keeper, "east.keeper", told.id, "discount", value="yes", branch="east", do="preview")
    assert answer.status_code == 200, answer.text
    texts = " ".join(Page(answer.text[answer.text.index('id="preview"') :]).texts)
    assert "The rule says now Clerks give a discount: No." in texts
    assert "From then on it would say Clerks give a discount: Yes." in texts
