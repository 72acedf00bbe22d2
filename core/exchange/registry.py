"""Which kinds of sheets there are: those that plugins declare, and one for each entity that may be imported."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from core.entities.registry import entity_by_id
from core.exchange.generic import entity_kind
from core.exchange.kinds import ImportKind
from core.installation import installation


def kind_of(kind_id: str) -> ImportKind:
    """The kind of an id; NotFound when there is none. A declared kind goes before an entity's own."""
    declared = installation().imports.get(kind_id)
    if declared is not None:
        return declared
    entity = installation().entities.get(kind_id)
    if entity is None or not entity.importable:
        raise NotFound
    return entity_kind(entity, entity_by_id)


def all_kinds() -> list[ImportKind]:
    """Every kind of the installation, whoever may use it."""
    known = installation()
    generic = [id for id, entity in known.entities.items() if entity.importable and id not in known.imports]
    return [kind_of(id) for id in (*known.imports, *generic)]
