"""Who reads and writes the messages on a record: those who work on it, not those who only look."""

from __future__ import annotations

from typing import Any

from core.entities.registry import all_rights, allowed
from core.entities.spanning import is_own
from core.entities.spec import Entity
from core.people.access import READING


def works_on(entity: Entity, record: Any) -> bool:
    """Whether the reader may do more with this record than see, export or print it, in the active branch.

    A message may name what is masked for those who only look, so they do not get it.
    """
    return is_own(record) and works_with(entity)


def works_with(entity: Entity) -> bool:
    """Whether the reader may do more than that with any record of the entity, in the active branch."""
    return any(allowed(entity, action) for action in all_rights(entity) if action not in READING)
