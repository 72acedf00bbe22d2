"""What stands beside a record's title where it is one of several that were found, so that the right one is known."""

from __future__ import annotations

from typing import Any

from core.entities.cells import text_for_reader
from core.entities.reading import is_shown
from core.entities.spec import Entity

MOST = 3
_LONG = frozenset({"reference", "json", "long_text"})


def hints(entity: Entity, record: Any, most: int = MOST) -> list[str]:
    """A few of the record's fields as this reader gets them: those that are searched, then its key facts."""
    names = dict.fromkeys((*entity.search, *entity.key_facts))
    fields = [
        entity.field(name)
        for name in names
        if name != entity.title and is_shown(entity, name) and entity.kind(entity.field(name)) not in _LONG
    ]
    found = []
    for each in fields:
        value = each.value(record) if each.value is not None else getattr(record, each.name)
        if value is not None and value != "":
            found.append(text_for_reader(entity, each, value, {}))
    return found[:most]
