"""What a position may do in a branch: what its plugin grants, and what the administrator made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.people.positions import Position
from core.people.rights.levels import READ, Level
from core.people.rights.models import ACTION, GRANTED
from core.people.rights.snapshot import Narrowing, Override, Snapshot

SEE = "see"
ENTERING = frozenset({"add", "edit", "import"})


@dataclass(frozen=True)
class Rights:
    """The actions on each entity, and the levels of fields of which something is said."""

    actions: Mapping[str, frozenset[str]]
    fields: Mapping[str, Mapping[str, Level]]


def declared(position: Position) -> Rights:
    """What the plugin gives a position. Of two levels of one field the higher counts."""
    actions: dict[str, frozenset[str]] = {}
    fields: dict[str, dict[str, Level]] = {}
    for each in position.grants:
        actions[each.entity] = actions.get(each.entity, frozenset()) | each.actions
        known = fields.setdefault(each.entity, {})
        for name, level in each.fields.items():
            known[name] = max(level, known.get(name, level))
    return Rights(actions, fields)


def effective(known: Snapshot, position: Position, branch_id: int | None, day: date) -> Rights:
    """What a position may do in a branch on a day; worked out once for each version of the overrides."""
    is_plain = position.id not in known.overrides and position.id not in known.narrowings
    key = (position.id,) if is_plain else (position.id, branch_id, day)
    found: Rights | None = known.remembered.get(key)
    if found is None:
        rights = changed(declared(position), known.of(position.id, branch_id, day))
        found = known.remember(key, narrowed(rights, known.narrowed(position.id, branch_id, day)))
    return found


def changed(rights: Rights, overrides: Iterable[Override]) -> Rights:
    """`rights` with overrides laid over them, one after the other."""
    actions = dict(rights.actions)
    fields = {entity: dict(levels) for entity, levels in rights.fields.items()}
    for each in overrides:
        if each.kind != ACTION:
            fields.setdefault(each.entity, {})[each.name] = Level[each.value.upper()]
        elif each.value == GRANTED:
            actions[each.entity] = actions.get(each.entity, frozenset()) | {each.name}
        else:
            actions[each.entity] = actions.get(each.entity, frozenset()) - {each.name}
    return Rights(actions, fields)


def narrowed(rights: Rights, narrowings: Iterable[Narrowing]) -> Rights:
    """`rights` with what rules keep back of fields: they only take, whatever was given."""
    fields = {entity: dict(levels) for entity, levels in rights.fields.items()}
    for each in narrowings:
        levels = fields.setdefault(each.entity, {})
        levels[each.name] = min(each.level, levels.get(each.name, each.level))
    return Rights(rights.actions, fields)


def level_in(held: Sequence[Rights], entity: str, name: str, default: Level) -> Level:
    """The level that several positions together give: what the most generous of those who see the entity gets.

    A position that may neither add nor edit does not help another one to write.
    """
    holders = [each for each in held if SEE in each.actions.get(entity, ())]
    holders = holders or [each for each in held if each.actions.get(entity)]
    return max((_level(each, entity, name, default) for each in holders), default=min(default, READ))


def _level(rights: Rights, entity: str, name: str, default: Level) -> Level:
    level = rights.fields.get(entity, {}).get(name, default)
    return level if rights.actions[entity] & ENTERING else min(level, READ)
