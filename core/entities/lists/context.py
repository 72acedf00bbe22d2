"""What the list template shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext, ngettext

from core.entities.changing import may_edit
from core.entities.filters import Filter
from core.entities.listing import columns_of, deleted_url, list_actions, rows_of
from core.entities.lists.asked import Asked
from core.entities.lists.board import board_context
from core.entities.lists.bulk import acts
from core.entities.lists.choosing import PLACE, Entered, editor, offered
from core.entities.lists.head import bulk_menu, columns_menu, views_menu
from core.entities.lists.inline import inline_names, inline_of
from core.entities.lists.modes import BOARD, CALENDAR, mode_of, modes
from core.entities.lists.month import calendar_context
from core.entities.lists.words import named_records, sentence
from core.entities.query import ListPage, key_of, orders_of, run
from core.entities.reading import readable_names
from core.entities.registry import allowed
from core.entities.seeking import place_of
from core.entities.spanning import BRANCH, branch_names, is_own, spans
from core.entities.spec import Entity
from core.installation import installation
from core.ui.format import DASH, listed, number


def list_context(asked: Asked, entered: Entered | None = None, fault: str = "") -> dict[str, Any]:
    """The context of `entities/list.html`.

    `entered`: what was sent with a filter's editor and did not fit; `fault`: why a view was not saved.
    """
    entity = asked.entity
    searched = readable_names(entity, entity.search)
    return {
        "entity": entity,
        **_shown(asked),
        "search": asked.query.search,
        "searchable": bool(searched),
        "search_hint": listed(entity.field(name).label for name in searched),
        "narrowing": _narrowing(asked, entered),
        "views": views_menu(asked, fault),
        "modes": modes(asked),
        "keep": [
            {"name": name, "value": value} for name, value in asked.stays.items() if name != "q" and value
        ],
        "exports": _exports(asked),
        "actions": list_actions(entity),
        "list_url": entity.path,
        "deleted_url": deleted_url(entity),
    }


def _shown(asked: Asked) -> dict[str, Any]:
    """The records: as a table, or as a board or calendar where the description names one and the address asks."""
    mode = mode_of(asked)
    if mode == BOARD:
        return {"board": board_context(asked), "address": urlencode(asked.stays)}
    if mode == CALENDAR:
        return {"calendar": calendar_context(asked)}
    entity, names = asked.entity, asked.columns
    page, can_pick = _page(asked, names), bool(acts(asked.entity))
    return {
        "columns": _pickable([*_branch_column(entity), *_headings(asked, names)], can_pick),
        "rows": _with_branch(entity, page.records, _rows(asked, page, can_pick)),
        "page": _pager(asked, page),
        "arranging": columns_menu(asked),
        "bulk": bulk_menu(asked),
    }


def _page(asked: Asked, names: tuple[str, ...]) -> ListPage:
    session, query = installation().database.session(), asked.query
    page = run(session, asked.entity, query, names)
    if not page.records and page.count:  # rows were taken away, or somebody typed the address
        last = replace(query, page=(page.count - 1) // query.size, after="", before="")
        page = run(session, asked.entity, last, names)
    return page


def _pickable(columns: list[dict[str, Any]], can_pick: bool) -> list[dict[str, Any]]:
    """The headings, the first with the box that selects every row of the page."""
    return [{**each, "pick": can_pick and not number} for number, each in enumerate(columns)]


def _rows(asked: Asked, page: ListPage, can_pick: bool) -> list[dict[str, Any]]:
    """The rows, with what may be done to each: select, edit, change a cell."""
    entity = asked.entity
    rows = rows_of(entity, page.records, page.titles, asked.columns)
    open_cells = inline_names(entity)
    for record, row in zip(page.records, rows, strict=True):
        if not is_own(record):
            continue
        row["pick"] = record.id if can_pick else ""
        row["edit_url"] = f"{entity.path}{record.id}/edit" if may_edit(entity, record) else ""
        for name, shown in zip(asked.columns, row["cells"], strict=True):
            if name in open_cells:
                shown["inline"] = inline_of(entity, name, record)
    return rows


def _headings(asked: Asked, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Headings that sort: a first click upwards, a second downwards, a third as the list is by itself."""
    columns, widths = columns_of(asked.entity, names, asked.query, asked.address), asked.kept.widths
    return [{**each, "width": widths.get(each["name"], 0), "grip": True} for each in columns]


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


def _narrowing(asked: Asked, entered: Entered | None) -> dict[str, Any]:
    """The filters as a sentence of chips, the fields that may be added, and the editor when it is open."""
    return {
        "begin": gettext("%(things)s where", things=str(asked.entity.label_plural)),
        "chips": _chips(asked),
        "fields": [{**each, "url": asked.address(add=each["name"])} for each in offered(asked.entity)],
        "editor": editor(asked, entered),
        "clear_url": asked.address({key_of(each): "" for each in asked.query.filters}, f_branch=""),
    }


def _chips(asked: Asked) -> list[dict[str, Any]]:
    entity, query = asked.entity, asked.query
    named = named_records(entity, query.filters)
    chips = [_chip(asked, key_of(each), sentence(entity, each, named)) for each in query.filters]
    if query.branch is not None:
        place = branch_names().get(query.branch, DASH)
        told = gettext("%(field)s is %(value)s", field=gettext("Branch"), value=place)
        chips.insert(0, _chip(asked, key_of(Filter(PLACE, "eq", "")), told))
    return chips


def _chip(asked: Asked, key: str, text: str) -> dict[str, Any]:
    return {"text": text, "edit_url": asked.address(edit=key), "remove_url": asked.address({key: ""})}


def _pager(asked: Asked, page: ListPage) -> dict[str, Any]:
    shown, orders = page.number + 1, orders_of(asked.entity, asked.query)
    if page.capped:
        total = gettext("%(count)s+ records", count=number(page.count))
    else:
        total = ngettext("%(num)s record", "%(count)s records", page.count, count=number(page.count))
    first, last = (page.records[0], page.records[-1]) if page.records else (None, None)
    back = _step(asked, shown - 1, "before", place_of(orders, first)) if shown > 1 and first else None
    ahead = _step(asked, shown + 1, "after", place_of(orders, last)) if page.more and last else None
    return {
        "number": shown,
        "size": asked.query.size,
        "total_text": total,
        "prev_url": back,
        "next_url": ahead,
    }


def _step(asked: Asked, shown: int, side: str, place: str) -> str:
    """The address of a page beside the present one; the first has no place, it is where the list begins."""
    return asked.address() if shown == 1 else asked.address({side: place}, page=str(shown))


def _exports(asked: Asked) -> list[dict[str, Any]]:
    """The files in which exactly this list can be had."""
    if not allowed(asked.entity, "export"):
        return []
    return [
        {"label": label, "url": asked.address(tail=f"export.{kind}", size="")}
        for kind, label in (("xlsx", gettext("Excel workbook (xlsx)")), ("csv", gettext("Text table (csv)")))
    ]
