"""The rules of the design stage beside the catalogue of the paper: ids, kinds, parameters and their defaults."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book.design import RULES

LINES = Path(__file__).with_name("catalogue_design.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
BY_ID = {each.id: each for each in RULES}
KINDS = {
    "validation": "check",
    "threshold/KPI": "threshold",
    "notification": "notice",
    "deadline": "deadline",
    "cadence": "cadence",
}
WORDS: dict[str, Any] = {
    "true": True,
    "unset": None,
    "1": 1,
    "before rendering": d.BEFORE_RENDERING,
    "initial draft confirmed": d.AT_DRAFT,
    "谈单量, 订金数, 达成率": ("negotiations", "deposits", "conversion"),
    "4 named stages": (d.FIRST_MEETING, d.MEASURING, d.SKETCH, d.REFINED_PLAN),
}
MADE_UP = {("DEC-R42", "conversion_target")}
"""The paper has no target of conversion, and the handbook says so."""


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
    known = {(each["rule"], each["parameter"]) for each in ROWS}
    told = {(number_of(rule.id), each.name) for rule in RULES for each in rule.settings}
    assert told - known == MADE_UP
    assert all(BY_ID[rule].setting(name).inferred for rule, name in MADE_UP)
    assert {number_of(each) for each in BY_ID} == {each["rule"] for each in ROWS}
