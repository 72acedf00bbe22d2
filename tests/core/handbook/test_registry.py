"""The rule book knows its rules by what they judge and wait for, and refuses what names nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from shop.entities import CUSTOMER, ORDER

from core.entities.spec import Fact, Field
from core.handbook.kinds import Access, Cadence, Deadline, Is, Notice, Step, Threshold
from core.handbook.registry import RuleBook, judged
from core.handbook.values import DAYS, HOURS, Setting
from shop_rules import CREDIT, FINE_CLAUSE, RULES, VISITS

ENTITIES = {each.id: each for each in (CUSTOMER, ORDER)}
LATE = Deadline(
    "SHOP-R10",
    FINE_CLAUSE,
    "An order is brought within %(days)s.",
    (Setting("days", DAYS, 3),),
    entity="shop.order",
    owner="shop.clerk",
    event="shop.order.added",
    closed_by=(("shop.receipt.added", "order"),),
    within="days",
    ladder=(Step(2, "shop.manager"),),
)
VISITED = Cadence(
    "SHOP-R14",
    FINE_CLAUSE,
    "Visited every %(days)s.",
    (Setting("days", DAYS, 3), Setting("hours", HOURS, 3)),
    entity="shop.customer",
    owner="shop.clerk",
    anchor="since",
)
TOLD = Notice("SHOP-R11", FINE_CLAUSE, "Told.", event="shop.order.added", template="x", to=("shop.clerk",))


def wrong(rule: Any) -> list[str]:
    return judged([rule], {**ENTITIES, "shop.receipt": ORDER}, ("shop.clerk", "shop.manager"), ("shop.sum",))


def test_rules_are_found_by_what_they_judge_and_wait_for():
    book = RuleBook.of([("shop", each) for each in (*RULES, LATE, TOLD)])
    assert book.checks("shop.customer", "save") == (CREDIT, VISITS)
    assert book.checks("shop.customer", "delete") == ()
    assert book.on_event("shop.order.added") == (LATE, TOLD)
    assert book.on_event("shop.receipt.added") == (LATE,)
    assert book.events() == {"shop.order.added", "shop.receipt.added"}
    assert list(book.clauses("shop")) == ["credit", "visits", "fines"]
    assert book.clauses("shop")["credit"][1] == [CREDIT]


def test_a_sound_rule_is_let_in():
    ahead = replace(VISITED, before="days")
    sound = (
        *RULES,
        LATE,
        TOLD,
        replace(LATE, within="", before="days"),
        ahead,
        replace(VISITED, every="days"),
    )
    assert [text for each in sound for text in wrong(each)] == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (replace(CREDIT, id="credit"), "its id is not like"),
        (replace(CREDIT, entity="shop.nothing"), "there is no entity shop.nothing"),
        (replace(CREDIT, where=(Is("colour", "red"),)), "shop.customer has no field colour"),
        (replace(CREDIT, where=(Is("friend.kind", "home"),)), "shop.customer has no reference friend"),
        (replace(LATE, owner="shop.nobody"), "there is no position shop.nobody"),
        (replace(LATE, ladder=(Step(1, "shop.chief"),)), "there is no position shop.chief"),
        (replace(LATE, within="hours"), "it has no setting hours"),
        (replace(LATE, event="shop.parcel.added"), "the event shop.parcel.added is none of a known entity"),
        (replace(LATE, person="customer.vip"), "customer.vip is no user"),
        (replace(VISITED, every="days", entity="", person="vip"), "the branch itself has no field vip"),
        (replace(LATE, before="days"), "it is counted both from its event and back from it"),
        (replace(VISITED, before="hours"), "before is counted in days"),
        (replace(VISITED, every="days", ends_after="hours"), "ends_after is counted in days"),
        (replace(VISITED, every="days", begins_after="days", anchor=""), "without an anchor nothing"),
        (replace(VISITED, before="days", anchor=""), "it tells ahead of no date"),
        (replace(VISITED, every="days", switch="days"), "its switch says neither yes nor no"),
        (replace(VISITED, every="days", lunar=True), "a lunar day comes every so many years"),
        (replace(LATE, settings=(Setting("days", DAYS, 3),) * 2), "two of its settings have one name"),
        (
            Threshold("SHOP-R12", FINE_CLAUSE, "x", (Setting("t", DAYS),), measure="shop.none", target="t"),
            "there is no measure shop.none",
        ),
        (
            Access("SHOP-R13", FINE_CLAUSE, "x", grants=(("shop.boss", "shop.order", "see"),)),
            "there is no position shop.boss",
        ),
    ],
)
def test_what_names_nothing_is_refused(rule: Any, says: str):
    assert [text for text in wrong(rule) if says in text], wrong(rule)


def test_a_notice_may_ask_for_what_has_no_field():
    worked_out = Fact(Field("colour", "Colour"), lambda _session, _order: "red")
    orders = replace(ORDER, facts=(worked_out,), fact_of={}, by_name={})
    entities = {CUSTOMER.id: CUSTOMER, ORDER.id: orders}
    told, owed = (replace(each, where=(Is("colour", "red"),)) for each in (TOLD, LATE))
    assert judged([told], entities, ("shop.clerk",), ()) == []
    wrong_of_a_set = judged([owed], {**entities, "shop.receipt": ORDER}, ("shop.clerk", "shop.manager"), ())
    assert [text for text in wrong_of_a_set if "shop.order has no field colour" in text]


def test_a_reference_is_named_with_or_without_its_id():
    for field in ("customer.kind", "customer_id.kind", "customer.referrer.vip"):
        assert wrong(replace(LATE, where=(Is(field, "home"),))) == []
