"""From the text of a cell to a value, the ways people write them; and values to JSON and back.

Each reader raises UserError, which `finding_of` makes into a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext
from sqlalchemy import Date

from core.data import Money, Quantity, UserError, UtcDateTime
from core.data.clock import DEFAULT_TIME_ZONE
from core.exchange.kinds import Finding
from core.exchange.words import folded, in_languages

_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
# Fewer digits than the 28 that Decimal calculates with.
_LONGEST_NUMBER = 24
YES, NO = lazy_gettext("Yes"), lazy_gettext("No")
_YES, _NO = frozenset({"1", "true", "y", "yes"}), frozenset({"0", "false", "n", "no"})


def finding_of(error: UserError, column: str = "") -> Finding:
    """The finding that an error becomes."""
    return Finding(error.message, error.params, column=column)


def as_decimal(text: str, places: int) -> Decimal:
    """An exact number with at most `places` decimals: 1234.5, 1,234.50, ¥12; 12.5% is 0.125."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").lstrip("¥")
    percent = plain.endswith("%")
    plain = plain.rstrip("%")
    if not _NUMBER.fullmatch(plain) or not any(letter.isdigit() for letter in plain):
        raise UserError("%(value)s is not a number.", value=text)
    if len(plain) > _LONGEST_NUMBER:
        raise UserError("%(value)s is too large a number.", value=text)
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise UserError("%(value)s is not a number.", value=text) from None
    number = number / 100 if percent else number
    if number != round(number, places):
        raise UserError(
            "%(value)s has too many decimals; write at most %(places)s.", value=text, places=places
        )
    return round(number, places)


def as_whole(text: str) -> int:
    """A whole number."""
    number = as_decimal(text, 10)
    if number != int(number):
        raise UserError("%(value)s is not a whole number.", value=text)
    return int(number)


def as_date(text: str) -> date:
    """A day: 2026-11-22, 2026/11/22, 2026.11.22, 20261122 or with the Chinese signs; a midnight behind it is let go."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(" 00:00:00").removesuffix(" 00:00")
    match = _DATE.fullmatch(plain) or _COMPACT_DATE.fullmatch(plain)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise UserError("%(value)s is not a date; write it like 2026-11-22.", value=text)


def as_instant(text: str, time_zone: str = DEFAULT_TIME_ZONE) -> datetime:
    """An instant, aware in UTC, from the wall clock of `time_zone`: 2026-11-22 14:05."""
    day, _, clock_time = unicodedata.normalize("NFKC", text).strip().replace("T", " ").partition(" ")
    try:
        local = datetime.fromisoformat(f"{as_date(day).isoformat()} {clock_time.strip() or '00:00'}")
    except ValueError:
        raise UserError("%(value)s is not a time; write it like 2026-11-22 14:05.", value=text) from None
    if local.tzinfo is None:
        local = local.replace(tzinfo=ZoneInfo(time_zone))
    return local.astimezone(UTC)


def as_yes_no(text: str) -> bool:
    """Yes or no, in any language of the program, or as TRUE, FALSE, 1, 0."""
    word = folded(text)
    if word in _YES or word in map(folded, in_languages(YES).values()):
        return True
    if word in _NO or word in map(folded, in_languages(NO).values()):
        return False
    raise UserError('%(value)s is neither "yes" nor "no".', value=text)


def to_json(value: Any) -> Any:
    """A value as JSON can keep it: exact figures and days as text."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def from_json(column: Any, value: Any) -> Any:
    """What `to_json` made of a value of this database column, back again."""
    if not isinstance(value, str):
        return value
    readers: tuple[tuple[Any, Callable[[str], Any]], ...] = (
        ((Money, Quantity), Decimal),
        (UtcDateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
    )
    return next((read(value) for types, read in readers if isinstance(column.type, types)), value)
