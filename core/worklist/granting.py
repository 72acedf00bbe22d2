"""What follows for rights and pages from rules that oblige: who owes something sees it, and its subject shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement

from core.entities.spec import Due, Entity
from core.handbook.kinds import Obliging, Rule
from core.handbook.registry import RuleBook
from core.handbook.words import said
from core.people.positions import Grant, Position
from core.worklist.models import OPEN, Obligation

ENTITY = "core.obligation"
OWES = frozenset({"see", "close"})
RAISED_TO = frozenset({"see", "see-all", "waive"})


def with_duties(positions: Mapping[str, Position], rules: RuleBook) -> dict[str, Position]:
    """The positions, each with what the rules' clauses give it on obligations: to see and close what it owes, to see
    all and waive where what is late is raised to it."""
    given: dict[str, tuple[frozenset[str], Rule]] = {}
    for rule in rules.of_kind(Obliging):
        for position, actions in ((rule.owner, OWES), *((step.position, RAISED_TO) for step in rule.ladder)):
            known, first = given.get(position, (frozenset(), rule))
            given[position] = (known | actions, first)
    return {id: _with(each, *given[id]) if id in given else each for id, each in positions.items()}


def _with(position: Position, actions: frozenset[str], rule: Rule) -> Position:
    own = next((each for each in position.grants if each.entity == ENTITY), None)
    others = tuple(each for each in position.grants if each is not own)
    if own is not None:
        return replace(position, grants=(*others, replace(own, actions=own.actions | actions)))
    return replace(position, grants=(*others, Grant(ENTITY, actions, LazyString(_clause, rule))))


def _clause(rule: Rule) -> str:
    return f"{said(rule.clause.document)} {rule.clause.heading} ({rule.id})"


def with_time_lines(entities: Mapping[str, Entity], rules: RuleBook) -> dict[str, Entity]:
    """The entities; what is owed on a record stands first in its time line."""
    subjects = {rule.entity for rule in rules.of_kind(Obliging)}
    return {id: _with_due(each) if id in subjects else each for id, each in entities.items()}


def _with_due(entity: Entity) -> Entity:
    def open_ones() -> Sequence[ColumnElement[bool]]:
        return (Obligation.entity == entity.id, Obligation.state == OPEN, Obligation.paused_on.is_(None))

    due: Any = Due(ENTITY, on="due_on", open=open_ones, via="record_id")
    return replace(entity, due=(*entity.due, due))
