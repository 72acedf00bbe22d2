"""What of an entity is searched, and how: the description told to `core.search`, and asked with the reader's rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, String, false, select

from core.branches.models import BranchOwned
from core.entities.filters import clean
from core.entities.reading import readable_names
from core.entities.spec import Entity
from core.installation import installation
from core.search.asking import Bound, Sought, narrowed, sought
from core.search.plans import Plan, SearchedField, declare, plan_of
from core.search.tokens import CODE, NAME, NUMBER, PHONE, TEXT

_BY_MASK = {"phone": PHONE, "name": NAME, "number": NUMBER}


def declare_all(entities: Iterable[Entity]) -> None:
    """Let the tokens of everything that these descriptions search be kept from now on."""
    for entity in entities:
        plan = plan_for(entity)
        if plan is not None:
            declare(plan)


def plan_for(entity: Entity) -> Plan | None:
    """What the description says is searched; None where it searches nothing, or what another one keeps."""
    if entity.found_by:
        return None
    table = entity.model.__table__
    fields = tuple(
        SearchedField(table.name, name, style_of(entity, name))
        for name in entity.search
        if entity.column(name) is not None and isinstance(entity.column(name).type, String)
    )
    return Plan(table, issubclass(entity.model, BranchOwned), fields) if fields else None


def style_of(entity: Entity, name: str) -> str:
    """How a field is looked for: as the description says, else by its mask, its pattern and its name."""
    each = entity.field(name)
    if each.sought_as:
        return each.sought_as
    if each.mask in _BY_MASK:
        return _BY_MASK[each.mask]
    if each.pattern:
        return CODE
    is_name = name == entity.title or name.startswith("name") or name.endswith("name")
    return NAME if is_name and entity.kind(each) == "text" else TEXT


def searched_names(entity: Entity) -> tuple[str, ...]:
    """The fields that this reader searches the entity by: those that they may read."""
    return readable_names(entity, entity.search)


def sought_in(entity: Entity, text: str) -> Sought | None:
    """How this reader looks for a text among the records; None where they look for nothing, or nothing is searched."""
    owner = _owner(entity)
    text, plan = clean(text), plan_of(owner.model)
    return sought(plan, searched_names(owner), text) if text and plan is not None else None


def _owner(entity: Entity) -> Entity:
    """The entity by whose tokens the records are found."""
    return installation().entities[entity.field(entity.found_by).target] if entity.found_by else entity


def searched(
    entity: Entity, statement: Select[Any], text: str, asked: Sought | None = None, bound: Bound | None = None
) -> Select[Any]:
    """A select of records, narrowed to those in which this reader may find a text; an empty one narrows nothing.

    `asked` is what `sought_in` says of the text, `bound` as in `core.search.asking`.
    """
    owner = _owner(entity)
    plan = plan_of(owner.model)
    if not clean(text):
        return statement
    asked = asked or sought_in(entity, text)
    if plan is None or asked is None:
        return statement.where(false())
    if owner is entity:
        return narrowed(statement, plan, entity.model, asked, bound)
    found = narrowed(select(owner.model.id), plan, owner.model, asked, bound)
    return statement.where(getattr(entity.model, entity.found_by).in_(found))
