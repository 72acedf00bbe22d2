"""A small rule book for the shop: a rule of each kind that tests of the engine need. Also read by those of duties."""

from __future__ import annotations

from decimal import Decimal

from core.handbook.kinds import Amount, Check, Clause, Facts, Is, Refusal, Rule, Settings, Span
from core.handbook.values import MONEY, NUMBER, PERCENT, Setting

CREDIT_CLAUSE = Clause("credit", "Shop rules", "3.1", "Nobody owes more than the shop can lose.")
VISIT_CLAUSE = Clause("visits", "Shop rules", "4", "A customer is not visited too often.")
FINE_CLAUSE = Clause("fines", "Shop rules", "5", "Every late visit costs.")


def too_much_credit(facts: Facts, settings: Settings) -> Refusal | None:
    if facts["credit"] <= settings["most"]:
        return None
    return Refusal("Credit is %(most)s at most.", {"most": settings["most"]}, ("credit",))


def too_many_visits(facts: Facts, settings: Settings) -> Refusal | None:
    if (facts["visits"] or 0) <= settings["visits"]:
        return None
    return Refusal("%(visits)s visits are many.", {"visits": facts["visits"]}, ("visits",))


def fine(facts: Facts, settings: Settings) -> Span | None:
    if settings["fine"] is None:
        return None
    return Span(settings["fine"], settings["fine"] * (1 + facts["earlier"]))


CREDIT = Check(
    "SHOP-R01",
    CREDIT_CLAUSE,
    "A customer at home has %(most)s of credit at most.",
    (Setting("most", MONEY, Decimal("100.00"), "Most credit", by_two=True),),
    entity="shop.customer",
    judge=too_much_credit,
    where=(Is("kind", "home"),),
    shown_by=("tests/core/handbook/test_judging.py::test_a_check_refuses_and_says_why",),
)
VISITS = Check(
    "SHOP-R02",
    VISIT_CLAUSE,
    "More than %(visits)s visits raise a doubt.",
    (Setting("visits", NUMBER, None, "Visits", suggested=5),),
    entity="shop.customer",
    judge=too_many_visits,
    warns=True,
)
FINE = Amount(
    "SHOP-R03",
    FINE_CLAUSE,
    "A late visit costs %(fine)s, more each time.",
    (Setting("fine", MONEY, Decimal("20.00"), "Fine"), Setting("share", PERCENT, Decimal(50), "Share")),
    entity="shop.customer",
    figure=fine,
)
RULES: tuple[Rule, ...] = (CREDIT, VISITS, FINE)
