"""Rules that an administrator writes by clicks: typed conditions, drafts, previews, versions, files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import func, select

import jobs_by_hand
from company import Company, counted, customer_values
from core.data import UserError, clock
from core.handbook.changing import Change, approve, change
from core.handbook.conditions import as_sql
from core.handbook.facts import FactsOf
from core.handbook.findings import silently
from core.handbook.judging import RuleRefusedError, judge
from core.handbook.kinds import Deadline, Notice, Rule
from core.handbook.models import Finding
from core.handbook.own import views
from core.handbook.own.expression import Condition, matches
from core.handbook.own.listing import own_listed
from core.handbook.own.models import DRAFT, PUBLISHED, RETIRED, OwnRule
from core.handbook.own.rules import on_event, rule_of
from core.handbook.own.service import Written, as_file, draft, from_file, publish, retire
from core.handbook.registry import RuleBook
from core.handbook.replay import replay
from core.people.positions import grant
from pages import Page
from shop_rules import CREDIT, RULES

SAYS = "Nobody called Wei is served."
RULE = Written(
    entity="shop.customer",
    moment="save",
    name="No Wei",
    document="House rules",
    heading="7",
    says=SAYS,
    effect="refuse",
    conditions=(Condition("name", "is", "Wei"),),
)


@pytest.fixture
def shop(ruled: Company) -> Iterator[Company]:
    """The company, its own rules gone afterwards."""
    yield ruled
    with ruled.session() as session:
        for row in session.scalars(select(OwnRule).where(OwnRule.state == PUBLISHED)):
            retire(session, row, None)


def made(company: Company, wanted: Written, branch: str = "east", is_published: bool = True) -> int:
    with company.session() as session:
        row = draft(session, wanted, company.branches[branch], company.people["admin"])
        if is_published:
            publish(session, row, date(2026, 1, 1), company.people["admin"])
        return row.id


def changed(**values: Any) -> Written:
    return Written(**{**RULE.__dict__, **values})


def send(company: Company, user: str, **values: Any) -> Any:
    sent = {**customer_values(**values), "kind": "firm"}
    return company.api_of(user)("POST", "/api/v1/shop/customer/", json=sent)


def test_what_rules_say_is_read_once_until_it_changes(own_company: Company):
    """Also by another process: whoever saves next is judged by it."""
    shop = own_company
    shop.installation.rules = RuleBook.of([("shop", each) for each in RULES])
    call = shop.api_of("east.clerk")

    def send_one(name: str) -> int:
        values = {**customer_values(name=name), "kind": "home"}
        return int(call("POST", "/api/v1/shop/customer/", json=values).status_code)

    def reads() -> set[str]:
        with counted(shop.database) as statements:
            assert send_one("Wang") == 201
        tables = ("core_own_rule", "core_rule_setting", "FROM core_branch")
        return {each for each in tables if any(each in one for one in statements)}

    send_one("Wang")
    assert reads() == set()
    number = made(shop, RULE)
    assert (send_one("Wei"), send_one("Wang")) == (422, 201)
    assert reads() == set()
    with shop.session() as session:
        retire(session, session.get_one(OwnRule, number), None)
    assert send_one("Wei") == 201
    wanted = Change("most", shop.branches["east"], clock.today(), Decimal(0), "Nobody has credit")
    with shop.session() as session:
        row = change(session, CREDIT, wanted, shop.people["admin"])
        approve(session, row, shop.people["east.manager"])
    values = {**customer_values(credit="1.00"), "kind": "home"}
    assert call("POST", "/api/v1/shop/customer/", json=values).status_code == 422


def test_what_is_pointed_to_can_be_asked_too(shop: Company):
    wanted = changed(conditions=(Condition("referrer.name", "is", "Wei"),), says="No friends of Wei.")
    with shop.session("east") as session:
        wei = Customer(**customer_values(name="Wei"))
        session.add(wei)
        session.flush()
        row = draft(session, wanted, shop.branches["east"], None)
        friend = Customer(**customer_values(referrer_id=wei.id))
        facts = FactsOf(session, CUSTOMER, friend, shop.installation.entities)
        assert matches(CUSTOMER, row.expression, facts)


def test_it_is_judged_as_every_other_rule_and_explains_itself(shop: Company):
    made(shop, RULE)
    answer = send(shop, "east.clerk", name="Wei")
    assert answer.status_code == 422
    assert SAYS in answer.json["message"]
    assert "House rules 7" in answer.json["message"]
    assert send(shop, "east.clerk", name="Wang").status_code == 201
    assert send(shop, "west.manager", name="Wei").status_code == 201, "it is a rule of east alone"
    page = shop.client_of("east.clerk").get(answer.json["why"]).text
    assert "OWN-R" in page
    assert SAYS in page


def test_a_draft_does_nothing_and_a_retired_rule_no_more(shop: Company):
    row_id = made(shop, changed(conditions=(Condition("name", "is", "Mo"),)), is_published=False)
    assert send(shop, "east.clerk", name="Mo").status_code == 201
    with shop.session() as session:
        publish(session, session.get_one(OwnRule, row_id), date(2026, 1, 1), None)
    refused = send(shop, "east.clerk", name="Mo")
    assert refused.status_code == 422
    with shop.session() as session:
        retire(session, session.get_one(OwnRule, row_id), None)
    assert send(shop, "east.clerk", name="Mo").status_code == 201
    assert SAYS in shop.client_of("east.clerk").get(refused.json["why"]).text


def test_a_changed_rule_is_a_new_version_and_the_old_one_stays_explained(shop: Company):
    row_id = made(shop, changed(conditions=(Condition("name", "is", "Xi"),)))
    refused = send(shop, "east.clerk", name="Xi")
    with shop.session() as session:
        first = session.get_one(OwnRule, row_id)
        wanted = changed(conditions=(Condition("name", "is", "Yu"),), says="Nobody called Yu.")
        second = draft(session, wanted, shop.branches["east"], None, first)
        assert (second.number, second.version) == (first.number, 2)
        assert first.state == PUBLISHED
        publish(session, second, date(2026, 1, 1), None)
        assert first.state == RETIRED
        with pytest.raises(UserError):
            publish(session, second, date(2026, 1, 1), None)
    assert send(shop, "east.clerk", name="Xi").status_code == 201
    assert send(shop, "east.clerk", name="Yu").status_code == 422
    assert SAYS in shop.client_of("east.clerk").get(refused.json["why"]).text
    with shop.session() as session:
        again = replay(session)
        assert [each for each in again.differences if each.rule.startswith("OWN")] == []


def test_what_is_entered_late_is_judged_by_the_version_of_its_day(
    shop: Company, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(CUSTOMER.__dict__, "day", "since")
    july, august = date(2026, 7, 1), date(2026, 8, 1)
    with shop.session() as session:
        wanted = changed(conditions=(Condition("name", "is", "La"),))
        first = draft(session, wanted, shop.branches["east"], None)
        with clock.frozen(datetime(2026, 7, 1, 4, tzinfo=UTC)):
            publish(session, first, july, None)
        wanted = changed(conditions=(Condition("name", "is", "Le"),))
        with clock.frozen(datetime(2026, 8, 1, 4, tzinfo=UTC)):
            publish(session, draft(session, wanted, shop.branches["east"], None, first), august, None)
    versions = {}
    with shop.session("east") as session, silently():
        for name in ("La", "Le"):
            for day in (date(2026, 6, 30), july, date(2026, 7, 31), august):
                late = Customer(**customer_values(name=name, since=day))
                try:
                    judge(session, CUSTOMER, late)
                except RuleRefusedError as refused:
                    versions[name, day] = refused.said[0].rule.version
    assert versions == {("La", july): 1, ("La", date(2026, 7, 31)): 1, ("Le", august): 2}


def test_a_warning_saves_and_keeps_its_doubt(shop: Company):
    made(shop, changed(effect="warn", conditions=(Condition("name", "is", "Zu"),)))
    saved = send(shop, "east.clerk", name="Zu")
    assert saved.status_code == 201
    with shop.session() as session:
        found = session.scalars(select(Finding).where(Finding.subject_id == saved.json["id"])).one()
        assert (found.outcome, found.rule[:5]) == ("warned", "OWN-R")


def test_what_an_event_sets_off_holds_in_sql_too(shop: Company, monkeypatch: pytest.MonkeyPatch):
    oblige = changed(
        moment="added", effect="oblige", owner="shop.clerk", length=3, kind="workdays",
        conditions=(Condition("kind", "is", "Firm"), Condition("note", "filled")),
    )  # fmt: skip
    clerk = shop.installation.positions["shop.clerk"]
    owes = replace(clerk, grants=(*clerk.grants, grant("core.obligation", "see", clause="X")))
    monkeypatch.setitem(shop.installation.positions, "shop.clerk", owes)
    row_id = made(shop, oblige)
    with shop.session("east") as session:
        rule = rule_of(session.get_one(OwnRule, row_id))
        assert isinstance(rule, Deadline)
        assert (rule.owner, rule.event) == ("shop.clerk", "shop.customer.added")
        assert rule.settings[0].default == 3
        session.execute(select(Customer.id).where(as_sql(CUSTOMER, rule.where, shop.installation.entities)))
        here = on_event(session, "shop.customer.added", shop.branches["east"])
        assert [each.rule.id for each in here] == [rule.id]
        assert on_event(session, "shop.customer.added", shop.branches["west"]) == []
    told = said_by(shop, changed(moment="added", effect="tell", owner="shop.clerk"))
    assert isinstance(told, Notice)
    for wrong in (
        {"moment": "save"},
        {"owner": "shop.nobody"},
        {"length": 0},
    ):
        with shop.session() as session, pytest.raises(UserError):
            draft(session, Written(**{**oblige.__dict__, **wrong}), shop.branches["east"], None)


def said_by(company: Company, wanted: Written) -> Rule:
    """The rule of the engine that something written is."""
    with company.session() as session:
        return rule_of(draft(session, wanted, company.branches["east"], None))


def test_a_file_brings_drafts_and_no_expression_of_its_own(shop: Company):
    with shop.session() as session:
        row = draft(session, changed(name="For a file"), shop.branches["east"], None)
        content = json.loads(json.dumps(as_file([row])))
        content["rules"][0]["expression"] = "true"
        (copy,) = from_file(session, content, shop.branches["west"], None)
        assert (copy.state, copy.branch_id) == (DRAFT, shop.branches["west"])
        assert copy.expression == row.expression
        assert copy.number != row.number
        for wrong in ({}, [], {"format": "other"}, {**content, "rules": [{}]}, {**content, "rules": "x"}):
            with pytest.raises(UserError):
                from_file(session, wrong, shop.branches["west"], None)


def test_own_rules_are_listed_with_owner_and_sentence_in_both_languages(shop: Company):
    made(shop, changed(name="Listed", conditions=(Condition("kind", "is", "Firm"),)))
    told = shop.api_of("east.clerk")("GET", "/api/v1/rules/").json["result"]
    (own,) = [each for each in told if each["id"].startswith("OWN-R")]
    assert (own["kind"], own["plugin"], own["owner"], own["branch"]) == ("check", "shop", "admin", "east")
    assert own["sentence"] == {
        "en": "Shop customer, before it is saved: where Sort is Firm, refuse it. Nobody called Wei is served.",
        "zh": "商店客户保存前：种类 为 公司 时拒绝。Nobody called Wei is served.",
    }
    assert {each["owner"] for each in told if each is not own} == {"shop"}
    elsewhere = shop.api_of("west.manager")("GET", "/api/v1/rules/").json["ids"]
    assert own["id"] not in elsewhere
    with shop.session() as session:
        assert [each["id"] for each in own_listed(session)] == [own["id"]]


# ---------------------------------------------------------------- screens

FORM = {
    "entity": "shop.customer", "moment": "save", "joined": "all", "effect": "refuse",
    "name": "By clicks", "document": "House rules", "heading": "8", "says": "Nobody called Qu.",
    "field": ["name", "", ""], "operator": ["is", "is", "is"], "value": ["Qu", "", ""],
}  # fmt: skip


def count(company: Company, model: Any) -> int:
    with company.session() as session:
        return int(session.scalar(select(func.count(model.id))) or 0)


def test_an_administrator_writes_previews_and_publishes_by_clicks(shop: Company):
    qu = send(shop, "east.clerk", name="Qu").json["id"]
    admin = shop.client_of("admin")
    admin.get("/")
    admin.post("/branch/east")
    page = admin.get("/core/own-rules/new?entity=shop.customer")
    assert page.status_code == 200
    assert "Brought by · Shop name" in page.text
    before = (count(shop, OwnRule), count(shop, Finding))
    seen = admin.post("/core/own-rules/new", {**FORM, "do": "preview"})
    assert seen.status_code == 200, seen.text
    assert "come out otherwise" in seen.text
    assert f"/shop/customer/{qu}" in seen.text
    assert (count(shop, OwnRule), count(shop, Finding)) == before
    saved = admin.post("/core/own-rules/new", {**FORM, "do": "draft"})
    assert saved.status_code == 302
    row_id = int(saved.location.rpartition("/")[2])
    published = admin.post(f"/core/own-rules/{row_id}/write", {**FORM, "do": "publish"})
    assert published.status_code == 302
    with shop.session() as session:
        assert session.get_one(OwnRule, row_id).state == PUBLISHED
    assert admin.get(f"/core/own-rule/{row_id}").status_code == 200
    with shop.session() as session:
        rule_id = session.get_one(OwnRule, row_id).rule_id
    handbook = Page(shop.client_of("east.clerk").get("/core/handbook/shop").text).texts
    own = handbook[handbook.index("House rules") :]
    at = own.index("8")
    assert own[at : at + 3] == ["8", "By clicks", rule_id], "the clause stands over its rule"
    assert "Nobody called Qu." in own
    assert shop.client_of("east.clerk").get(f"/core/handbook/rule/{rule_id}").status_code == 200
    assert admin.post(f"/core/own-rules/{row_id}/retire").status_code == 302


def test_a_long_preview_of_a_draft_is_made_by_a_worker(shop: Company, monkeypatch: pytest.MonkeyPatch):
    qu = send(shop, "east.clerk", name="Qu").json["id"]
    send(shop, "east.clerk", name="Wu")
    monkeypatch.setattr(views, "AT_ONCE", 1)
    admin = shop.client_of("admin")
    admin.get("/")
    admin.post("/branch/east")
    admin.get("/core/own-rules/new?entity=shop.customer")
    before = (count(shop, OwnRule), count(shop, Finding))
    page = admin.post("/core/own-rules/new", {**FORM, "do": "preview"}).text
    (job,) = jobs_by_hand.do_all(shop.app)
    assert (job.state, f'data-job-url="/core/job/{job.id}/progress"' in page) == ("done", True)
    kept = admin.get(f"/core/preview/{job.id}").text
    assert "come out otherwise" in kept
    assert f"/shop/customer/{qu}" in kept
    assert (count(shop, OwnRule), count(shop, Finding)) == before


def test_what_is_wrong_is_said_and_nothing_kept(shop: Company):
    admin = shop.client_of("admin")
    admin.get("/core/own-rules/new?entity=shop.customer")
    before = count(shop, OwnRule)
    for wrong, says in (
        ({"value": ["", "", ""]}, "what it is compared with"),
        ({"field": ["", "", ""]}, "at least one condition"),
        ({"says": ""}, "Fill in this field."),
        ({"effect": "oblige"}, "does not go with this moment"),
    ):
        answer = admin.post("/core/own-rules/new", {**FORM, **wrong, "do": "draft"})
        assert answer.status_code == 422
        assert says in answer.text
    assert count(shop, OwnRule) == before


def test_files_go_out_and_come_in(shop: Company):
    made(shop, changed(name="Given away"), "hq", is_published=False)
    admin = shop.client_of("admin")
    answer = admin.get("/core/own-rules/file")
    assert answer.mimetype == "application/json"
    before = count(shop, OwnRule)
    admin.get("/core/own-rules/take")
    sent = {"file": (io.BytesIO(answer.data), "own-rules.json")}
    assert admin.post("/core/own-rules/take", sent).status_code == 302
    assert count(shop, OwnRule) > before
    for content in (b"", b"x", b"[" * 100_000):
        wrong = admin.post("/core/own-rules/take", {"file": (io.BytesIO(content), "x.json")})
        assert wrong.status_code == 422


@pytest.mark.parametrize("path", ["new", "1/write", "file", "take"])
def test_who_may_not_write_sees_no_form(shop: Company, path: str):
    assert shop.client_of("east.manager").get(f"/core/own-rules/{path}").status_code == 403
