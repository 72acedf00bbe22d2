"""The rules of call-backs beside the catalogue of the paper: ids, kinds, parameters and their defaults."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from decoration_company import BY_ID
from plugins.decoration.rules.book.callbacks import RULES

LINES = (Path(__file__).parent / "catalogue_callbacks.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
KINDS = {"cadence": {"cadence", "deadline"}}
"""What comes again with each report or each plan is a deadline on that event; what comes by the calendar a cadence."""
WORDS: dict[str, Any] = {"true": True, "allowed": True, "unset": None}


def number_of(rule: str) -> str:
    return rule.removesuffix("-B")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_rules_are_as_the_catalogue_says(row: dict[str, str]) -> None:
    rule = BY_ID[row["rule"]]
    assert rule.kind in KINDS[row["kind"]]
    default = rule.setting(row["parameter"]).default
    expected = WORDS[row["default"]] if row["default"] in WORDS else int(row["default"])
    assert (default, type(default)) == (expected, type(expected))


def test_every_rule_is_in_the_catalogue_and_other_figures_say_where_they_are_from() -> None:
    assert {number_of(each.id) for each in RULES} == {row["rule"] for row in ROWS}
    known = {(row["rule"], row["parameter"]) for row in ROWS}
    more = [each for rule in RULES for each in rule.settings if (number_of(rule.id), each.name) not in known]
    assert [each.name for each in more if not (each.inferred or each.fixed)] == []
