"""What the list template shows, and the same rows as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import get_locale, gettext, ngettext
from wtforms import SelectField

from core.data import once
from core.entities.cells import NUMERIC, cell
from core.entities.changing import may_bring_back
from core.entities.query import ListPage, ListQuery, run, sortable, titles
from core.entities.reading import readable, readable_names, shown_names
from core.entities.registry import allowed
from core.entities.spanning import BRANCH, branch_names, branches, spans
from core.entities.spec import Action, Entity
from core.installation import installation
from core.ui.format import DASH, listed, number
from core.ui.shell_form import ShellForm, options


def list_context(entity: Entity, query: ListQuery) -> dict[str, Any]:
    """The context of `entities/list.html` for one page."""
    session = installation().database.session()
    names = shown_names(entity, entity.list_columns)
    page = run(session, entity, query, names)
    if not page.records and page.count and query.page:  # rows were taken away, or somebody typed the address
        query = replace(query, page=(page.count - 1) // query.size)
        page = run(session, entity, query, names)
    return {
        "entity": entity,
        "columns": [*_branch_column(entity), *columns_of(entity, query, names)],
        "rows": _with_branch(entity, page.records, rows_of(entity, page.records, page.titles, names)),
        "page": _pager(entity, query, page),
        "search": query.search,
        "searchable": bool(readable_names(entity, entity.search)),
        "search_hint": listed(entity.field(name).label for name in readable_names(entity, entity.search)),
        "filters": list(filter_form(entity)),
        "chips": _chips(entity, query),
        "keep": [
            {"name": name, "value": request.args[name]}
            for name in ("sort", "dir", "size")
            if name in request.args
        ],
        "actions": list_actions(entity),
        "list_url": entity.path,
        "deleted_url": _deleted_url(entity),
    }


def columns_of(entity: Entity, query: ListQuery | None, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Headings; with a query they can be clicked to sort."""
    can_sort = sortable(entity)
    found = []
    for name in names:
        each = entity.field(name)
        column: dict[str, Any] = {"name": name, "label": each.label, "numeric": entity.kind(each) in NUMERIC}
        if query is not None and name in can_sort:
            column["sorted"] = ("desc" if query.descending else "asc") if query.sort == name else ""
            direction = "desc" if query.sort == name and not query.descending else ""
            column["sort_url"] = address(entity, sort=name, dir=direction, page="")
        found.append(column)
    return found


def _branch_column(entity: Entity) -> list[dict[str, Any]]:
    return [{"name": BRANCH, "label": gettext("Branch"), "numeric": False}] if spans(entity) else []


def _with_branch(entity: Entity, records: list[Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the branch of each in front, where a list shows several."""
    if not spans(entity):
        return rows
    names = branch_names()
    for record, row in zip(records, rows, strict=True):
        row["cells"].insert(0, {"value": names.get(record.branch_id, DASH)})
    return rows


def rows_of(entity: Entity, records: list[Any], found: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows of a table with their cells; the first cell leads to the record."""
    return [
        {
            "id": record.id,
            "url": f"{entity.path}{record.id}",
            "cells": [_cell(entity, name, record, found) for name in names],
        }
        for record in records
    ]


def _cell(entity: Entity, name: str, record: Any, found: Any) -> dict[str, Any]:
    each = cell(entity, entity.field(name), record, found)
    each["value"] = each.pop("text")
    return each


def address(entity: Entity, **changes: str) -> str:
    """The list's address as it is now, with changes; an empty value takes a parameter away."""
    arguments = {key: value for key, value in request.args.items() if key != "_l_"}
    arguments.update(changes)
    given = {key: value for key, value in arguments.items() if value}
    return f"{entity.path}?{urlencode(given)}" if given else entity.path


def _pager(entity: Entity, query: ListQuery, page: ListPage) -> dict[str, Any]:
    shown = query.page + 1
    more = page.capped or (query.page + 1) * query.size < page.count
    if page.capped:
        total = gettext("More than %(count)s records", count=number(page.count))
    else:
        total = ngettext("%(num)s record", "%(count)s records", page.count, count=number(page.count))
    return {
        "number": shown,
        "size": query.size,
        "total_text": total,
        "prev_url": address(entity, page=str(shown - 1)) if shown > 1 else None,
        "next_url": address(entity, page=str(shown + 1)) if more else None,
    }


def filter_form(entity: Entity) -> ShellForm:
    """Drop-downs for the fields that may be filtered: choices and yes/no only, so that no list is ever loaded whole."""
    attributes: dict[str, Any] = {}
    if spans(entity):
        locale = str(get_locale() or "en")
        offered = [(each.code, each.name(locale)) for each in branches()]
        attributes["f_branch"] = SelectField(
            gettext("Branch"), choices=options([("", gettext("All")), *offered])
        )
    for each in entity.fields:
        kind = entity.kind(each)
        if not each.filterable or kind not in ("choice", "yes_no") or not readable(entity, each.name):
            continue
        codes = each.options if kind == "choice" else (("yes", gettext("Yes")), ("no", gettext("No")))
        attributes[f"f_{each.name}"] = SelectField(
            each.label, choices=options([("", gettext("All")), *codes])
        )
    form_class = type("FilterForm", (ShellForm,), attributes)
    form: ShellForm = form_class(formdata=request.args, meta={"csrf": False})
    return form


def _chips(entity: Entity, query: ListQuery) -> list[dict[str, Any]]:
    session = installation().database.session()
    chips = []
    if query.branch is not None:
        name, off = branch_names().get(query.branch, DASH), address(entity, f_branch="", page="")
        chips.append({"label": gettext("Branch"), "value": name, "remove_url": off})
    for each in query.filters:
        described = entity.field(each.column)
        text = str(dict(described.options).get(each.value, each.value))
        if entity.kind(described) == "reference":
            holder = type("Holder", (), {each.column: int(each.value)})()
            text = titles(session, entity, [holder], [each.column])[each.column].get(int(each.value), text)
        if entity.kind(described) == "yes_no":
            text = gettext("Yes") if each.value == "yes" else gettext("No")
        chips.append(
            {
                "label": described.label,
                "value": text,
                "remove_url": address(entity, **{f"f_{each.column}": "", "page": ""}),
            }
        )
    return chips


def list_actions(entity: Entity) -> list[dict[str, Any]]:
    """What the person may do from the list."""
    actions = [shown_action(each) for each in entity.actions if each.on_list and allowed(entity, each.right)]
    if allowed(entity, "export"):
        actions.append({"label": gettext("Export"), "url": _export_url(entity), "icon": "download"})
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


def _deleted_url(entity: Entity) -> str:
    if not may_bring_back(entity):
        return ""
    return url_for("HistoryView.deleted", plugin=entity.plugin, name=entity.name)


def _export_url(entity: Entity) -> str:
    given = {
        key: value for key, value in request.args.items() if key not in ("page", "size", "_l_") and value
    }
    return f"{entity.path}export.xlsx" + (f"?{urlencode(given)}" if given else "")
