"""Conditions on the fields of an entity, read from texts that anybody may have typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, String, cast

from core.data import UserError
from core.entities.reading import readable
from core.entities.spanning import BRANCH, spans
from core.entities.spec import Entity, Field

OPERATORS = ("eq", "neq", "gt", "lt", "ge", "le", "sw", "ct")
MAX_ID = 2**31 - 1
LONGEST = 200
_LARGEST_FIGURE = Decimal("90000000000000")
_WORDS = {
    "1": True,
    "true": True,
    "yes": True,
    "y": True,
    "0": False,
    "false": False,
    "no": False,
    "n": False,
}


@dataclass(frozen=True)
class Filter:
    """`column operator value`, the value as text; `sw` is "starts with", `ct` is "contains"."""

    column: str
    operator: str
    value: str


def clean(text: str) -> str:
    """A text to look for, short and without the characters that no stored text holds."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cc", "Cs"))
    return "".join(kept).strip()[:LONGEST]


def contains(column: Any, text: str) -> Any:
    """Whether a column holds a text; capitals count only where there are none, so Chinese stays fast."""
    column = cast(column, String)
    if text.lower() == text.upper():
        return column.contains(text, autoescape=True)
    return column.icontains(text, autoescape=True)


def condition(entity: Entity, each: Filter) -> Any:
    """The SQL condition of a filter. Raises UserError for a field, operator or value that does not fit."""
    described = entity.by_name.get(each.column)
    if each.column == "id":
        return _compare(entity.model.id, each.operator, _whole(each.value, MAX_ID))
    if each.column == BRANCH and spans(entity):
        return _compare(entity.model.branch_id, each.operator, _whole(each.value, MAX_ID))
    if described is None or not is_comparable(entity, each.column):
        raise UserError("There is no field %(name)s to filter by.", name=each.column)
    column = getattr(entity.model, each.column)
    if each.operator == "ct":
        return contains(column, clean(each.value))
    if each.operator == "sw":
        return cast(column, String).startswith(clean(each.value), autoescape=True)
    return _compare(column, each.operator, parse(entity, described, each.value))


def is_comparable(entity: Entity, name: str) -> bool:
    """Whether the reader may compare, and so sort, rows by a field: they may see it, and its column is no document.

    What is masked or hidden is answered like a field that is not there.
    """
    column = entity.column(name)
    return column is not None and not isinstance(column.type, JSON) and readable(entity, name)


def _compare(column: Any, operator: str, value: Any) -> Any:
    comparisons = {
        "eq": column == value,
        "neq": column != value,
        "gt": column > value,
        "lt": column < value,
        "ge": column >= value,
        "le": column <= value,
    }
    if operator not in comparisons:
        raise UserError(
            "The filter %(operator)s is not known; use one of %(known)s.",
            operator=operator,
            known=", ".join(OPERATORS),
        )
    return comparisons[operator]


def parse(entity: Entity, described: Field, text: str) -> Any:
    """The Python value of a filter's text; UserError when it does not fit the field."""
    kind, column = entity.kind(described), entity.column(described.name)
    try:
        if kind in ("money", "quantity"):
            return _figure(text, places=2 if kind == "money" else 4)
        if kind in ("integer", "reference"):
            return _whole(text, 2**63 - 1 if isinstance(column.type, BigInteger) else MAX_ID)
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "instant":
            return _instant(text)
        if kind == "yes_no":
            return _WORDS[text.lower()]
    except (ValueError, KeyError, ArithmeticError):
        raise UserError(
            "%(value)s does not fit the field %(name)s.", value=clean(text), name=described.name
        ) from None
    return clean(text)


def _whole(text: str, largest: int) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20 and int(digits) <= largest):
        raise UserError("%(value)s is not a whole number.", value=clean(text))
    return int(text)


def _figure(text: str, places: int) -> Decimal:
    figure = Decimal(text)
    if not figure.is_finite() or abs(figure) > _LARGEST_FIGURE:
        raise ValueError(text)
    if figure != round(figure, places):
        raise ValueError(text)
    return figure


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant
