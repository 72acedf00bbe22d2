"""Reads an uploaded xlsx or csv file into a heading and lines of text cells, within bounds."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from core.data import UserError
from core.exchange import limits
from core.exchange.archive import safe_copy

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", ";", "\t")
_ENCODINGS = ("utf-8-sig", "gb18030")
_BLANKS = " \t\r\n\u3000\u00a0\ufeff\u200b"
# Spreadsheet programs keep 15 digits of a number; what is longer was rounded before it was saved.
_EXACT = 10**15
# What spreadsheet programs take for the beginning of a formula; the last four are the full-width signs.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Line:
    """A line of the sheet: `number` as a person counts it, cells as text, and which cells a program had rounded."""

    number: int
    cells: tuple[str, ...]
    rounded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """The heading and the lines under it that are not empty."""

    heading: tuple[str, ...]
    lines: list[Line]


def read_bytes(stream: IO[bytes]) -> bytes:
    """The whole upload; UserError when it is empty or larger than MAX_FILE_BYTES."""
    data = stream.read(limits.MAX_FILE_BYTES + 1)
    if len(data) > limits.MAX_FILE_BYTES:
        raise UserError(
            "This file is larger than %(limit)s MB. Split it into several sheets.",
            status=413,
            limit=limits.MAX_FILE_BYTES // 1024 // 1024,
        )
    if not data:
        raise UserError("This file is empty. Choose the sheet that you filled in.")
    return data


def read_table(data: bytes) -> Table:
    """Read a sheet, whatever its name says. Raises UserError when it is not one or has no rows."""
    if data.startswith(_OLE):
        raise UserError(
            "This is an old xls file or one with a password. Save it as xlsx without a password and upload that."
        )
    lines = _workbook_lines(data) if data.startswith(_ZIP) else _csv_lines(data)
    filled = [line for line in lines if any(line.cells)]
    if not filled:
        raise UserError("This sheet is empty. Download the template, fill it in and upload it.")
    heading, rows = filled[0], filled[1:]
    if not rows:
        raise UserError("This sheet has a heading but no rows. Fill it in and upload it again.")
    if len(rows) > limits.MAX_ROWS:
        raise UserError(
            "This sheet has more than %(rows)s rows. Split it into several sheets.",
            status=413,
            rows=limits.MAX_ROWS,
        )
    return Table(heading.cells, rows)


def _workbook_lines(data: bytes) -> list[Line]:
    with safe_copy(io.BytesIO(data)) as copy:
        try:
            workbook = load_workbook(copy)
            sheet = workbook.get_sheet_by_name(_first_sheet(workbook))
        except CalamineError:
            raise UserError(
                "This spreadsheet cannot be read. Save it anew as an xlsx file and upload that."
            ) from None
        lines = [_line(number, values) for number, values in enumerate(sheet.iter_rows(), start=1)]
        workbook.close()
    return lines


def _first_sheet(workbook: CalamineWorkbook) -> str:
    for each in workbook.sheets_metadata:
        if each.typ is SheetTypeEnum.WorkSheet and each.visible is SheetVisibleEnum.Visible:
            return each.name
    raise UserError("This file has no sheet that can be read. Upload an xlsx or csv file.")


def _line(number: int, values: list[Any]) -> Line:
    rounded = frozenset(
        at for at, value in enumerate(values) if isinstance(value, float) and abs(value) >= _EXACT
    )
    return Line(number, tuple(text_of(value) for value in values), rounded)


def text_of(value: Any) -> str:
    """A cell as text: 123.0 is "123", a date is ISO, TRUE is "TRUE"."""
    if isinstance(value, str):
        return value.strip(_BLANKS)[: limits.MAX_CELL_LENGTH]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _csv_lines(data: bytes) -> list[Line]:
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: list[Line] = []
    try:
        for number, cells in enumerate(reader, start=1):
            _check_size(number, cells)
            lines.append(Line(number, tuple(_unguarded(text_of(cell)) for cell in cells)))
    except csv.Error:
        raise UserError(
            "Line %(line)s of this csv file cannot be read. Save the sheet as xlsx and upload that.",
            line=reader.line_num,
        ) from None
    return lines


def _check_size(number: int, cells: list[str]) -> None:
    # One row more than counted: the heading.
    if number > limits.MAX_ROWS + 1 or len(cells) > limits.MAX_COLUMNS:
        raise UserError(
            "This sheet is too large: at most %(rows)s rows and %(columns)s columns are read. Split it into several.",
            status=413,
            rows=limits.MAX_ROWS,
            columns=limits.MAX_COLUMNS,
        )


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded_as(data, ("utf-16",))
    return _decoded_as(data, _ENCODINGS)


def _decoded_as(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UserError("This file is not a spreadsheet. Upload an xlsx or csv file.")


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that our own csv files put before what a program could take for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell
