"""What a position may do, put together from its grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.people.positions import Position
from core.people.rights.levels import READ, Level

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
