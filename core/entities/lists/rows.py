"""The rows of a list as HTML: what all of them have is drawn once, and each record only fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from core.branches.models import BranchOwned
from core.branches.scope import current_scope
from core.data import Posted
from core.entities.cells import Titles, cells_of, values_of
from core.entities.changing import may_edit
from core.entities.listing import address_of, columns_of
from core.entities.lists.inline import inline_names, pencil
from core.entities.query import ListPage
from core.entities.reading import titles_for_reader
from core.entities.registry import allowed
from core.entities.spanning import BRANCH, branch_names, spans
from core.entities.spec import Entity
from core.people.alike import once_for_alike
from core.ui.drawn import piece, place
from core.ui.format import DASH

MOST_DRAWN = 500
"""So many values of a column are kept as they look."""
_TABLES, _CELLS = "macros/tables.html", "macros/cells.html"
Taken = Callable[[Any], str]
"""What takes from a record a text that is escaped."""


def described(entity: Entity, columns: Sequence[Mapping[str, Any]], *sorting: Any) -> list[dict[str, Any]]:
    """Columns, which are names and widths, with what stands above them; `sorting` as `columns_of` takes it."""
    names = tuple(each["name"] for each in columns if each["name"] in entity.by_name)
    told = {each["name"]: each for each in columns_of(entity, names, *sorting)}
    place_of_row = {"name": BRANCH, "label": gettext("Branch"), "numeric": False}
    return [{**told.get(each["name"], place_of_row), **each} for each in columns]


def drawn_rows(
    entity: Entity, page: ListPage, columns: Sequence[Mapping[str, Any]], can_pick: bool
) -> Markup:
    """The rows of a page below the headings `columns`, with what may be done to each: select, edit, change a cell."""
    open_cells = once_for_alike(("inline", entity.serial), lambda: inline_names(entity))
    takers = _takers(entity, page, [each["name"] for each in columns], bool(open_cells))
    own, editable = _own(entity), _editable(entity)

    @cache
    def form_of(can_pick: bool, can_edit: bool) -> str:
        return _form(entity, columns, open_cells if can_edit else frozenset(), can_pick, can_edit)

    lines: list[str] = []
    for record in page.records:
        is_own = own(record)
        can_edit = is_own and editable(record)
        form = form_of(can_pick and is_own, can_edit)
        lines.append(form % {name: take(record) for name, take in takers.items()})
    return Markup("".join(lines))  # noqa: S704 - what macros drew, filled in with what is escaped


def _own(entity: Entity) -> Callable[[Any], bool]:
    """Whether each record is the active branch's, or nobody's."""
    active = current_scope().active
    if not issubclass(entity.model, BranchOwned):
        return lambda _record: True
    return lambda record: record.branch_id == active


def _editable(entity: Entity) -> Callable[[Any], bool]:
    """Whether the reader may change each record of their branch; only a guard and posted records need to be asked."""
    if "edit" not in entity.rights or not allowed(entity, "edit"):
        return lambda _record: False
    if is_plain(entity):
        return lambda _record: True
    return lambda record: may_edit(entity, record)


def is_plain(entity: Entity) -> bool:
    """Whether the rights alone say which records of a branch may be changed."""
    return entity.guard is None and not issubclass(entity.model, Posted)


def _form(
    entity: Entity,
    columns: Sequence[Mapping[str, Any]],
    open_cells: frozenset[str],
    can_pick: bool,
    can_edit: bool,
) -> str:
    """A row with places for what differs, for `%`."""
    shape = tuple((each["name"], bool(each.get("width"))) for each in columns)
    key = (entity.serial, shape, open_cells, can_pick, can_edit)

    def given() -> Sequence[Any]:
        address = f"{entity.path}{place('id')}"
        cells = [_cell_place(entity, each["name"], number, open_cells) for number, each in enumerate(columns)]
        row = {
            "url": Markup(address) if entity.opens is None else place("url"),  # noqa: S704 - a path of ours and a place
            "pick": place("id") if can_pick else "",
            "edit_url": Markup(f"{address}/edit") if can_edit else "",  # noqa: S704 - as above
            "cells": cells,
        }
        return [row, described(entity, columns)]

    return piece(_TABLES, "row", key, given).format


def _cell_place(entity: Entity, name: str, number: int, open_cells: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"value": place(f"cell{number}")}
    if name in open_cells:
        found["inline"] = pencil(entity, name, place("id"), place("title"))
    return found


def _takers(entity: Entity, page: ListPage, names: Sequence[str], is_titled: bool) -> dict[str, Taken]:
    """What fills each place of a row."""
    takers: dict[str, Taken] = {"id": lambda record: str(record.id)}
    if entity.opens is not None:
        takers["url"] = lambda record: str(escape(address_of(entity, record)))
    if is_titled:
        title = titles_for_reader(entity)
        takers["title"] = lambda record: str(escape(title(record)))
    kept = once_for_alike(
        ("cells", entity.serial, tuple(names), str(get_locale())),
        lambda: {
            name: _taker(entity, name, {}, name == names[0]) for name in names if _looks_alike(entity, name)
        },
    )
    for number, name in enumerate(names):
        taker = kept.get(name) or _taker(entity, name, page.titles, number == 0)
        takers[f"cell{number}"] = taker
    return takers


def _looks_alike(entity: Entity, name: str) -> bool:
    """Whether a value looks the same on every page: a title or a choice of another table may change."""
    each = entity.by_name.get(name)
    if each is None or each.value is not None or each.choices_from is not None:
        return False
    return entity.kind(each) != "reference"


def _taker(entity: Entity, name: str, titles: Titles, is_first: bool) -> Taken:
    """What draws a column's cells. What a value looks like is kept: only a reference looks as the page's titles say."""
    if name == BRANCH and spans(entity):
        known = branch_names()
        return lambda record: str(escape(known.get(record.branch_id, DASH)))
    described = entity.field(name)
    make, value_of = cells_of(entity, described, titles), values_of(described)
    drawn: dict[Any, str] = {}

    def take(record: Any) -> str:
        value = value_of(record)
        try:
            found = drawn.get(value)
        except TypeError:  # a document, which nothing can be kept under
            return _drawn_cell(make(record), is_first)
        if found is None:
            if len(drawn) >= MOST_DRAWN:
                drawn.clear()
            found = drawn[value] = _drawn_cell(make(record), is_first)
        return found

    return take


def _drawn_cell(cell: dict[str, Any], is_first: bool) -> str:
    """What stands in a cell; the first one is the link to its record already."""
    text, tone, url = cell["text"], cell.get("badge", ""), cell.get("url", "")
    if is_first or not (tone or url):
        return str(escape(text))
    key = (tone, bool(url))
    shown = {"value": place("value"), "badge": tone, "url": place("url") if url else ""}
    return piece(_CELLS, "text", key, lambda: [shown]).filled({"value": text, "url": url})
