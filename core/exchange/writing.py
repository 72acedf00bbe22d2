"""Writes xlsx and csv files in which no text can act as a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from core.exchange.kinds import Column
from core.exchange.limits import MAX_CELL_LENGTH
from core.exchange.sheets import RISKY

XLSX, CSV = "xlsx", "csv"
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
_SPOOL_BYTES = 8 * 1024 * 1024
_VALIDATED_ROWS = 10_000
_LIST_CHARACTERS = 255
_AS_IT_IS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Heading:
    """A column of a written sheet. `number_format` is an xlsx format for figures, "" for text."""

    label: str
    width: int = 16
    number_format: str = ""
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()


def heading_of(column: Column) -> Heading:
    """The heading of an import's column, in the reader's language."""
    return Heading(
        label=str(column.label),
        width=column.width,
        number_format="" if column.text else "General",
        required=column.required,
        help=str(column.help),
        choices=tuple(str(each) for each in column.choices),
    )


def write(
    file_format: str, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]
) -> IO[bytes]:
    """A file at its beginning, in `file_format` "xlsx" or "csv". The caller closes it.

    Cells are text, whole numbers, Decimal, dates, local times without a zone, booleans or None.
    """
    return {XLSX: write_xlsx, CSV: write_csv}[file_format](title, headings, rows)


def write_xlsx(title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A workbook with one sheet: styled frozen heading, text columns as text, drop-down lists where they fit."""
    return write_workbook([Sheet(title, headings, rows)])


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; of rows that come as a stream each is written as it comes."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Any]]


def write_workbook(sheets: Sequence[Sheet]) -> IO[bytes]:
    """A workbook, each sheet as `write_xlsx` makes one. The caller closes it."""
    with _closed_on_error() as out, xlsxwriter.Workbook(out, _AS_IT_IS) as workbook:
        days = workbook.add_format({"num_format": "yyyy-mm-dd"})
        instants = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        taken: set[str] = set()
        for each in sheets:
            sheet = workbook.add_worksheet(_free_name(each.title, taken))
            _lay_out(workbook, sheet, each.headings)
            for number, row in enumerate(each.rows, start=1):
                for at, value in enumerate(row):
                    _write_cell(sheet, number, at, value, days, instants)
    out.seek(0)
    return out


def _free_name(title: str, taken: set[str]) -> str:
    """A name that no other sheet of the workbook has; spreadsheet programs know no capitals there."""
    name = whole = _sheet_name(title)
    number = 2
    while name.casefold() in taken:
        name = f"{whole[:27]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


@contextmanager
def _closed_on_error() -> Iterator[IO[bytes]]:
    out: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - handed to the caller
    try:
        yield out
    except BaseException:
        out.close()
        raise


def _write_cell(sheet: Any, row: int, column: int, value: Any, days: Any, instants: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, instants if isinstance(value, datetime) else days)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None and value != "":
        sheet.write_string(row, column, str(value)[:MAX_CELL_LENGTH])


def _lay_out(workbook: Any, sheet: Any, headings: Sequence[Heading]) -> None:
    plain = workbook.add_format(
        {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    required = workbook.add_format(
        {"bold": True, "bg_color": "#D6E4F0", "bottom": 2, "text_wrap": True, "valign": "top"}
    )
    for at, each in enumerate(headings):
        body = workbook.add_format({"num_format": each.number_format or "@"})
        sheet.set_column(at, at, each.width, body)
        validation = _validation(each)
        if validation:
            sheet.data_validation(1, at, _VALIDATED_ROWS, at, validation)
    for at, each in enumerate(headings):
        sheet.write_string(0, at, each.label, required if each.required else plain)
    sheet.freeze_panes(1, 0)


def _validation(each: Heading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if (
        each.choices
        and len(",".join(each.choices)) <= _LIST_CHARACTERS
        and not any("," in text for text in each.choices)
    ):
        found = {"validate": "list", "source": list(each.choices), "error_type": "warning"}
    elif each.help:
        found = {"validate": "any"}
    if found and each.help:
        found |= {"input_title": each.label[:32], "input_message": each.help[:_LIST_CHARACTERS]}
    return found


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31].strip() or "Sheet1"


def write_csv(title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """UTF-8 with a byte order mark, so that spreadsheet programs read Chinese; risky text starts with an apostrophe."""
    with _closed_on_error() as out:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([guarded(each.label) for each in headings])
        for row in rows:
            writer.writerow([_csv_cell(value) for value in row])
        text.flush()
        text.detach()
    out.seek(0)
    return out


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    # A figure of ours may begin with a minus; a text may not.
    return str(value) if isinstance(value, int) else guarded(str(value))


def guarded(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text
