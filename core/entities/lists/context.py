"""What the list template shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import get_locale, gettext, ngettext

from core.entities.filters import Filter
from core.entities.listing import deleted_url, list_actions
from core.entities.lists.asked import Asked
from core.entities.lists.board import board_context
from core.entities.lists.choosing import PLACE, Entered, editor, is_opened
from core.entities.lists.frame import Frame
from core.entities.lists.head import all_url
from core.entities.lists.modes import BOARD, CALENDAR, SCHEDULE, mode_of
from core.entities.lists.month import calendar_context
from core.entities.lists.rows import drawn_rows, is_plain
from core.entities.lists.schedule import schedule_context
from core.entities.lists.words import named_records, sentence
from core.entities.query import ListPage, attributes_of, key_of, orders_of, run
from core.entities.reading import readable_names
from core.entities.seeking import place_of
from core.entities.spanning import branch_names
from core.entities.spec import Entity
from core.installation import installation
from core.people.alike import once_for_alike
from core.ui.drawn import drawn
from core.ui.format import DASH, listed, number


def list_context(asked: Asked, entered: Entered | None = None, fault: str = "") -> dict[str, Any]:
    """The context of `entities/list.html`.

    `entered`: what was sent with a filter's editor and did not fit; `fault`: why a view was not saved.
    """
    entity, frame = asked.entity, Frame(asked, fault)
    searched = once_for_alike(("searched", entity.serial), lambda: readable_names(entity, entity.search))
    actions = _actions(entity)
    return {
        "entity": entity,
        **_shown(asked, frame),
        "search": asked.query.search,
        "searchable": bool(searched),
        "search_hint": _in_words(
            ("hint", entity.serial), lambda: listed(entity.field(name).label for name in searched)
        ),
        "narrowing": _narrowing(asked, entered),
        "bar": frame.bar,
        "all_url": all_url(asked),
        "keep": [
            {"name": name, "value": value} for name, value in asked.stays.items() if name != "q" and value
        ],
        "actions": actions,
        **_drawn_actions(actions),
        "list_url": entity.path,
        "empty_text": entity.empty[0],
        "empty_hint": entity.empty[1],
        "deleted_url": deleted_url(entity),
    }


def _in_words(name: Hashable, make: Callable[[], Any]) -> Any:
    """What is said to all who are alike in the same language, under the same address."""
    return once_for_alike((name, str(get_locale()), request.script_root), make)


def _actions(entity: Entity) -> list[dict[str, Any]]:
    """What may be done from the list. What may be sent only once has a key of its own on each page."""
    if any(each.on_list and each.once for each in entity.actions):
        return list_actions(entity)
    found: list[dict[str, Any]] = _in_words(("list actions", entity.serial), lambda: list_actions(entity))
    return found


def _drawn_actions(actions: list[dict[str, Any]]) -> dict[str, Any]:
    if any(each.get("once") for each in actions):
        return {}
    return {"actions_bar": drawn("macros/actions.html", "bar", actions)}


def _shown(asked: Asked, frame: Frame) -> dict[str, Any]:
    """The records: as a table, or as a board, calendar or schedule where the description has one and the address
    asks."""
    mode = mode_of(asked)
    if mode == BOARD:
        return {"board": board_context(asked), "address": urlencode(asked.stays)}
    if mode == CALENDAR:
        return {"calendar": calendar_context(asked)}
    if mode == SCHEDULE:
        found = _page(asked, asked.columns, whole=True)
        if found.records:
            return {"schedule": schedule_context(asked, found.records), "page": _pager(asked, found)}
    page = _page(asked, asked.columns)
    pager = _pager(asked, page)
    return {
        "columns": frame.columns,
        "headings": frame.headings,
        "rows": drawn_rows(asked.entity, page, frame.columns, frame.can_pick),
        "page": pager,
        "bulk_bar": frame.bulk_bar(pager["total_text"]),
    }


def _page(asked: Asked, names: tuple[str, ...], whole: bool = False) -> ListPage:
    """The page that the address asks for; `whole` reads every column of its records."""
    session, entity, query = installation().database.session(), asked.entity, asked.query
    only = attributes_of(entity, names) if is_plain(entity) and not whole else None
    page = run(session, entity, query, names, only)
    if not page.records and page.count:  # rows were taken away, or somebody typed the address
        last = replace(query, page=(page.count - 1) // query.size, after="", before="")
        page = run(session, entity, last, names, only)
    return page


def _narrowing(asked: Asked, entered: Entered | None) -> dict[str, Any]:
    """The filters as a sentence of chips, and the editor when it is open."""
    if entered is None and not asked.query.filters and asked.query.branch is None and not is_opened(asked):
        return {}
    return {
        "begin": gettext("%(things)s where", things=str(asked.entity.label_plural)),
        "chips": _chips(asked),
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
