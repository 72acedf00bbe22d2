"""What follows from a slip: what the company decides, and what is kept back of wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.handbook.kinds import Approval, Deadline
from facts_of_conduct import BY_ID, measure, settings_of, span, yuan

ON = {"deduct": True, "minimum_wage": Decimal("2490.00")}
BADLY = {"slip.refused_on": date(2026, 3, 9), "slip.bad_attitude": True, "slip.state": "refused"}


def needed(rule_id: str, facts: dict[str, object]) -> bool:
    rule = BY_ID[rule_id]
    assert isinstance(rule, Approval)
    assert rule.needed is not None
    return rule.needed(facts, settings_of(rule))


def test_the_company_decides_on_final_measures():
    assert needed("HR-R04", measure("final_warning", **BADLY))
    assert needed("HR-R04", measure("dismissal", **BADLY))
    assert not needed("HR-R04", measure("warning", **BADLY))
    assert not needed("HR-R04", measure("final_warning")), "it was signed"
    assert not needed("HR-R04", measure("final_warning", **{**BADLY, "slip.evidence": None}))
    assert settings_of(BY_ID["HR-R04"])["compensation"] == 0


@pytest.mark.parametrize(
    ("kind", "asked"), [("warning", False), ("fine", False), ("urged_resignation", True), ("dismissal", True)]
)
def test_the_upper_steps_of_the_ladder_are_the_companys(kind: str, asked: bool):
    assert needed("HR-R07", measure(kind)) is asked


def test_nothing_is_kept_back_of_wages_unless_it_is_switched_on():
    facts = {"wage": Decimal("5000.00"), "slip.fine": Decimal("200.00")}
    assert span("HR-R06", facts) is None
    assert span("HR-R06", facts, deduct=True) is None, "nobody entered the minimum wage"
    assert span("HR-R06", facts, **ON) == yuan("200.00")


@pytest.mark.parametrize(
    ("wage", "fine", "kept"),
    [
        ("5000.00", "1000.00", "1000.00"),  # 20 % is 1000
        ("4999.99", "1000.00", "999.99"),  # 20 % is 999.998, cut down to the fen
        ("2600.00", "500.00", "110.00"),  # 20 % is 520, but 2490 stay
        ("2490.00", "50.00", "0.00"),
        ("2000.00", "50.00", "0.00"),  # below the minimum already
    ],
)
def test_what_is_kept_back_is_capped(wage: str, fine: str, kept: str):
    assert span("HR-R06", {"wage": Decimal(wage), "slip.fine": Decimal(fine)}, **ON) == yuan(kept)


def test_a_deduction_is_booked_in_the_same_month():
    rule = BY_ID["HR-R05"]
    assert isinstance(rule, Deadline)
    assert settings_of(rule)[rule.by] == 31, "the last day of the month"
    assert (rule.event, rule.closed_by) == (
        "conduct.deduction.added",
        (("conduct.deduction.booked", ""),),
    )
    assert rule.roll == "none"
