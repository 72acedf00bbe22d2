"""Which columns of a list the reader sees, in which order and how wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core.entities.lists.keeping import Kept
from core.entities.lists.models import ListView
from core.entities.reading import is_shown, shown_names
from core.entities.spec import Entity


def shown_columns(entity: Entity, kept: Kept, view: ListView | None) -> tuple[str, ...]:
    """The columns of the chosen view, else as the person arranged them, else as described; only what they may read."""
    wanted = (view.columns if view is not None else ()) or kept.columns or entity.list_columns
    return known(entity, wanted) or shown_names(entity, entity.list_columns)


def known(entity: Entity, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that can stand in a list of the reader's, each once."""
    return tuple(dict.fromkeys(name for name in names if can_be_shown(entity, name)))


def can_be_shown(entity: Entity, name: str) -> bool:
    return name in entity.by_name and entity.kind(entity.field(name)) != "json" and is_shown(entity, name)


def chooser(entity: Entity, names: Sequence[str]) -> list[dict[str, Any]]:
    """Every column that could be shown: those that are, in their order, then the others."""
    others = [
        each.name for each in entity.fields if each.name not in names and can_be_shown(entity, each.name)
    ]
    return [
        {"name": name, "label": entity.field(name).label, "shown": name in names}
        for name in (*names, *others)
    ]


def moved(names: Sequence[str], name: str, step: int) -> tuple[str, ...]:
    """`names` with one a place further up (-1) or down (1)."""
    found = list(names)
    if name not in found:
        return tuple(found)
    place = found.index(name)
    found.insert(min(max(place + step, 0), len(found) - 1), found.pop(place))
    return tuple(found)
