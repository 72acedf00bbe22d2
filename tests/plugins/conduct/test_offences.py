"""The fourteen items of the tariff: what each allows, and that it is silent about all others."""

from __future__ import annotations

import pytest

from core.handbook.kinds import Amount
from facts_of_conduct import BY_ID, slip, span, yuan
from plugins.conduct.rules import ITEMS

RANGES = [
    ("GPN-R01", "50", "100", None),
    ("GPN-R02", "50", "100", None),
    ("GPN-R05", "50", "100", None),
    ("GPN-R11", "50", "100", None),
    ("GPN-R13", "200", "500", "no_hazard"),
    ("GPN-R14", "500", "1000", "hazard"),
    ("GPN-R16", "50", "200", None),
]
FIGURES = [
    ("GPN-R03", "100"),
    ("GPN-R04", "200"),
    ("GPN-R06", "200"),
    ("GPN-R09", "200"),
    ("GPN-R10", "200"),
    ("GPN-R12", "200"),
]
UNPRINTED = ["GPN-R07", "GPN-R08"]


@pytest.mark.parametrize(("rule", "low", "high", "consequence"), RANGES)
def test_a_fine_lies_within_its_range(rule: str, low: str, high: str, consequence: str | None):
    assert span(rule, slip(rule, consequence=consequence)) == yuan(low, high)
    assert span(rule, slip("GPN-R99", consequence=consequence)) is None, "another item"
    if consequence:
        assert span(rule, slip(rule, consequence="serious")) is None, "another tier"


@pytest.mark.parametrize(("rule", "figure"), FIGURES)
def test_a_fine_is_the_one_figure_of_its_item(rule: str, figure: str):
    assert span(rule, slip(rule)) == yuan(figure)
    assert span(rule, slip("GPN-R99")) is None


@pytest.mark.parametrize("rule", UNPRINTED)
def test_an_item_without_a_figure_allows_no_fine_until_it_is_set(rule: str):
    assert span(rule, slip(rule)) is None
    assert span(rule, slip(rule), fine=yuan("200").low) == yuan("200")
    assert BY_ID[rule].setting("fine").suggested == 200


def test_each_item_was_tried():
    tried = [rule for rule, *_rest in (*RANGES, *FIGURES)] + UNPRINTED
    assert sorted(tried) == sorted(each.id for each in ITEMS if isinstance(each, Amount))
