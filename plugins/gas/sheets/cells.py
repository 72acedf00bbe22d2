"""Reading the cells of the gas office's sheets, and saying what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel.speaklater import LazyString

from core.data import UserError
from core.data.marks import N_
from core.exchange.kinds import Finding, Row
from core.exchange.values import as_date, as_decimal, finding_of
from core.ui import format as shown

MISSING = N_("Fill in this column.")
NOT_A_NUMBER = N_("%(value)s is not a number.")
NEGATIVE = N_("%(value)s is below zero.")
TWICE = N_("This meter stands in the sheet more than once, also in row %(row)s. Keep one row.")
NOT_HERE = N_("This meter is not in your branch. Check its number.")

_READING = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]*)?")
PLACES = 4


def wrong(row: Row, message: str, column: str, **params: Any) -> None:
    """Note an error in a row."""
    row.findings.append(Finding(message, params, column=column))


def read_volume(row: Row, column: str) -> Decimal | None:
    """A volume or reading in m3, not negative; None, with the reason noted, when the cell has none."""
    text = row.cells.get(column, "")
    if text and not _READING.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        wrong(row, NOT_A_NUMBER, column, value=text)
        return None
    return _not_negative(row, column, _read(row, column, lambda given: as_decimal(given, PLACES)))


def read_money(row: Row, column: str) -> Decimal | None:
    """An amount in yuan, not negative; None, with the reason noted, when the cell has none."""
    return _not_negative(row, column, _read(row, column, lambda given: as_decimal(given, 2)))


def read_day(row: Row, column: str) -> date | None:
    """A day; None, with the reason noted, when the cell has none."""
    found: date | None = _read(row, column, as_date)
    return found


def day_text(day: date) -> LazyString:
    """A day for a finding, in whichever language it will be read."""
    return LazyString(lambda: shown.date(day))


def volume_text(value: Decimal) -> LazyString:
    """A volume for a finding, in whichever language it will be read."""
    return LazyString(lambda: shown.quantity(value))


def find_twice(rows: list[Row], column: str, message: str = TWICE) -> None:
    """Note on every row whose cell stands in another row too, where the other one is; once."""
    places: dict[str, list[int]] = {}
    for row in rows:
        places.setdefault(row.cells.get(column, ""), []).append(row.number)
    for row in rows:
        text = row.cells.get(column, "")
        others = [number for number in places[text] if number != row.number]
        noted = any(each.message == message and each.column == column for each in row.findings)
        if text and others and not noted:
            row.findings.append(Finding(message, {"row": others[0]}, column=column))


def _read(row: Row, column: str, read: Callable[[str], Any]) -> Any:
    text = row.cells.get(column, "")
    if not text:
        wrong(row, MISSING, column)
        return None
    try:
        return read(text)
    except UserError as error:
        row.findings.append(finding_of(error, column))
        return None


def _not_negative(row: Row, column: str, value: Decimal | None) -> Decimal | None:
    if value is not None and value < 0:
        wrong(row, NEGATIVE, column, value=row.cells[column])
        return None
    return value
