"""What of a record's fields the reader gets. Every list, page, form, REST call, file and search asks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.entities.spec import Entity
from core.people.access import field_level
from core.people.rights.levels import HIDDEN, MASKED, READ, WRITE, Level
from core.people.rights.masks import masked


def level_of(entity: Entity, name: str) -> Level:
    """How much of a field the reader gets; what is no field of the entity (its id) is not kept from anybody."""
    each = entity.by_name.get(name)
    if each is None:
        return WRITE
    if each.owner is not None:
        return level_of(each.owner, name)
    own = field_level(entity.id, name, MASKED if each.mask else WRITE)
    return min([own, *(level_of(entity, part) for part in each.made_of)]) if each.made_of else own


def is_shown(entity: Entity, name: str) -> bool:
    """Whether the field exists for the reader, be it masked."""
    return level_of(entity, name) > HIDDEN


def readable(entity: Entity, name: str) -> bool:
    """Whether the reader may see the field's whole value, and so filter, sort and search by it."""
    return level_of(entity, name) >= READ


def may_write(entity: Entity, name: str) -> bool:
    """Whether the reader may enter the field, where they may add or edit at all."""
    return level_of(entity, name) == WRITE


def shown_names(entity: Entity, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that exist for the reader."""
    return tuple(name for name in names if is_shown(entity, name))


def readable_names(entity: Entity, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that the reader may see whole."""
    return tuple(name for name in names if readable(entity, name))


def shown_to_reader(entity: Entity, name: str, value: Any) -> Any:
    """`value` of a field as the reader may have it: as it is, masked as text, or None when hidden."""
    level = level_of(entity, name)
    if level >= READ or value is None or value == "":
        return value if level > HIDDEN else None
    return masked(entity.field(name).mask, str(value)) if level == MASKED else None


def title_for_reader(entity: Entity, record: Any) -> str:
    """What stands for a record in headings and links."""
    return titles_for_reader(entity)(record)


def titles_for_reader(entity: Entity) -> Callable[[Any], str]:
    """As `title_for_reader`, for each of several records: the right is asked for once."""
    text, name = title_texts_for_reader(entity), entity.title
    return lambda record: text(record.id, getattr(record, name))


def title_texts_for_reader(entity: Entity) -> Callable[[int, Any], str]:
    """What makes of the id and the title of each record what the reader may have; the id where the title is hidden."""
    level = level_of(entity, entity.title)
    if level == HIDDEN:
        return lambda record_id, _value: f"#{record_id}"
    if level < READ:
        mask = entity.field(entity.title).mask
        return lambda _record_id, value: masked(mask, entity.title_text(value))
    called = entity.called
    if called is not None:
        return lambda record_id, value: called(record_id, entity.title_text(value))
    return lambda _record_id, value: entity.title_text(value)
