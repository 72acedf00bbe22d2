"""The rules of complaints and repairs beside the catalogue of the paper: ids, kinds, parameters and their defaults."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from plugins.decoration.rules import names as n
from plugins.decoration.rules.book.complaints import DEPARTMENTS, RULES

LINES = Path(__file__).with_name("catalogue_complaints.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
KINDS = {
    "validation": "check",
    "threshold/KPI": "threshold",
    "notification": "notice",
    "deadline": "deadline",
    "approval": "approval",
}
WORDS: dict[str, Any] = {
    "true": True,
    "unset": None,
    "24": 24,
    "2": 2,
    "allowed": "allowed",
    "DEC-W4": "DEC-W4",
    "客服部经理": n.MANAGER,
    "专员, 助理": (n.SPECIALIST, n.ASSISTANT),
    "list": tuple(each for each, _label in DEPARTMENTS),
}
MADE_UP = {
    ("DEC-R59", "raised_to_manager"),
    ("DEC-R71", "general_years"),
    ("DEC-R71", "waterproof_years"),
    ("DEC-R71", "rolls_to_workday"),
    ("DEC-R86", "manager_confirms"),
}
"""What the paper has no figures for, and the handbook says so; the years are those of the law."""
BY_ID = {each.id: each for each in RULES}


def number_of(rule: str) -> str:
    """The catalogue's number of a rule; `-B` and the like say what else the same item says."""
    return "-".join(rule.split("-")[:2])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_kinds_parameters_and_defaults_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    assert BY_ID[row["rule"]].kind == KINDS[row["kind"]]
    family = [each for each in RULES if number_of(each.id) == row["rule"]]
    settings = {each.name: each.default for rule in family for each in rule.settings}
    assert settings[row["parameter"]] == WORDS[row["default"]]


def test_no_setting_is_made_up_but_those_that_say_so() -> None:
    known = {(row["rule"], row["parameter"]) for row in ROWS}
    told = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings}
    assert told - known == MADE_UP
    assert {number_of(each) for each in BY_ID} == {row["rule"] for row in ROWS}
    inferred = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings if each.inferred}
    assert inferred == MADE_UP | {("DEC-R86", "repeat_threshold")}
