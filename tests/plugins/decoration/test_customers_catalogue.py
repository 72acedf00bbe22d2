"""The rules of customers and their files beside the catalogue of the paper: ids, kinds, parameters, defaults."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from plugins.decoration.rules import names as n
from plugins.decoration.rules.book.customers import RULES

LINES = Path(__file__).with_name("catalogue_customers.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
BY_ID = {each.id: each for each in RULES}
KINDS = {
    "validation": {"check", "checklist"},
    "notification": {"notice"},
    "deadline": {"deadline"},
    "cadence": {"cadence"},
    "approval": {"approval"},
    "access": {"access"},
}
WORDS: dict[str, Any] = {
    "true": True,
    "on": True,
    "unset": None,
    "list": (),
    "daily": 1,
    "end of working day": 0,
    "editable": "客户至上",
    "设计部": (n.DESIGNER,),
    "branch + customers": ("branch", "customers"),
    "售前, 售中, 售后, VIP/大客户": ("pre_sale", "in_sale", "after_sale", "vip"),
    "客服形象, 技术, 客户关系, 品牌": ("image", "technique", "relations", "brand"),
}
MADE_UP = {
    ("DEC-R02", "raised_to_manager"),
    ("DEC-R08", "raised_to_manager"),
    ("DEC-R43", "member_care_interval"),
    ("DEC-R60", "raised_to_manager"),
}
"""The paper has no such figure, and the handbook says so."""


def number_of(rule: str) -> str:
    """The catalogue's number of a rule; `-B` and the like say what else the same item says."""
    return "-".join(rule.split("-")[:2])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_kinds_parameters_and_defaults_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    assert BY_ID[row["rule"]].kind in KINDS[row["kind"]]
    family = [each for each in RULES if number_of(each.id) == row["rule"]]
    settings = {each.name: each.default for rule in family for each in rule.settings}
    assert settings[row["parameter"]] == WORDS[row["default"]]


def test_no_setting_is_made_up_but_those_that_say_so() -> None:
    known = {(each["rule"], each["parameter"]) for each in ROWS}
    told = {(number_of(rule.id), each.name): each for rule in RULES for each in rule.settings}
    assert set(told) - known == MADE_UP
    assert all(told[each].inferred for each in MADE_UP)
    assert {number_of(each) for each in BY_ID} == {each["rule"] for each in ROWS}
