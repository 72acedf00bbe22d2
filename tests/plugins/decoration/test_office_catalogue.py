"""The rules of the office beside the catalogue of the paper: ids, kinds, parameters and their defaults."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book import appraisals, office, papers, posts

RULES = (*office.RULES, *papers.RULES, *appraisals.RULES, *posts.RULES)
LINES = (Path(__file__).parent / "catalogue_office.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
KINDS = {
    "deadline": {"cadence"},
    "cadence": {"cadence"},
    "threshold/KPI": {"threshold"},
    "approval": {"approval"},
    "access": {"access"},
    "validation": {"check", "checklist"},
}
"""What is due on a day of each week or month is a series here."""
WORDS: dict[str, Any] = {
    "30/31 (last day)": 31,
    "on": True,
    "Friday": 5,
    "weekly": 1,
    "26": 26,
    "客服部经理": n.MANAGER,
    "总经理": n.GENERAL_MANAGER,
    "助理": n.ASSISTANT,
    "1": 1,
    "unset": None,
    "as needed": None,
    "设计师, 巡检, 工队": (o.OF_DESIGNER, o.OF_INSPECTOR, o.OF_CREW),
    "大专": o.COLLEGE,
    "高中/中专": o.SENIOR_HIGH,
    "list": ("pre_sale", "in_sale", "after_sale", "vip", "complaints", "posts"),
    "5 subjects": ("recruitment", "appraisal", "pay", "training", "promotion"),
    "Up: GM assistant, deputy manager, GM; sideways: manager of another department": (
        o.OTHER_MANAGER,
        o.GM_ASSISTANT,
        o.DEPUTY,
        o.GENERAL,
    ),
    "Up: CS manager, GM assistant, deputy manager, GM": (
        o.MANAGER_POST,
        o.GM_ASSISTANT,
        o.DEPUTY,
        o.GENERAL,
    ),
}
BY_ID = {each.id: each for each in RULES}
OF_DESIGN = {"DEC-R42"}
"""Of which this area adds the report alone."""


def number_of(rule: str) -> str:
    """The catalogue's number; `-B` and the like say what else the same item says."""
    return "-".join(rule.split("-")[:2])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_kinds_and_defaults_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    assert BY_ID[row["rule"]].kind in KINDS[row["kind"]]
    family = [each for each in RULES if number_of(each.id) == row["rule"]]
    default = {each.name: each.default for rule in family for each in rule.settings}[row["parameter"]]
    if row["default"] == "4":
        assert len(default) == 4
    else:
        assert default == WORDS[row["default"]]


def test_no_rule_and_no_setting_is_made_up() -> None:
    known = {(row["rule"], row["parameter"]) for row in ROWS}
    assert {number_of(each) for each in BY_ID} - OF_DESIGN == {row["rule"] for row in ROWS}
    made = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings}
    inferred = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings if each.inferred}
    assert known <= made
    assert made - known <= inferred, "what the catalogue does not name is said to be inferred"
