"""How many rules of the papers are executable: declared, with settings that something reads, a reason, and tests."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import servers
from core.handbook.basis import grounds_of
from core.handbook.kinds import Obliging, Rule
from core.handbook.words import msgid
from core.tooling.checks.read_settings import unread
from plugins.conduct.rules import RULES as CONDUCT
from plugins.decoration.rules.book import RULES as DECORATION
from plugins.gas.rules.book import RULES as GAS

AT_LEAST = {"GPN": 20, "HR": 9, "GAS": 61, "DEC": 90}
ALL = 180
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def number_of(rule: Rule) -> str:
    """The paper's number; what else the same item says (`GAS-R82-B`) counts no second time."""
    found = re.match(r"[A-Z]+-R\d+", rule.id)
    assert found is not None, rule.id
    return found[0]


def is_executable(rule: Rule) -> bool:
    """Whether its declaration is whole: clause, sentence with its settings, each of them read, a reason, tests."""
    settings = {each.name: each.default for each in rule.settings}
    says = msgid(rule.sentence) % dict.fromkeys(settings, "")
    reason = grounds_of(rule, settings)
    return bool(
        says
        and msgid(rule.clause.says)
        and not unread(rule)
        and (reason.rule, reason.version, set(reason.settings)) == (rule.id, rule.version, set(settings))
        and rule.shown_by
        and all(is_there(each) for each in rule.shown_by)
    )


def is_there(test: str) -> bool:
    file, _colons, name = test.partition("::")
    path = Path(servers.ROOT / file)
    return path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")


def test_the_rules_of_the_papers_are_executable():
    wanting = {number_of(each) for each in (*CONDUCT, *DECORATION, *GAS) if not is_executable(each)}
    numbers = {number_of(each) for each in (*CONDUCT, *DECORATION, *GAS)} - wanting
    count = Counter(each.partition("-")[0] for each in numbers)
    told = f"{len(numbers)} rules are executable: {dict(count)}; not whole: {sorted(wanting)}"
    assert wanting == set(), told
    assert len(numbers) >= ALL, told
    assert {paper: count[paper] >= least for paper, least in AT_LEAST.items()} == dict.fromkeys(
        AT_LEAST, True
    ), told


def test_what_is_listed_in_chinese_has_a_name_for_english_sentences():
    """What a branch enters itself stays as it was entered; what the paper lists is said in both languages."""
    bare = []
    for rule in (*CONDUCT, *DECORATION, *GAS):
        for setting in rule.settings:
            listed = setting.default if isinstance(setting.default, tuple) else (setting.default,)
            names = {value: msgid(label) for value, label in (*setting.choices, *setting.called)}
            told = [names.get(each, each) for each in listed if isinstance(each, str)]
            bare += [f"{rule.id} {each}" for each in told if CHINESE.search(each)]
    assert bare == []


def test_no_two_duties_have_one_name():
    """My work has a line for each: of the same name, nobody could tell them apart."""
    for rules in (CONDUCT, DECORATION, GAS):
        names = Counter(str(each.title) for each in rules if isinstance(each, Obliging))
        assert [name for name, count in names.items() if count > 1] == []
