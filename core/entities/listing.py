"""Headings, rows and actions of lists, on their own pages and on records' pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext

from core.data import once
from core.entities.cells import NUMERIC, cells_of
from core.entities.changing import may_bring_back
from core.entities.query import ListQuery, sortable
from core.entities.registry import allowed
from core.entities.spec import Action, Entity
from core.installation import installation


def columns_of(
    entity: Entity,
    names: tuple[str, ...],
    query: ListQuery | None = None,
    address: Callable[..., str] | None = None,
) -> list[dict[str, Any]]:
    """Headings; with a query and the list's address those that may be compared can be clicked to sort.

    A first click sorts upwards, a second downwards, a third goes back to the list's own order. References are not
    sorted by: what stands in the column is their number, not what is read there.
    """
    can_sort = sortable(entity)
    found = []
    for name in names:
        each = entity.field(name)
        label = str(each.label)  # said by every row
        column: dict[str, Any] = {"name": name, "label": label, "numeric": entity.kind(each) in NUMERIC}
        if (
            query is not None
            and address is not None
            and name in can_sort
            and entity.kind(each) != "reference"
        ):
            state = ("desc" if query.descending else "asc") if query.sort == name else ""
            sort, direction = {"": (name, ""), "asc": (name, "desc"), "desc": ("", "")}[state]
            column["sorted"] = state
            column["sort_url"] = address(sort=sort, dir=direction)
        found.append(column)
    return found


def rows_of(entity: Entity, records: list[Any], found: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows of a table with their cells; the first cell leads to the record."""
    makers = [cells_of(entity, entity.field(name), found) for name in names]
    return [
        {
            "id": record.id,
            "url": address_of(entity, record),
            "cells": [_with_value(make(record)) for make in makers],
        }
        for record in records
    ]


def address_of(entity: Entity, record: Any) -> str:
    """Where a row of a list leads to."""
    return entity.opens(record) if entity.opens is not None else f"{entity.path}{record.id}"


def _with_value(cell: dict[str, Any]) -> dict[str, Any]:
    cell["value"] = cell.pop("text")
    return cell


def list_actions(entity: Entity) -> list[dict[str, Any]]:
    """What the person may do from the list."""
    actions = [shown_action(each) for each in entity.actions if each.on_list and allowed(entity, each.right)]
    if entity.importable and allowed(entity, "import"):
        actions.append({"label": gettext("Import"), "url": f"/core/import/{entity.id}", "icon": "upload"})
    for kind in installation().imports.values():
        if kind.entity == entity.id and allowed(entity, kind.right):
            actions.append(
                {"label": kind.label, "url": f"/core/import/{kind.id}", "icon": "file-spreadsheet"}
            )
    if allowed(entity, "add"):
        label = gettext("New %(thing)s", thing=str(entity.label))
        actions.append(
            {
                "label": label,
                "url": url_for(entity.form_endpoint) if entity.form_endpoint else f"{entity.path}new",
                "icon": "plus",
                "primary": True,
                "key": "n",
            }
        )
    return actions


def shown_action(each: Action, **arguments: Any) -> dict[str, Any]:
    """An action as the templates show it."""
    return {
        "label": each.label,
        "url": url_for(each.endpoint, **arguments),
        "icon": each.icon,
        "primary": each.primary,
        "method": each.method,
        "confirm": each.confirm,
        "danger": each.danger,
        "once": once.new_key() if each.once else "",
    }


def deleted_url(entity: Entity) -> str:
    """Where the deleted records of the entity are; empty for who may not bring any back."""
    if not may_bring_back(entity):
        return ""
    return url_for("HistoryView.deleted", plugin=entity.plugin, name=entity.name)
