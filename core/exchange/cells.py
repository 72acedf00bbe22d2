"""The text of a cell as the value of an entity's field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import BigInteger, String

from core.data import UserError
from core.entities.spec import Entity, Field
from core.exchange import values
from core.exchange.words import folded, in_languages
from core.ui import format as shown

_PLACES = {"money": 2, "quantity": 4}
_LARGEST_EXACT = Decimal("90000000000000")
_LARGEST_32, _LARGEST_64 = 2**31 - 1, 2**63 - 1


@dataclass(frozen=True)
class Reading:
    """What reading needs beside the text: the branch's time zone, and the ids that texts name, by reference field."""

    time_zone: str
    references: Mapping[str, Mapping[str, set[int]]]


def read_cell(entity: Entity, each: Field, text: str, reading: Reading) -> Any:
    """The value, or UserError saying what is wrong with the text. `text` is not empty."""
    kind = entity.kind(each)
    if kind in _PLACES:
        return _exact(text, _PLACES[kind])
    if kind == "integer":
        return _whole(entity, each, text)
    if kind == "choice":
        return _choice(each, text)
    if kind == "reference":
        return _reference(text, reading.references.get(each.name, {}))
    if kind == "instant":
        return _instant(text, reading)
    plain: dict[str, Callable[[str], Any]] = {"date": values.as_date, "yes_no": values.as_yes_no}
    return plain[kind](text) if kind in plain else _text(entity, each, text)


def _exact(text: str, places: int) -> Decimal:
    number = values.as_decimal(text, places)
    if abs(number) > _LARGEST_EXACT:
        raise UserError("%(value)s is too large a number.", value=text)
    return number


def _whole(entity: Entity, each: Field, text: str) -> int:
    number = values.as_whole(text)
    column = entity.column(each.name)
    largest = _LARGEST_64 if isinstance(column.type, BigInteger) else _LARGEST_32
    if abs(number) > largest:
        raise UserError("%(value)s is too large a number.", value=text)
    return number


def _choice(each: Field, text: str) -> str:
    wanted = folded(text)
    for code, label in each.options:
        if wanted == folded(code) or wanted in map(folded, in_languages(label).values()):
            return code
    raise UserError(
        "%(value)s is not one of the choices: %(choices)s.",
        value=text,
        choices=LazyString(lambda: shown.listed(label for _, label in each.options)),
    )


def _reference(text: str, known: Mapping[str, set[int]]) -> int:
    ids = known.get(text, set())
    if len(ids) == 1:
        return next(iter(ids))
    if ids:
        raise UserError("%(value)s names several records; write its number instead.", value=text)
    raise UserError("There is no %(value)s in this branch.", value=text)


def _instant(text: str, reading: Reading) -> datetime:
    return values.as_instant(text, reading.time_zone)


def _text(entity: Entity, each: Field, text: str) -> str:
    column = entity.column(each.name)
    length = column.type.length if isinstance(column.type, String) else None
    if length and len(text) > length:
        raise UserError("This is longer than %(limit)s characters.", limit=length)
    if each.pattern and not re.search(each.pattern, text):
        raise UserError("%(value)s does not have the right form. %(help)s", value=text, help=each.help or "")
    return text
