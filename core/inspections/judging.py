"""Whether what rounds and checklist rules name of each other is there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from core.handbook.kinds import Cadence, Checklist, Rule
from core.inspections.kinds import InspectionRound, finished
from core.inspections.often import PLAIN, is_known, setting_of

LONGEST_ITEM = 40
NO_PART = (
    "entity",
    "person",
    "where",
    "before",
    "anchor",
    "until",
    "begins_after",
    "ends_after",
    "lunar",
    "paused",
    "switch",
    "paused_by",
    "resumed_by",
)
"""What a series that asks for a round has no use for."""


def judged(
    rules: Iterable[Rule],
    rounds: Iterable[InspectionRound],
    known_rounds: Mapping[str, InspectionRound],
    known_rules: Mapping[str, Rule],
    positions: Container[str],
) -> list[str]:
    """What is wrong with rounds and with the checklists that stand on them, one sentence each."""
    wrong = [
        f"rule {rule.id}: {each}"
        for rule in rules
        for each in (*_of_rule(rule, known_rounds), *_of_duty(rule, known_rounds, known_rules))
    ]
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


def _of_duty(rule: Rule, rounds: Mapping[str, InspectionRound], rules: Mapping[str, Rule]) -> Iterator[str]:
    """What is wrong with a series that asks for a round."""
    if not isinstance(rule, Cadence) or not rule.round:
        return
    round_ = rounds.get(rule.round)
    if round_ is None:
        yield f"there is no inspection round {rule.round}"
        return
    if rule.owner != round_.by:
        yield f"it is owed by {rule.owner}, and the round {round_.id} is made by {round_.by}"
    if rule.closed_by != ((finished(round_.id), ""),):
        yield f'only the round ends it; let closed_by be (("{finished(round_.id)}", ""),)'
    named = setting_of(round_, rules)
    if round_.every not in PLAIN and (named is None or named[0].id != rule.id):
        yield f"how often the round {round_.id} is made has to be a setting of this rule, or day, week or month"
    if more := [name for name in NO_PART if getattr(rule, name)] + ["roll"] * (rule.roll != "none"):
        yield f"the days of a round are those of its periods; leave out {', '.join(more)} (roll is none)"
    if [each for each in rules.values() if isinstance(each, Cadence) and each.round == rule.round] != [rule]:
        yield f"another rule asks for the round {round_.id} already"


def _of(round_: InspectionRound, rules: Mapping[str, Rule], positions: Container[str]) -> Iterator[str]:
    if round_.by not in positions:
        yield f"there is no position {round_.by}"
    if not is_known(round_, rules):
        yield (
            f"nobody says how often it is made by {round_.every}; write day, week, month, the id of a cadence rule, "
            "or <rule>.<setting> of one with a length of time"
        )
