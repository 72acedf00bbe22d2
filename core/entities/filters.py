"""Conditions on the fields of an entity, read from texts that anybody may have typed."""

from __future__ import annotations

import operator
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, String, and_, cast, not_, or_, select

from core.data import UserError
from core.data.clock import DEFAULT_TIME_ZONE
from core.entities.reading import readable
from core.entities.spanning import BRANCH, spans
from core.entities.spec import Entity, Field
from core.people.access import current_person
from core.search.asking import contains

OPERATORS = ("eq", "neq", "gt", "lt", "ge", "le", "sw", "ct", "in", "out", "none", "some")
MOST_VALUES = 50
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
    """`column operator value`, the value as text.

    `sw` is "starts with", `ct` "contains"; `in` and `out` take several values between commas; `none` and `some` ask
    whether anything is entered and take no value. `by_day` lets an instant be asked for by its day, as the active
    branch's clock has it.
    """

    column: str
    operator: str
    value: str
    by_day: bool = True


def clean(text: str) -> str:
    """A text to look for, short and without the characters that no stored text holds."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cc", "Cs"))
    return "".join(kept).strip()[:LONGEST]


def condition(entity: Entity, each: Filter) -> Any:
    """The SQL condition of a filter. Raises UserError for a field, operator or value that does not fit."""
    described = entity.by_name.get(each.column)
    if each.column == "id":
        return _compare(entity.model.id, each.operator, whole(each.value, MAX_ID))
    if each.column == BRANCH and spans(entity):
        return _compare(entity.model.branch_id, each.operator, whole(each.value, MAX_ID))
    if described is None or not is_narrowing(entity, each.column):
        raise UserError("There is no field %(name)s to filter by.", name=each.column)
    if entity.column(each.column) is None:
        return _elsewhere(entity, described, each)
    column = getattr(entity.model, each.column)
    if each.operator == "ct":
        return contains(column, clean(each.value))
    if each.operator == "sw":
        return cast(column, String).startswith(clean(each.value), autoescape=True)
    if each.operator in ("none", "some"):
        return _entered(column, each.operator == "some")
    if each.operator in ("in", "out"):
        return _among(column, [parse(entity, described, text) for text in values_of(each)], each.operator)
    if each.by_day and entity.kind(described) == "instant" and (day := _day(each.value)) is not None:
        return _compare_day(column, each.operator, day)
    return _compare(column, each.operator, parse(entity, described, each.value))


def _elsewhere(entity: Entity, described: Field, each: Filter) -> Any:
    """The condition of a field that has no column: its record's own, or that of each value that is asked for."""
    if described.owner is not None:
        found = select(described.owner.model.id).where(condition(described.owner, each))
        return getattr(entity.model, described.of).in_(found)
    if described.asked is None or each.operator not in ("eq", "neq", "in", "out"):
        raise UserError("There is no field %(name)s to filter by.", name=each.column)
    values = [parse(entity, described, text) for text in values_of(each)]
    found_in = or_(*(described.asked(value) for value in values))
    return found_in if each.operator in ("eq", "in") else not_(found_in)


def values_of(each: Filter) -> list[str]:
    """The values of a filter, several of them where it takes several."""
    texts = each.value.split(",") if each.operator in ("in", "out") else [each.value]
    return [text for text in texts if text][:MOST_VALUES]


def _entered(column: Any, wanted: bool) -> Any:
    is_text = isinstance(column.type, String)
    empty = or_(column.is_(None), column == "") if is_text else column.is_(None)
    return not_(empty) if wanted else empty


def _among(column: Any, values: list[Any], how: str) -> Any:
    return column.in_(values) if how == "in" else or_(column.not_in(values), column.is_(None))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _compare_day(column: Any, how: str, day: date) -> Any:
    """Instants against a day as the active branch's clock has it."""
    person = current_person()
    zone = ZoneInfo(person.branch.time_zone if person and person.branch else DEFAULT_TIME_ZONE)
    if not 1900 <= day.year <= 9000:  # what lies outside is no instant in every zone
        raise UserError("%(value)s does not fit the field %(name)s.", value=str(day), name=column.key)
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    comparisons = {
        "eq": and_(column >= begins, column < ends),
        "gt": column >= ends,
        "lt": column < begins,
        "ge": column >= begins,
        "le": column < ends,
    }
    return comparisons[how] if how in comparisons else _compare(column, how, begins)


def is_comparable(entity: Entity, name: str) -> bool:
    """Whether the reader may compare, and so sort, rows by a field: they may see it, and its column is no document.

    What is masked or hidden is answered like a field that is not there.
    """
    column = entity.column(name)
    return column is not None and not isinstance(column.type, JSON) and readable(entity, name)


def is_narrowing(entity: Entity, name: str) -> bool:
    """Whether the reader may narrow a list by a field: one that may be compared, or that is asked for elsewhere."""
    described = entity.by_name.get(name)
    if described is None or entity.column(name) is not None:
        return is_comparable(entity, name)
    if described.owner is not None:
        return is_comparable(described.owner, name)
    return described.asked is not None and readable(entity, name)


_COMPARISONS = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": operator.gt,
    "lt": operator.lt,
    "ge": operator.ge,
    "le": operator.le,
}


def _compare(column: Any, how: str, value: Any) -> Any:
    """One comparison; of yes and no none is the larger."""
    if how not in _COMPARISONS or (isinstance(value, bool) and how not in ("eq", "neq")):
        raise UserError(
            "The filter %(operator)s is not known; use one of %(known)s.",
            operator=how,
            known=", ".join(OPERATORS),
        )
    return _COMPARISONS[how](column, value)


def parse(entity: Entity, described: Field, text: str) -> Any:
    """The Python value of a filter's text; UserError when it does not fit the field."""
    kind, column = entity.kind(described), entity.column(described.name)
    try:
        if kind in ("money", "quantity"):
            return figure(text, places=2 if kind == "money" else 4)
        if kind in ("integer", "reference"):
            is_big = column is not None and isinstance(column.type, BigInteger)
            return whole(text, 2**63 - 1 if is_big else MAX_ID)
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "instant":
            return instant(text)
        if kind == "yes_no":
            return _WORDS[text.lower()]
    except (ValueError, KeyError, ArithmeticError):
        raise UserError(
            "%(value)s does not fit the field %(name)s.", value=clean(text), name=described.name
        ) from None
    return clean(text)


def whole(text: str, largest: int) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20 and int(digits) <= largest):
        raise UserError("%(value)s is not a whole number.", value=clean(text))
    return int(text)


def figure(text: str, places: int) -> Decimal:
    figure = Decimal(text)
    if not figure.is_finite() or abs(figure) > _LARGEST_FIGURE:
        raise ValueError(text)
    if figure != round(figure, places):
        raise ValueError(text)
    return figure


def instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
