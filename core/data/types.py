"""Column types: exact money and quantities, instants in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Any, cast

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# Refuses, where the usual context would round.
_EXACT = Context(prec=40, traps=[Inexact, InvalidOperation, Overflow])
_WHOLE = Decimal(1)
FEN_PER_YUAN = 100
PARTS_PER_UNIT = 10_000


def _scaled(value: Decimal | int | str, scale: int) -> int:
    if isinstance(value, float | bool):
        raise TypeError(f"a {type(value).__name__} cannot hold money or a quantity exactly; use Decimal")
    try:
        return int(_EXACT.quantize(_EXACT.multiply(Decimal(value), scale), _WHOLE))
    except (Inexact, InvalidOperation, Overflow):
        raise ValueError(
            f"{value} has more decimals than 1/{scale} can hold; round it by a stated policy first"
        ) from None


class _ScaledInteger(TypeDecorator[Decimal]):
    impl = BigInteger
    cache_ok = True
    scale: int
    places: Decimal

    @property
    def python_type(self) -> type[Any]:
        return Decimal

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else _scaled(value, self.scale)

    def process_literal_param(self, value: Any, dialect: Dialect) -> str:
        return "NULL" if value is None else str(_scaled(value, self.scale))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(int(value)) / self.scale).quantize(self.places)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self


class Money(_ScaledInteger):
    """Yuan in Python (Decimal, two places), integer fen in the database."""

    cache_ok = True
    scale = FEN_PER_YUAN
    places = Decimal("0.01")


class Quantity(_ScaledInteger):
    """A volume (m³) or a unit price (yuan): Decimal with four places in Python, integer 1/10,000 in the database."""

    cache_ok = True
    scale = PARTS_PER_UNIT
    places = Decimal("0.0001")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, naive UTC in the database (both databases order it alike)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone; take it from core.data.clock")
        return cast(datetime, value).astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else cast(datetime, value).replace(tzinfo=UTC)
