"""Lists of other records on a record's page, continued where they stand."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities import seeking
from core.entities.forms import is_written
from core.entities.listing import columns_of, rows_of
from core.entities.query import ListQuery, orders_of, titles
from core.entities.reading import readable, shown_names
from core.entities.registry import allowed
from core.entities.spanning import across, is_own
from core.entities.spec import Entity, Related
from core.installation import installation
from core.people.access import oversees


def related_list(entity: Entity, record: Any, related: Related, after: str = "") -> dict[str, Any] | None:
    """Rows of another entity that point to this record, from the place `after` on.

    None where the person may not see them.
    """
    target = installation().entities.get(related.entity)
    if target is None or not allowed(target, "see") or not readable(target, related.via):
        return None
    if not is_own(record) and not oversees(target.id, "see"):
        return None
    session = installation().database.session()
    found = _records(session, target, related, record.id, after)
    shown, more = found[: related.limit], len(found) > related.limit
    names = shown_names(target, [name for name in target.list_columns if name != related.via])
    whole_list = f"{target.path}?f_{related.via}={record.id}"
    context: dict[str, Any] = {
        "label": related.label or target.label_plural,
        "columns": columns_of(target, names),
        "rows": rows_of(target, shown, titles(session, target, shown, names), names),
    }
    if more and (place := seeking.place_of(orders_of(target, ListQuery()), shown[-1])):
        context["further"] = {"url": _address(entity, record, related, place), "href": whole_list}
    if target.field(related.via).filterable:
        context["more_url"] = whole_list
    if is_own(record) and allowed(target, "add") and is_written(target, target.field(related.via), None):
        context["add_url"] = f"{target.path}new?{related.via}={record.id}"
    return context


def _records(session: Session, target: Entity, related: Related, record_id: int, after: str) -> list[Any]:
    """One more than the list shows."""
    model, orders, limit = target.model, orders_of(target, ListQuery()), related.limit + 1
    statement = select(model).where(getattr(model, related.via) == record_id, *across(target))
    if target.criteria is not None:
        statement = statement.where(*target.criteria())
    place = seeking.read_place(model, orders, after)
    if place is not None:
        return [row[0] for row in seeking.after(session, statement, model, orders, place, limit)]
    return list(session.scalars(statement.order_by(*seeking.ordering(model, orders)).limit(limit)))


def _address(entity: Entity, record: Any, related: Related, place: str) -> str:
    number = entity.related.index(related)
    named = {"plugin": entity.plugin, "name": entity.name, "id": record.id, "number": number}
    return url_for("EntityView.related", after=place, **named)
