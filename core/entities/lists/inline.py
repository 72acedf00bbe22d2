"""Which cells of a list can be changed where they stand."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.entities.changing import may_edit
from core.entities.forms import is_written
from core.entities.reading import title_for_reader
from core.entities.registry import allowed
from core.entities.spec import Entity


def inline_names(entity: Entity) -> frozenset[str]:
    """The fields whose cells the person may change in a list."""
    if not allowed(entity, "edit"):
        return frozenset()
    return frozenset(each.name for each in entity.fields if each.inline and is_written(entity, each, entity))


def inline_of(entity: Entity, name: str, record: Any) -> dict[str, str] | None:
    """The addresses behind a cell's pencil; None where the record stays as it is, or belongs to another branch."""
    if not may_edit(entity, record):
        return None
    return pencil(entity, name, str(record.id), title_for_reader(entity, record))


def pencil(entity: Entity, name: str, record_id: str, title: str) -> dict[str, str]:
    """The addresses behind a cell's pencil, and what it is called."""
    label = gettext("Change %(field)s of %(title)s", field=entity.field(name).label, title=title)
    address = f"{entity.path}{record_id}"
    return {"url": f"{address}/cell/{name}", "edit_url": f"{address}/edit#{name}", "label": label}
