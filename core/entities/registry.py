"""Finds an entity by its id or address, its switch obeyed."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from core.entities.spec import Entity
from core.installation import installation
from core.people.access import may, require


def entity_of(plugin: str, name: str) -> Entity:
    """The entity at `/<plugin>/<name>/`; NotFound when nobody registered it."""
    entity = installation().entities.get(f"{plugin}.{name}")
    if entity is None:
        raise NotFound
    return entity


def entity_by_id(entity_id: str) -> Entity:
    """The entity of an id; NotFound when nobody registered it."""
    entity = installation().entities.get(entity_id)
    if entity is None:
        raise NotFound
    return entity


def allowed(entity: Entity, action: str) -> bool:
    """Whether the entity knows the action at all and the person holds it."""
    return action in all_rights(entity) and may(entity.id, action)


def demand(entity: Entity, action: str) -> None:
    """Like `core.people.access.require`; an action that the entity does not know is refused to everybody."""
    require(entity.id, action if action in all_rights(entity) else f"never:{action}")
    if action not in all_rights(entity):
        from werkzeug.exceptions import Forbidden

        raise Forbidden


def all_rights(entity: Entity) -> tuple[str, ...]:
    return (*entity.rights, *(right for right, _ in entity.extra_rights))
