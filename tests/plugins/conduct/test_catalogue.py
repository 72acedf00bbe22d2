"""The rules are those of the catalogue: ids, kinds, settings and their defaults (catalogue.tsv has its lines)."""
# zh-ok-file: the catalogue's own words

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.handbook.kinds import Rule
from core.handbook.values import Setting
from plugins.conduct.rules import RULES

WRITTEN = (Path(__file__).parent / "catalogue.tsv").read_text(encoding="utf-8")
LINES = list(csv.DictReader(WRITTEN.splitlines(), delimiter="\t"))
KINDS = {"validation": ("check", "checklist"), "notification": ("notice",), "threshold/KPI": ("threshold",)}
BY_ID: dict[str, Rule] = {each.id: each for each in RULES}
SAID_OTHERWISE = {
    "current month": 31,
    "4 steps": ("warning", "fine", "urged_resignation", "dismissal"),
    "最后警告, 辞退": ("final_warning", "dismissal"),
    "dismissal": "dismissal",
    "facts, opinion, signature": ("facts", "opinion", "signature"),
    "unset": None,
    "true": True,
    "on": True,
}
"""What the catalogue says in words, as the settings have it."""


def test_every_rule_of_the_catalogue_is_declared_and_no_other():
    assert sorted(BY_ID) == sorted(line["id"] for line in LINES)
    assert len(RULES) == len(BY_ID) == 29


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line["id"]))
def test_a_rule_has_the_kind_and_the_defaults_of_the_catalogue(line: dict[str, str]):
    rule = BY_ID[line["id"]]
    assert rule.kind in KINDS.get(line["kind"], (line["kind"],))
    for name, printed in parameters(line["parameters"]):
        assert as_printed(rule.setting(name), printed), f"{rule.id}: {name} is {rule.setting(name).default}"


def parameters(text: str) -> list[tuple[str, str]]:
    pairs = [each.partition(" = ") for each in text.split("; ") if each]
    return [(name, value) for name, _equals, value in pairs]


def as_printed(setting: Setting, printed: str) -> bool:
    if printed in SAID_OTHERWISE:
        return setting.default == SAID_OTHERWISE[printed]
    return str(setting.default) == printed
