"""The gas office's rules beside the catalogue of its paper: ids, kinds, parameters and their defaults.

`catalogue.tsv` was made from the GAS lines of the regulations catalogue: id, kind, parameter, default.
"""

# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gas_rules import BY_ID
from plugins.gas.rules.book.saying import CARD_CLERK, CASHIER, FINANCE, HEAD, TEAM_LEADER

HERE = Path(__file__).parent
LINES = (HERE / "catalogue.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
IDS = list(dict.fromkeys(each["rule"] for each in ROWS))
KINDS = {
    "validation": {"check", "checklist"},
    "threshold/KPI": {"threshold"},
    "notification": {"notice"},
    "deadline": {"deadline"},
    "cadence": {"cadence"},
    "approval": {"approval"},
    "access": {"access"},
}
WAITING = {
    "GAS-R09": "opens a penalty slip from a verified complaint: complaints are no records yet",
    "GAS-R11": "the panel does not see what else runs on a computer",
    "GAS-R12": "a loss and who bears it are no records yet",
    "GAS-R14": "tasks that leaders give are no records yet",
    "GAS-R23": "record sheets (GAS-E05) are no records yet",
    "GAS-R31": "remittance to finance (GAS-E15) comes with the tills",
    "GAS-R32": "remittance to finance (GAS-E15) comes with the tills",
    "GAS-R35": "purchases on IC cards (GAS-E20) are no records yet",
    "GAS-R39": "the daily close (GAS-E15) comes with the tills",
    "GAS-R40": "handover records (GAS-E16) come with the tills",
    "GAS-R62": "customers' questions (GAS-E19) are no records yet",
    "GAS-R63": "customers' questions (GAS-E19) are no records yet",
    "GAS-R74": "settlement slips (GAS-E07) are no records yet",
    "GAS-R75": "settlement slips (GAS-E07) are no records yet",
}
"""Rules of the catalogue that are not written, each with what it waits for; the plugin's README has them too."""
WORDS: dict[str, Any] = {
    "true": True,
    "on": True,
    "required": True,
    "false": False,
    "unset": None,
    "list": (),
    "document": "",
    "recommended": "recommended",
    "month": "month",
    "quarter": "quarter",
    "month end": 31,
    "same day": 0,
    "Monday after work": 1,
    "phone, written": ("phone", "written"),
    "快, 慢, 失灵": ("fast", "slow", "dead"),
    "表型, 表号, 使用年限, 左右进向": ("type", "number", "service_years", "inlet_side"),
    "基表读数, 累计用气量, 表内存量": ("value", "cumulative_usage", "stored_balance"),
    "计划财务部": FINANCE,
    "department head": HEAD,
    "证卡营业员": CARD_CLERK,
    "营业中心组长": TEAM_LEADER,
    "cashier, team leader, head, finance": (CASHIER, TEAM_LEADER, HEAD, FINANCE),
}
LENGTHS = {"6 items": 6, "5 phrases": 5, "2 titles": 2}
WRITTEN = [each for each in ROWS if each["rule"] not in WAITING]


def settings_of(number: str) -> dict[str, Any]:
    """The defaults of a rule and of what is said beside it (`GAS-R49-B`)."""
    family = [each for each in BY_ID.values() if f"{each.id}-".startswith(f"{number}-")]
    return {each.name: each.default for rule in family for each in rule.settings}


def number_of(rule: str) -> str:
    """The catalogue's number of a rule; `-B` and `-C` say what else the same item says."""
    return rule.removesuffix("-B").removesuffix("-C")


def is_as_written(value: Any, text: str) -> bool:
    if isinstance(value, tuple) and (text in LENGTHS or text.isdigit()):
        return len(value) == (LENGTHS[text] if text in LENGTHS else int(text))
    if text in WORDS:
        return bool(value == WORDS[text]) and type(value) is type(WORDS[text])
    if text.endswith(" %"):
        return bool(value == Decimal(text.removesuffix(" %")))
    if "–" in text:
        return bool(value == tuple(int(each) for each in text.split("–")))
    return bool(value == int(text))


def kinds() -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys((each["rule"], each["kind"]) for each in WRITTEN)


@pytest.mark.parametrize(("number", "kind"), list(kinds()))
def test_kinds_are_those_of_the_catalogue(number: str, kind: str) -> None:
    assert BY_ID[number].kind in KINDS[kind]


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: f"{row['rule']}-{row['parameter']}")
def test_parameters_and_defaults_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    settings = settings_of(row["rule"])
    assert row["parameter"] in settings
    assert is_as_written(settings[row["parameter"]], row["default"]), settings[row["parameter"]]


RAISED = {"raised_to_head", "raised_to_leader"}
"""After how many days something late goes up: the paper names no days, and the handbook says so."""


def test_no_setting_is_made_up_but_those_that_say_so() -> None:
    known = {(each["rule"], each["parameter"]) for each in ROWS}
    made_up = {
        (rule.id, each.name)
        for rule in BY_ID.values()
        for each in rule.settings
        if (number_of(rule.id), each.name) not in known
    }
    assert {name for _rule, name in made_up} == RAISED
    assert all(BY_ID[rule].setting(name).inferred for rule, name in made_up)


def test_what_is_missing_is_known_and_has_its_reason() -> None:
    assert len(IDS) == 82
    assert set(IDS) - set(BY_ID) == set(WAITING)
    assert {number_of(each) for each in BY_ID} <= set(IDS)
    readme = (HERE.parents[2] / "plugins" / "gas" / "README.md").read_text(encoding="utf-8")
    waiting = readme[readme.index("### Rules that wait") :]
    assert [each for each in WAITING if each not in waiting] == []


def test_the_rule_book_is_mostly_written() -> None:
    assert len(set(IDS) & set(BY_ID)) >= 61
