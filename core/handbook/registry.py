"""The rule book of the installation: every rule by its id, by what it judges and by what sets it off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.entities.spec import Entity
from core.handbook.kinds import Check, Clause, Deadline, Notice, Obliging, Rule
from core.handbook.naming import problems_of

RULE_ID = re.compile(r"[A-Z][A-Z0-9]*-[A-Z0-9][A-Z0-9-]*")
LONGEST_ID = 60


@dataclass(frozen=True)
class RuleBook:
    """Made once, when the application is; `owners` tells whose a rule is."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    _checks: Mapping[tuple[str, str], tuple[Check, ...]] = field(default_factory=dict)
    _events: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[tuple[str, Rule]]) -> RuleBook:
        """The book of (owner, rule), which the host has judged already."""
        held = list(items)
        rules = {rule.id: rule for _owner, rule in held}
        checks: defaultdict[tuple[str, str], list[Check]] = defaultdict(list)
        events: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in rules.values():
            if isinstance(rule, Check):
                for moment in rule.moments:
                    checks[rule.entity, moment].append(rule)
            for event in events_of(rule):
                events[event].append(rule)
        return cls(
            rules,
            {rule.id: owner for owner, rule in held},
            {key: tuple(found) for key, found in checks.items()},
            {key: tuple(found) for key, found in events.items()},
        )

    def get(self, rule_id: str) -> Rule | None:
        return self.rules.get(rule_id)

    def of_kind(self, kind: type[Rule]) -> list[Any]:
        return [each for each in self.rules.values() if isinstance(each, kind)]

    def checks(self, entity: str, moment: str) -> tuple[Check, ...]:
        """What judges a record of an entity at a moment: save, delete, or the name of a transition."""
        return self._checks.get((entity, moment), ())

    def on_event(self, event: str) -> tuple[Rule, ...]:
        """What an event sets off or closes: deadlines, notices, and what it fulfils."""
        return self._events.get(event, ())

    def events(self) -> frozenset[str]:
        """The names of all events that some rule waits for."""
        return frozenset(self._events)

    def owned_by(self, plugin: str) -> list[Rule]:
        return [each for each in self.rules.values() if self.owners[each.id] == plugin]

    def clauses(self, plugin: str) -> dict[str, tuple[Clause, list[Rule]]]:
        """The clauses that a plugin's rules carry out, in the order of the rules, each with its rules."""
        found: dict[str, tuple[Clause, list[Rule]]] = {}
        for rule in self.owned_by(plugin):
            found.setdefault(rule.clause.id, (rule.clause, []))[1].append(rule)
        return found


def events_of(rule: Rule) -> tuple[str, ...]:
    """The events that a rule waits for, each once."""
    own = (rule.event,) if isinstance(rule, Deadline | Notice) and rule.event else ()
    ways = (*rule.closed_by, *rule.paused_by, *rule.resumed_by) if isinstance(rule, Obliging) else ()
    return tuple(dict.fromkeys((*own, *(event for event, _way in ways))))


def book() -> RuleBook:
    """The rule book of the current application."""
    from core.installation import installation

    return installation().rules


def judged(
    rules: Iterable[Rule], entities: Mapping[str, Entity], positions: Iterable[str], measures: Iterable[str]
) -> list[str]:
    """What is wrong with rules, one sentence each: ids, unknown entities, positions, events, measures, fields."""
    known, held = frozenset(positions), frozenset(measures)
    return [f"rule {rule.id}: {each}" for rule in rules for each in _problems(rule, entities, known, held)]


def _problems(
    rule: Rule, entities: Mapping[str, Entity], positions: frozenset[str], measures: frozenset[str]
) -> Iterable[str]:
    if not RULE_ID.fullmatch(rule.id) or len(rule.id) > LONGEST_ID:
        yield f"its id is not like GAS-R79 (capitals, digits and hyphens, at most {LONGEST_ID})"
    yield from problems_of(rule, entities, positions, measures)
    for event in events_of(rule):
        entity, _dot, what = event.rpartition(".")
        if entity not in entities or not what:
            yield f"the event {event} is none of a known entity; write <entity>.<what happened>"
