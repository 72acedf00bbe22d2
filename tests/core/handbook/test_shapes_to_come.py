"""The table of how the two departments to come will be said names every rule of theirs, and only what kinds can say."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from core.handbook.kinds import KINDS

README = Path(__file__).parents[3] / "core" / "handbook" / "README.md"
RULES_OF = {"Decoration": 90, "Software support": 93}
"""How many rules the papers of each department have: R01 and so on."""


def table() -> list[dict[str, str]]:
    lines = [each for each in README.read_text(encoding="utf-8").splitlines() if each.startswith("|")]
    start = next(place for place, each in enumerate(lines) if each.startswith("| Shape |"))
    head, _rule, *rows = [[cell.strip() for cell in each.strip("|").split("|")] for each in lines[start:]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def numbers(cell: str) -> set[int]:
    """`R01, R05-R07` as numbers."""
    found: set[int] = set()
    for first, last in re.findall(r"R(\d\d)(?:-R(\d\d))?", cell):
        found.update(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("department", list(RULES_OF))
def test_every_rule_of_a_department_stands_in_the_table(department: str):
    named = set().union(*(numbers(row[department]) for row in table()))
    assert named == set(range(1, RULES_OF[department] + 1))


def test_each_shape_is_said_by_a_kind_and_by_what_kinds_have():
    kinds = {name for each in KINDS for name in (each.__name__, f"{each.__name__}s")}
    known = {each.name for kind in KINDS for each in fields(kind)}
    others = {"day", "Span", "LIST", "PERCENT", "DATE", "CLOCK_HOURS", "<entity>.<RULE>-due", "-due"}
    others |= {"reports", "closed_by=by_report(...)"}  # as core/reports names them
    for row in table():
        said = row["Said as"]
        assert set(re.findall(r"\*(\w+)\*", said)) & kinds, said
        assert set(re.findall(r"`([^`]+)`", said)) - known <= others, said
