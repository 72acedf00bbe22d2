"""Finds the columns of a kind in a sheet's heading, in whichever language it was written."""

from __future__ import annotations

from collections.abc import Sequence

from core.data import UserError
from core.data.marks import N_
from core.exchange.kinds import Column, Finding, Row
from core.exchange.sheets import Line, Table
from core.exchange.words import folded, in_languages
from core.ui import format as shown

ROUNDED = N_(
    "This number has more than 15 digits, so the program that saved the sheet has rounded it. Write it as text."
)


def rows_of(table: Table, columns: Sequence[Column]) -> list[Row]:
    """The rows of `table` by column name. Columns that the kind does not know are left out.

    Raises UserError when a required column is missing or one stands there twice.
    """
    places = _places(table.heading, columns)
    missing = [str(column.label) for column in columns if column.required and column.name not in places]
    if missing:
        raise UserError(
            "The sheet lacks these columns: %(columns)s. Download the template and fill that in.",
            columns=shown.listed(missing),
        )
    return [_row(line, columns, places) for line in table.lines]


def _places(heading: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    known: dict[str, Column] = {}
    for column in columns:
        for text in (column.name, *in_languages(column.label).values()):
            known.setdefault(folded(text), column)
    places: dict[str, int] = {}
    for at, text in enumerate(heading):
        if folded(text) not in known:
            continue
        column = known[folded(text)]
        if column.name in places:
            raise UserError(
                "The column %(column)s stands twice in the sheet. Remove one of them.",
                column=str(column.label),
            )
        places[column.name] = at
    return places


def _row(line: Line, columns: Sequence[Column], places: dict[str, int]) -> Row:
    cells = {column.name: _cell(line, places.get(column.name)) for column in columns}
    row = Row(line.number, cells)
    for column in columns:
        if column.text and places.get(column.name) in line.rounded:
            row.findings.append(Finding(ROUNDED, column=column.name))
    return row


def _cell(line: Line, at: int | None) -> str:
    return line.cells[at] if at is not None and at < len(line.cells) else ""
