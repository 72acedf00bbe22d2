"""The moments of own rules: before a record is saved, deleted or moved on; after it was added, or has become something;
on a round of looking.

A check names the move that it judges, what is set off the state that it waits for, an item its round: each by its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from core.entities.spec import Entity
from core.handbook.own.models import APPROVE, COUNT, HIDE, INSPECT, ON_EVENTS, REPEAT
from core.handbook.words import said
from core.installation import installation

SAVE, DELETE, ADDED, ALWAYS = "save", "delete", "added", "always"
LONGEST = 40
MOVE, STATE, ROUND = "move:", "state:", "round:"
"""Before the ids of moves, states and rounds in the form, where they stand beside each other."""
LABELS: Mapping[str, Any] = {
    SAVE: lazy_gettext("before it is saved"),
    DELETE: lazy_gettext("before it is deleted"),
    ADDED: lazy_gettext("after it was added"),
    ALWAYS: lazy_gettext("for as long as the conditions hold"),
}


def moves_of(entity: Entity, *, by_hand: bool = False) -> dict[str, str]:
    """The moves of an entity's workflow with their labels; `by_hand` those that people make and others may approve."""
    workflow = installation().workflows.get(entity.id)
    moves = (
        [each for each in workflow.transitions if each.right or not by_hand] if workflow is not None else []
    )
    return {each.id: said(each.label) for each in moves if len(each.id) <= LONGEST and each.id not in LABELS}


def state_field(entity: Entity) -> str:
    """The field that holds what a record has become; empty without one that a statement can ask for."""
    workflow = installation().workflows.get(entity.id)
    name = workflow.field if workflow is not None else entity.state
    return name if name and entity.column(name) is not None else ""


def days_of(entity: Entity) -> dict[str, str]:
    """The fields with a day that a series can be counted from."""
    return {
        each.name: str(each.label)
        for each in entity.fields
        if entity.kind(each) == "date" and entity.column(each.name) is not None and each.value is None
    }


def states_of(entity: Entity) -> dict[str, str]:
    """What a record can become, with the labels."""
    field = state_field(entity)
    options = entity.field(field).options if field else ()
    return {
        str(code): str(label) for code, label in options if len(str(code)) <= LONGEST and code not in LABELS
    }


def rounds_of(entity: Entity) -> dict[str, str]:
    """The rounds on which a department looks at things, with the labels."""
    found = sorted(installation().inspections.values(), key=lambda each: each.order)
    mine = (each for each in found if each.plugin == entity.plugin and len(each.id) <= LONGEST)
    return {each.id: str(each.label) for each in mine}


def moments_for(entity: Entity, effect: str) -> tuple[str, ...]:
    """The moments that go with an effect."""
    if effect in ON_EVENTS:
        return (ADDED, *states_of(entity))
    if effect in (REPEAT, COUNT, HIDE):
        return (ALWAYS,)
    if effect == INSPECT:
        return tuple(rounds_of(entity))
    if effect == APPROVE:
        return tuple(moves_of(entity, by_hand=True))
    return (SAVE, DELETE, *moves_of(entity))


def as_chosen(effect: str, moment: str) -> str:
    """A moment as the form offers it."""
    if not moment or moment in LABELS:
        return moment
    if effect == INSPECT:
        return f"{ROUND}{moment}"
    return f"{STATE if effect in ON_EVENTS else MOVE}{moment}"


def of_chosen(chosen: str) -> str:
    """The moment of what was chosen in the form."""
    return chosen.removeprefix(MOVE).removeprefix(STATE).removeprefix(ROUND)


def offered(entity: Entity) -> list[tuple[str, Any]]:
    """What the form offers, in this order."""
    moves = [(f"{MOVE}{each}", _at_move(label)) for each, label in moves_of(entity).items()]
    states = [(f"{STATE}{each}", _become(label)) for each, label in states_of(entity).items()]
    rounds = [(f"{ROUND}{each}", _on_round(label)) for each, label in rounds_of(entity).items()]
    return [*LABELS.items(), *moves, *states, *rounds]


def told(entity: Entity, effect: str, moment: str) -> str:
    """A rule's moment in words."""
    if effect in (COUNT, HIDE):
        return str(gettext("all the time"))
    return str(dict(offered(entity)).get(as_chosen(effect, moment), moment))


def _at_move(label: str) -> str:
    return str(gettext("before the move: %(move)s", move=label))


def _become(label: str) -> str:
    return str(gettext("after it has become: %(state)s", state=label))


def _on_round(label: str) -> str:
    return str(gettext("on the round: %(round)s", round=label))
