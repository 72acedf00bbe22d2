"""What the reader may still do to records: their right, and what the records themselves allow."""

from __future__ import annotations

from typing import Any

from core.data import Posted, UserError
from core.entities.forms import is_written
from core.entities.registry import allowed
from core.entities.spanning import is_own
from core.entities.spec import Entity


def demand_open(entity: Entity, record: Any) -> None:
    """Raise UserError for a record that, as it stands now, is neither changed nor deleted; rights are asked apart."""
    if entity.guard is not None:
        entity.guard(record)


def is_open(entity: Entity, record: Any) -> bool:
    """Whether a record may be changed or deleted as it stands now: it is of the active branch, and nothing bars it."""
    if not is_own(record):
        return False
    try:
        demand_open(entity, record)
    except UserError:
        return False
    return True


def may_edit(entity: Entity, record: Any) -> bool:
    """Whether the reader may change this record; of a posted one only what may still be filled in."""
    if "edit" not in entity.rights or not allowed(entity, "edit") or not is_open(entity, record):
        return False
    if not isinstance(record, Posted):
        return True
    return any(
        each.name in record.posted_open_columns and is_written(entity, each, record) for each in entity.fields
    )


def may_delete(entity: Entity, record: Any) -> bool:
    """Whether the reader may delete this record."""
    return allowed(entity, "delete") and not isinstance(record, Posted) and is_open(entity, record)


def may_restore(entity: Entity) -> bool:
    """Whether the reader may restore earlier versions of an entity's records."""
    return allowed(entity, "edit") and not issubclass(entity.model, Posted)


def may_bring_back(entity: Entity) -> bool:
    """Whether the reader may bring back deleted records of an entity."""
    return allowed(entity, "delete") and not issubclass(entity.model, Posted)
