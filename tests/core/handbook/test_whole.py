"""The rule book is whole, and stays true: what is kept comes out the same again, positions hold what clauses give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from shop.entities import CUSTOMER, ORDER
from shop.models import Customer

from company import Company, customer_values
from core.data import clock
from core.handbook import thresholds
from core.handbook.access import HOLDS, LACKS, OPEN, breaches
from core.handbook.amounts import keep_amount
from core.handbook.changing import Change, change
from core.handbook.judging import RuleRefusedError, judge
from core.handbook.kinds import Access, Span, Threshold
from core.handbook.registry import RuleBook
from core.handbook.replay import replay
from core.handbook.values import PERCENT, Setting
from core.measures.figures import Figures
from core.measures.kinds import SHARE, Measure, Sum
from core.people.positions import Position, grant
from shop_rules import CREDIT, FINE, FINE_CLAUSE, RULES

WHY = "as the meeting decided"
RATE = Threshold(
    "SHOP-R20",
    FINE_CLAUSE,
    "At least %(rate)s.",
    (Setting("rate", PERCENT, Decimal(98)),),
    measure="shop.rate",
    target="rate",
)


def entered(company: Company) -> None:
    east = company.branches["east"]
    with company.session("east") as session:
        keep_amount(session, "SHOP-R03", "shop.customer", 1, {"earlier": 2}, date(2026, 3, 1), east)
        with pytest.raises(RuleRefusedError):
            judge(session, CUSTOMER, Customer(**customer_values(credit=Decimal("101.00"), kind="home")))


def again(company: Company) -> Any:
    with company.session() as session:
        return replay(session)


def test_what_is_kept_comes_out_the_same_also_after_settings_changed(ruled: Company):
    entered(ruled)
    with ruled.session() as session:
        wanted = Change("fine", ruled.branches["east"], clock.today(), Decimal("1.00"), WHY)
        change(session, FINE, wanted, None)
    found = again(ruled)
    assert found.judged >= 2
    assert found.differences == []


def test_a_rule_that_came_to_mean_something_else_is_found(ruled: Company):
    entered(ruled)
    other = replace(FINE, figure=lambda facts, _settings: Span(Decimal(facts["earlier"]), Decimal(9)))
    ruled.installation.rules = RuleBook.of([("shop", other), ("shop", CREDIT)])
    found = again(ruled)
    assert {each.rule for each in found.differences} == {"SHOP-R03"}
    ruled.installation.rules = RuleBook.of([("shop", replace(other, version=2))])
    found = again(ruled)
    assert found.differences == []
    assert found.passed_over >= 2


def test_a_rule_that_looks_at_something_else_now_is_found(ruled: Company):
    entered(ruled)
    other = replace(FINE, figure=lambda facts, _settings: Span(facts["weather"], facts["weather"]))
    ruled.installation.rules = RuleBook.of([("shop", other)])
    assert {each.now for each in again(ruled).differences} == {"looks at weather"}


POSITIONS = {
    each.id: each
    for each in (
        Position("shop.clerk", "Clerk", (grant("shop.order", "see", clause="X"),)),
        Position("shop.manager", "Manager", (grant("shop.order", "see", "edit", clause="X"),)),
        Position("core.admin", "Admin", everything=True),
    )
}
ENTITIES = {each.id: each for each in (CUSTOMER, ORDER)}


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ({"grants": (("shop.clerk", "shop.order", "see"),)}, []),
        ({"grants": (("shop.clerk", "shop.order", "edit"),)}, [(LACKS, "shop.clerk")]),
        ({"only": (("shop.order", "edit"),)}, [(HOLDS, "shop.manager")]),
        (
            {"grants": (("shop.manager", "shop.order", "edit"),), "only": (("shop.order", "edit"),)},
            [],
        ),
        ({"masked": (("shop.customer", "note"),)}, [(OPEN, "")]),
    ],
)
def test_positions_hold_what_clauses_give_and_no_others(says: dict[str, Any], expected: list[Any]):
    rule = Access("SHOP-R21", FINE_CLAUSE, "x", **says)
    assert [(each.how, each.position) for each in breaches([rule], POSITIONS, ENTITIES)] == expected


def test_a_target_comes_from_the_rule_as_set_for_branch_and_month(ruled: Company):
    ruled.installation.rules = RuleBook.of([("shop", each) for each in (*RULES, RATE)])
    east, west = ruled.branches["east"], ruled.branches["west"]
    today = clock.today()
    this, before = f"{today:%Y-%m}", f"{today.year - 1}-12"
    with ruled.session() as session:
        change(session, RATE, Change("rate", east, today, Decimal("95.50"), WHY), None)
        found = thresholds.targets(session, ["shop.rate", "shop.none"], [east, west], [before, this])
    assert found == {
        "shop.rate": {
            (east, before): Decimal(98),
            (west, before): Decimal(98),
            (east, this): Decimal("95.50"),
            (west, this): Decimal(98),
        }
    }


def test_what_people_entered_goes_before_the_rule_and_the_rule_before_the_usual():
    measure = Measure(
        "shop.rate", "R", SHARE, "shop.order", lambda *_: (), lambda *_: "/", "", usual=Decimal(90)
    )
    month = "2026-10"
    sums = {(place, month): Sum(place, month, 1, 1) for place in (1, 2, 3)}
    figures = Figures(
        measure,
        (1, 2, 3),
        (1, 2, 3),
        sums,
        {(1, month): Decimal(80)},
        {(place, month): Decimal(98) for place in (1, 2)},
    )
    assert [figures.target(month, place) for place in (1, 2, 3)] == [80, 98, 90]


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (Decimal(98), thresholds.REACHED),
        (Decimal("97.9999"), thresholds.MISSED),
        (None, thresholds.NOT_APPLICABLE),
    ],
)
def test_it_is_compared_unrounded_and_nothing_due_is_not_applicable(figure: Any, state: str):
    assert thresholds.verdict(RATE, figure, Decimal(98)).state == state
    turned = {thresholds.MISSED: thresholds.REACHED}.get(state, state)
    assert thresholds.verdict(replace(RATE, at_most=True), figure, Decimal(98)).state == turned


def test_periods_are_of_the_calendar():
    assert thresholds.months_of(RATE, "2026-05") == ("2026-05",)
    assert thresholds.months_of(replace(RATE, over="quarter"), "2026-05") == ("2026-04", "2026-05", "2026-06")
    assert thresholds.months_of(replace(RATE, over="half"), "2026-12")[0] == "2026-07"
    assert len(thresholds.months_of(replace(RATE, over="year"), "2026-05")) == 12
    assert thresholds.last_day("2028-02") == date(2028, 2, 29)
