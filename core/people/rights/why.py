"""Why a position may do something, or may not: the plugin's clause, and every change an administrator made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from core.people.positions import Position
from core.people.rights.models import ACTION, FIELD, GRANTED
from core.people.rights.snapshot import Override, Snapshot


@dataclass(frozen=True)
class Reason:
    """One thing that was said about a right: by the plugin (`override` None) with its clause, or by an override."""

    says: str
    clause: str
    override: Override | None = None


def reasons_of_action(
    known: Snapshot, position: Position, entity_id: str, action: str, branch_id: int | None, day: date
) -> list[Reason]:
    """What was said about an action, the weakest first: the last one counts."""
    if position.everything:
        return [Reason(GRANTED, gettext("administers the head office"))]
    clauses = [
        str(each.clause) for each in position.grants if each.entity == entity_id and action in each.actions
    ]
    said = [Reason(GRANTED, each) for each in dict.fromkeys(clauses)]
    return [*said, *_changes(known.of(position.id, branch_id, day), ACTION, entity_id, action)]


def reasons_of_field(
    known: Snapshot, position: Position, entity_id: str, name: str, branch_id: int | None, day: date
) -> list[Reason]:
    """What was said about the level of a field, the weakest first; empty where only the field's own mask counts."""
    said = [
        Reason(each.fields[name].code, str(each.clause))
        for each in position.grants
        if each.entity == entity_id and name in each.fields
    ]
    said.sort(key=lambda each: ("hidden", "masked", "read", "write").index(each.says))
    kept_back = [
        Reason(each.level.code, each.clause)
        for each in known.narrowed(position.id, branch_id, day)
        if (each.entity, each.name) == (entity_id, name)
    ]
    return [*said, *_changes(known.of(position.id, branch_id, day), FIELD, entity_id, name), *kept_back]


def _changes(overrides: Sequence[Override], kind: str, entity_id: str, name: str) -> list[Reason]:
    return [
        Reason(each.value, each.reason, each)
        for each in overrides
        if (each.kind, each.entity, each.name) == (kind, entity_id, name)
    ]


def coming(
    known: Snapshot, position: Position, entity_id: str, branch_id: int | None, day: date
) -> list[Override]:
    """Changes of a position's rights on an entity that begin later."""
    return [
        each
        for each in known.overrides.get(position.id, ())
        if each.entity == entity_id and each.branch_id in (None, branch_id) and each.valid_from > day
    ]
