"""How a value lies to another (`Compares`), in Python and in SQL: both say the same, and neither ever "unknown"."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Date, and_, false, func, literal, type_coerce

from core.data import Money, Quantity, UtcDateTime, clock
from core.data.types import FEN_PER_YUAN, PARTS_PER_UNIT
from core.handbook.kinds import Compares

IS, MORE, LESS, AT_LEAST, AT_MOST, HAS = "is", "more", "less", "at_least", "at_most", "has"
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    IS: operator.eq,
    MORE: operator.gt,
    LESS: operator.lt,
    AT_LEAST: operator.ge,
    AT_MOST: operator.le,
}
_LARGEST = 2**63 - 1
_ONE_DAY = timedelta(days=1)


def lies(condition: Compares, value: Any) -> bool:
    """Whether a value lies so; an empty one does not."""
    if value is None:
        return False
    if condition.sign == HAS:
        return condition.value in value
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return bool(_SIGNS[condition.sign](value, condition.value))


def lies_in_sql(column: Any, condition: Compares) -> ColumnElement[bool]:
    """The same of a column's rows."""
    return and_(column.is_not(None), _asked(column, condition.sign, condition.value))


def _asked(column: Any, sign: str, value: Any) -> ColumnElement[bool]:
    if sign == HAS:  # LIKE would read small and large letters alike on SQLite
        without = func.length(func.replace(column, value, ""))
        return without < func.length(column)
    if isinstance(column.type, UtcDateTime):
        return _of_day(column, sign, value)
    if isinstance(column.type, Date):
        compared: ColumnElement[bool] = _SIGNS[sign](column, literal(value, Date))
        return compared
    return _of_figure(column, sign, Decimal(value))


def _of_day(column: Any, sign: str, day: date) -> ColumnElement[bool]:
    """Instants by the day that the clock on the wall shows."""
    begins, ends = _midnight(day), _midnight(day + _ONE_DAY)
    if sign == IS:
        return and_(column >= begins, column < ends)
    asked = {MORE: column >= ends, AT_LEAST: column >= begins, LESS: column < begins, AT_MOST: column < ends}
    return and_(True, asked[sign])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(clock.DEFAULT_TIME_ZONE))


def _of_figure(column: Any, sign: str, value: Decimal) -> ColumnElement[bool]:
    """Figures by the whole units in which they are kept, so that one with more decimals is compared exactly too."""
    kinds = ((Money, FEN_PER_YUAN), (Quantity, PARTS_PER_UNIT))
    exact = value * next((scale for kind, scale in kinds if isinstance(column.type, kind)), 1)
    if sign == IS and exact != exact.to_integral_value():
        return false()
    way = ROUND_FLOOR if sign in (MORE, AT_MOST) else ROUND_CEILING
    whole = int(exact.to_integral_value(rounding=way))
    bounded = max(-_LARGEST, min(_LARGEST, whole))
    compared: ColumnElement[bool] = _SIGNS[sign](
        type_coerce(column, BigInteger), literal(bounded, BigInteger)
    )
    return compared
