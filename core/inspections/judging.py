"""Whether what rounds and checklist rules name of each other is there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from core.handbook.kinds import Checklist, Rule
from core.inspections.kinds import InspectionRound
from core.inspections.often import is_known

LONGEST_ITEM = 40


def judged(
    rules: Iterable[Rule],
    rounds: Iterable[InspectionRound],
    known_rounds: Mapping[str, InspectionRound],
    known_rules: Mapping[str, Rule],
    positions: Container[str],
) -> list[str]:
    """What is wrong with rounds and with the checklists that stand on them, one sentence each."""
    wrong = [f"rule {rule.id}: {each}" for rule in rules for each in _of_rule(rule, known_rounds)]
    return [
        *wrong,
        *(
            f"inspection round {each.id}: {text}"
            for each in rounds
            for text in _of(each, known_rules, positions)
        ),
    ]


def _of_rule(rule: Rule, rounds: Mapping[str, InspectionRound]) -> Iterator[str]:
    if not isinstance(rule, Checklist):
        return
    if rule.round not in rounds:
        yield f"there is no inspection round {rule.round}"
    keys = [key for key, _text in rule.items]
    if len(set(keys)) < len(keys) or any(not key or len(key) > LONGEST_ITEM for key in keys):
        yield f"its items need keys of their own, each of at most {LONGEST_ITEM} characters"


def _of(round_: InspectionRound, rules: Mapping[str, Rule], positions: Container[str]) -> Iterator[str]:
    if round_.by not in positions:
        yield f"there is no position {round_.by}"
    if not is_known(round_, rules):
        yield (
            f"nobody says how often it is made by {round_.every}; write day, week, month, the id of a cadence rule, "
            "or <rule>.<setting> of one with a length of time"
        )
