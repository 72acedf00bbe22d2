"""The rules of construction beside the catalogue of the paper: ids, kinds, parameters and their defaults."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.book.construction import RULES

LINES = (Path(__file__).parent / "catalogue_construction.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
KINDS = {"validation": "check", "notification": "notice", "approval": "approval"}
WORDS: dict[str, Any] = {
    "true": True,
    "unset": None,
    "客服部经理": n.MANAGER,
    "设计部, 工程部, 客户": (c.DESIGN_SIDE, c.ENGINEERING_SIDE, c.CUSTOMER_SIDE),
    "前期材料进场, 水电, 木工, 瓦工, 油漆工, 竣工": n.STAGES,
}
BY_ID = {each.id: each for each in RULES}


def number_of(rule: str) -> str:
    """The catalogue's number; `-B` and the like say what else the same item says."""
    return "-".join(rule.split("-")[:2])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_kinds_and_defaults_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    assert BY_ID[row["rule"]].kind == KINDS[row["kind"]]
    family = [each for each in RULES if number_of(each.id) == row["rule"]]
    settings = {each.name: each.default for rule in family for each in rule.settings}
    assert settings[row["parameter"]] == WORDS[row["default"]]


def test_no_rule_and_no_setting_is_made_up() -> None:
    known = {(row["rule"], row["parameter"]) for row in ROWS}
    assert {number_of(each) for each in BY_ID} == {row["rule"] for row in ROWS}
    made = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings}
    assert made == known
