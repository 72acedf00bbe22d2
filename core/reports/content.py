"""What a report says, as JSON that stays as it is, and as people read it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.handbook import stored
from core.handbook.words import msgid, said
from core.reports.kinds import COUNT, MONEY, ON, QUANTITY, SHARE, WORD, Column, Figure, Filled, Table, Value
from core.ui import format as shown

Content = dict[str, Any]
NUMERIC = frozenset({COUNT, MONEY, QUANTITY, SHARE})


def plain(filled: Filled) -> Content:
    """A filled report as JSON: figures exact, texts by their msgids."""
    return {
        "figures": [_figure(each) for each in filled.figures],
        "tables": [_table(each) for each in filled.tables],
    }


def _figure(each: Figure) -> Content:
    return {
        "label": msgid(each.label),
        "kind": each.kind,
        "unit": msgid(each.unit),
        "measure": each.measure,
        "value": _kept(each.kind, each.value),
    }


def _table(each: Table) -> Content:
    kinds = [column.kind for column in each.columns]
    return {
        "title": msgid(each.title),
        "columns": [_column(column) for column in each.columns],
        "rows": [_row(kinds, row) for row in each.rows],
        "total": _row(kinds, each.total) if each.total is not None else None,
    }


def _column(each: Column) -> Content:
    return {"label": msgid(each.label), "kind": each.kind, "unit": msgid(each.unit)}


def _row(kinds: Sequence[str], row: Sequence[Value]) -> list[Any]:
    return [_kept(kind, value) for kind, value in zip(kinds, row, strict=True)]


def _kept(kind: str, value: Any) -> Any:
    return stored.plain(msgid(value) if kind == WORD and value is not None else value)


def digest(content: Content) -> str:
    """By which two contents are known to say the same."""
    return hashlib.sha256(stored.canonical(content).encode()).hexdigest()


# ---------------------------------------------------------------- for readers


def told(kind: str, value: Any, unit: str = "") -> str:
    """A kept value in the reader's language; a dash for none."""
    live = stored.live(value)
    if live is None:
        return shown.DASH
    teller = _TELLERS.get(kind)
    if kind == QUANTITY:
        return shown.quantity(live, said(unit))
    return teller(live) if teller is not None else str(live)


def _share(value: Decimal | int) -> str:
    return shown.percent(Decimal(value))


_TELLERS: Mapping[str, Callable[[Any], str]] = {
    WORD: said,
    COUNT: shown.number,
    MONEY: shown.money,
    SHARE: _share,
    ON: shown.date,
}


def figures_shown(content: Content, why: Callable[[str], str]) -> list[dict[str, str]]:
    """Label, value and, where a measure stands behind it, the address where "why?" is answered."""
    return [
        {
            "label": said(each["label"]),
            "value": told(each["kind"], each["value"], each["unit"]),
            "why": why(each["measure"]) if each["measure"] else "",
        }
        for each in content.get("figures", ())
    ]


def tables_shown(content: Content) -> list[dict[str, Any]]:
    """Titles, headings, cells and totals as text."""
    return [_shown_table(each) for each in content.get("tables", ())]


def _shown_table(table: Content) -> dict[str, Any]:
    columns = table["columns"]
    return {
        "title": said(table["title"]),
        "columns": [{"label": said(each["label"]), "numeric": each["kind"] in NUMERIC} for each in columns],
        "rows": [_shown_row(columns, row) for row in table["rows"]],
        "total": _shown_row(columns, table["total"], gap="") if table["total"] is not None else [],
    }


def _shown_row(columns: Sequence[Content], row: Sequence[Any], gap: str = shown.DASH) -> list[str]:
    return [
        told(column["kind"], value, column["unit"]) if value is not None else gap
        for column, value in zip(columns, row, strict=True)
    ]


# ---------------------------------------------------------------- for sheets


def cell(kind: str, value: Any) -> str | int | Decimal | date | None:
    """A kept value as a cell of a sheet: figures as figures, words in the reader's language."""
    live = stored.live(value)
    return said(live) if kind == WORD and live is not None else live
