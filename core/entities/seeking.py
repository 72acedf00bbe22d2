"""Pages found by the row that they follow: any page of any order costs what the first one does.

A page's address carries the ordered values of the row before it. Nothing is counted off, and rows that come or go
meanwhile neither repeat nor hide others.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Select, UniqueConstraint, and_, bindparam, false, or_, tuple_
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.types import Quantity
from core.entities.filters import MAX_ID, figure, instant, whole
from core.entities.spanning import BRANCH

FAR = 1_000
"""From so many rows on, a page that is asked for by its number is counted off in an index alone."""
LONGEST = 1_200
"""Characters of a place in an address. Behind a row with longer values, pages are counted off."""


_BEHIND = "behind"
Following = Callable[[Select[Any]], list[Select[Any]]]


@dataclass(frozen=True)
class Ordered:
    """One column of an order."""

    name: str
    descending: bool = False


def ordering(model: Any, orders: Sequence[Ordered]) -> list[Any]:
    """The ORDER BY."""
    columns = [(getattr(model, each.name), each.descending) for each in orders]
    return [column.desc() if descending else column.asc() for column, descending in columns]


def turned(orders: Sequence[Ordered]) -> list[Ordered]:
    """The same order from its end."""
    return [Ordered(each.name, not each.descending) for each in orders]


def place_of(orders: Sequence[Ordered], record: Any) -> str:
    """Where a record stands, for an address; nothing when its values are too long for one."""
    values = [_name_of(orders), *(_plain(getattr(record, each.name)) for each in orders)]
    text = base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")
    return text if len(text) <= LONGEST else ""


def read_place(model: Any, orders: Sequence[Ordered], text: str) -> tuple[Any, ...] | None:
    """The values of a place; None for anything that `place_of` did not write for this order."""
    if not text or len(text) > LONGEST:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(orders) + 1 or values[0] != _name_of(orders):
            return None
        pairs = zip(orders, values[1:], strict=True)
        return tuple(_value(getattr(model, each.name), value) for each, value in pairs)
    except (ValueError, TypeError, ArithmeticError, RecursionError, UserError):
        return None


def _name_of(orders: Sequence[Ordered]) -> str:
    """Tells orders apart: a place in one says nothing about any other."""
    return " ".join(f"-{each.name}" if each.descending else each.name for each in orders)


def following(model: Any, orders: Sequence[Ordered], place: Sequence[Any], is_null_large: bool) -> Following:
    """What makes of a list the statements that, one after the other, give its rows behind a place.

    The place itself is given with them, as `values_of_place` says; they depend only on what of it is empty.
    """
    names = [None if value is None else _bound(model, orders, number) for number, value in enumerate(place)]

    def made(statement: Select[Any]) -> list[Select[Any]]:
        ordered = ordering(model, orders)
        return [
            statement.where(each).order_by(*ordered) for each in _parts(model, orders, names, is_null_large)
        ]

    return made


def after(
    session: Session,
    statement: Select[Any],
    model: Any,
    orders: Sequence[Ordered],
    place: Sequence[Any],
    limit: int,
) -> list[Any]:
    """At most `limit` rows of a statement that follow a place."""
    found: list[Any] = []
    for each in following(model, orders, place, is_null_large(session))(statement):
        found += session.execute(each.limit(limit - len(found)), values_of_place(place))
        if len(found) >= limit:
            break
    return found


def kind_of_place(orders: Sequence[Ordered], place: Sequence[Any], is_null_large: bool) -> Hashable:
    """What tells the statements behind one place from those behind another."""
    return (_BEHIND, tuple(orders), tuple(value is None for value in place), is_null_large)


def is_behind(kind: Hashable) -> bool:
    """Whether statements of a kind give the rows behind a place."""
    return isinstance(kind, tuple) and kind[0] == _BEHIND


def values_of_place(place: Sequence[Any]) -> dict[str, Any]:
    """A place as it is given to the statements."""
    return {f"place{number}": value for number, value in enumerate(place) if value is not None}


def _bound(model: Any, orders: Sequence[Ordered], number: int) -> Any:
    return bindparam(f"place{number}", type_=getattr(model, orders[number].name).type)


def is_null_large(session: Session) -> bool:
    """Whether the database puts empty values behind all others."""
    return session.get_bind().dialect.name == "postgresql"


def columns_counted(model: Any, orders: Sequence[Ordered], is_one: bool) -> Sequence[Ordered]:
    """What has to be read to count rows off: what an index alone answers, which is what the list is ordered by.

    `is_one`: the rows are of one branch, so that what is unique in a branch needs no id beside it.
    """
    is_sure = is_one and len(orders) == 2 and _is_unique(model, orders[0].name)
    return orders[:1] if is_sure else orders


def place_counted(row: Any, orders: Sequence[Ordered]) -> tuple[Any, ...]:
    """The place of a row of which `columns_counted` were read."""
    return tuple(row) if len(row) == len(orders) else (row[0], -1 if orders[1].descending else MAX_ID)


def _is_unique(model: Any, name: str) -> bool:
    """Whether no two rows of a branch have the same value in a column, and all have one."""
    constraints = (each for each in model.__table__.constraints if isinstance(each, UniqueConstraint))
    return not _may_be_null(getattr(model, name)) and any(
        set(each.columns.keys()) == {BRANCH, name} for each in constraints
    )


def _parts(model: Any, orders: Sequence[Ordered], place: Sequence[Any], is_null_large: bool) -> list[Any]:
    """What follows a place, in pieces that are each one stretch of an index: the empty values are one of their own."""
    first, value = getattr(model, orders[0].name), place[0]
    nulls_follow = is_null_large != orders[0].descending
    if value is not None:
        rest = _beyond(model, orders, place, is_null_large)
        return [rest, first.is_(None)] if nulls_follow and _may_be_null(first) else [rest]
    among = and_(first.is_(None), _beyond(model, orders[1:], place[1:], is_null_large))
    return [among] if nulls_follow else [among, first.is_not(None)]


def _beyond(model: Any, orders: Sequence[Ordered], place: Sequence[Any], is_null_large: bool) -> Any:
    """Whether a row lies beyond a place; as one comparison of rows where the order allows, which an index answers."""
    columns = [getattr(model, each.name) for each in orders]
    is_even = len({each.descending for each in orders}) == 1
    if is_even and not any(_may_be_null(column) for column in columns[1:]):
        row = tuple_(*columns)
        return row < tuple_(*place) if orders[0].descending else row > tuple_(*place)
    steps: list[Any] = []
    same: list[Any] = []
    for column, each, value in zip(columns, orders, place, strict=True):
        steps.append(and_(*same, _beyond_one(column, value, each.descending, is_null_large)))
        same.append(column.is_(None) if value is None else column == value)
    return or_(*steps)


def _beyond_one(column: Any, value: Any, descending: bool, is_null_large: bool) -> Any:
    nulls_follow = is_null_large != descending
    if value is None:
        return false() if nulls_follow else column.is_not(None)
    beyond = column < value if descending else column > value
    return or_(beyond, column.is_(None)) if nulls_follow and _may_be_null(column) else beyond


def _may_be_null(column: Any) -> bool:
    return bool(column.nullable) if hasattr(column, "nullable") else True


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _value(column: Any, value: Any) -> Any:
    """A value of a place as its column has it. Raises ValueError for any other."""
    if value is None:
        if not _may_be_null(column):
            raise ValueError("an empty value")
        return None
    kind = column.type.python_type
    if kind is bool or kind is int:
        if not isinstance(value, int) or isinstance(value, bool) is not (kind is bool):
            raise ValueError(value)
        largest = 2**63 - 1 if isinstance(column.type, BigInteger) else MAX_ID
        return value if kind is bool else whole(str(value), largest)
    if not isinstance(value, str):
        raise ValueError(value)
    if kind is Decimal:
        return figure(value, places=4 if isinstance(column.type, Quantity) else 2)
    if kind is datetime:
        return instant(value)
    if kind is date:
        return date.fromisoformat(value)
    if "\x00" in value or any(unicodedata.category(each) == "Cs" for each in value):
        raise ValueError(value)
    return value
