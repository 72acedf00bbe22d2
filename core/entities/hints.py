"""What stands beside a record's title where it is one of several that were found, so that the right one is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.entities.cells import texts_of, values_of
from core.entities.reading import is_shown
from core.entities.spec import Entity

MOST = 3
_LONG = frozenset({"reference", "json", "long_text"})


def hints(entity: Entity, record: Any, most: int = MOST) -> list[str]:
    """A few of the record's fields as this reader gets them: those that are searched, then its key facts."""
    return hints_for_reader(entity, most)(record)


def hints_for_reader(entity: Entity, most: int = MOST) -> Callable[[Any], list[str]]:
    """As `hints`, for each of several records: rights and words are asked for once a field."""
    made = [(values_of(each), texts_of(entity, each, {})) for each in map(entity.field, hint_names(entity))]

    def hinted(record: Any) -> list[str]:
        found: list[str] = []
        for value_of, text in made:
            value = value_of(record)
            if value is not None and value != "":
                found.append(text(value))
                if len(found) == most:
                    break
        return found

    return hinted


def hint_names(entity: Entity) -> list[str]:
    """The fields that may stand beside a title, as far as they exist for the reader."""
    names = dict.fromkeys((*entity.search, *entity.key_facts))
    return [
        name
        for name in names
        if name != entity.title and is_shown(entity, name) and entity.kind(entity.field(name)) not in _LONG
    ]
