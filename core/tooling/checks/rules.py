"""Whether the rule book is whole: clauses with rules, rules with clauses, sentences and tests that are there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from core.handbook.access import breaches
from core.handbook.kinds import Access, Clause, Obliging, Rule
from core.handbook.words import msgid
from core.host import Host
from core.languages.owners import Owner
from core.tooling.checks.problem import Problem
from core.tooling.checks.read_settings import unread

_TEST = re.compile(r"(?P<file>[^:]+\.py)(?:::\w+)*::(?P<name>test_\w+)(?:\[.*\])?")
_UP = 3


def check_rules(owner: str, host: Host, package: str, folder: Path, texts: Owner) -> Iterator[Problem]:
    """What is wrong with the rules of one owner. `package` is what Python imports it as."""
    rules: list[Rule] = [rule for each, rule in host.gather("rules") if each == owner]
    used = {id(rule.clause) for rule in rules}
    for clause in clauses_in(package):
        if id(clause) not in used:
            place = f"clause {clause.id} ({clause.document} {clause.heading})"
            yield Problem(place, "no rule carries it out", "write one, or take the clause out")
    translated = _translated(texts)
    for rule in rules:
        yield from _check_rule(rule, folder, translated)
    positions = {each.id: each for _owner, each in host.gather("positions")}
    entities = {each.id: each for _owner, each in host.gather("entities")}
    for each in breaches([rule for rule in rules if isinstance(rule, Access)], positions, entities):
        yield Problem(f"rule {each.rule}", str(each), "mend the position's grants, the mask, or the rule")


def clauses_in(package: str) -> list[Clause]:
    """The clauses that the modules of a package declare, alone or in a tuple, list or dict; each once."""
    found: dict[int, Clause] = {}
    for name, module in sorted(sys.modules.items()):
        if f"{name}.".startswith(f"{package}."):
            for value in vars(module).values():
                found.update((id(each), each) for each in _within(value) if isinstance(each, Clause))
    return list(found.values())


def _within(value: Any) -> Iterable[Any]:
    if isinstance(value, tuple | list):
        return value
    return value.values() if isinstance(value, dict) else (value,)


def _check_rule(rule: Rule, folder: Path, translated: frozenset[str]) -> Iterator[Problem]:
    place = f"rule {rule.id}"
    if not (msgid(rule.clause.document) and rule.clause.heading and msgid(rule.clause.says)):
        yield Problem(place, "its clause lacks document, heading or what it says", "fill in the Clause")
    if not msgid(rule.sentence):
        yield Problem(place, "it has no sentence", "say what the rule says, with its settings by name")
    else:
        yield from _check_figures(place, rule)
    if not rule.shown_by:
        yield Problem(place, "no test shows it", "name one in shown_by that shows it acting and not acting")
    for name in rule.shown_by:
        if not _is_there(name, folder):
            yield Problem(place, f"there is no test {name}", "write it, or mend the name in shown_by")
    for name in unread(rule):
        yield Problem(
            place, f"nothing reads its setting {name}", "obey it, say it in the item, or say why it is fixed"
        )
    for text in texts_of(rule):
        if text not in translated:
            yield Problem(
                place, f"{text!r} has no translation", "mark it with N_ and add it to the catalogue"
            )


def _check_figures(place: str, rule: Rule) -> Iterator[Problem]:
    try:
        msgid(rule.sentence) % {each.name: "" for each in rule.settings}
    except (KeyError, ValueError, TypeError) as error:
        yield Problem(place, f"its sentence cannot be filled in: {error!r}", "name settings, as %(days)s")


def texts_of(rule: Rule) -> list[str]:
    """The texts of a rule that people read, each once."""
    texts = [rule.sentence, rule.clause.says]
    for each in rule.settings:
        texts += [each.label, each.fixed, *(label for _choice, label in each.choices)]
    if isinstance(rule, Obliging):
        texts.append(rule.title)
    return [each for each in dict.fromkeys(msgid(text) for text in texts) if each]


def _translated(texts: Owner) -> frozenset[str]:
    return frozenset(
        str(message.id) for catalogue in texts.read("zh") for message in catalogue if message.string
    )


def _is_there(test: str, folder: Path) -> bool:
    """Whether a test of that name stands in its file, which is named from the checkout or the plugin's project."""
    named = _TEST.fullmatch(test)
    if named is None:
        return False
    for root in (Path(__file__).parents[3], folder, *list(folder.parents)[:_UP]):
        file = root / named["file"]
        if file.is_file():
            return re.search(rf"\bdef {named['name']}\(", file.read_text(encoding="utf-8")) is not None
    return False
