"""The billing statements' words: exact integer arithmetic and dates, the same on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Integer, case, cast, extract, func, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.functions import GenericFunction

from core.data import greatest, least
from core.data.types import PARTS_PER_UNIT
from plugins.gas.rules.metering import MOST_DIGITS, PLAUSIBLE_PART

HALF_FEN, FEN = 500_000, 1_000_000
"""A volume times a price, both in 1/10,000, is in 1/1,000,000 of a fen."""


class day_of(GenericFunction[date]):  # noqa: N801 - a function of SQL
    """The date of a year, a month and a day."""

    type = Date()
    name = "make_date"
    inherit_cache = True


@compiles(day_of, "sqlite")
def _day_of_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"printf('%04d-%02d-%02d', {compiler.process(element.clauses, **kw)})"


class lies_between(GenericFunction[bool]):  # noqa: N801 - a function of SQL
    """Whether a column that is looked up by a key anyway lies in a range too.

    PostgreSQL may read the range and join by hashing. SQLite is kept from it: it would walk the range for each row
    of the other side instead of looking up one.
    """

    type = Boolean()
    name = "lies_between"
    inherit_cache = True


@compiles(lies_between)
def _lies_between(element: Any, compiler: Any, **kw: Any) -> str:
    column, first, last = (compiler.process(part, **kw) for part in element.clauses)
    return f"({column} BETWEEN {first} AND {last})"


@compiles(lies_between, "sqlite")
def _lies_between_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(+{_lies_between(element, compiler, **kw).removeprefix('(')}"


def units(column: Any) -> ColumnElement[int]:
    """A quantity as the integer of 1/10,000 that the database keeps."""
    return type_coerce(column, BigInteger)


def total_of(expression: Any) -> ColumnElement[int]:
    """A sum of integers, as an integer: PostgreSQL makes a numeric of it."""
    return cast(func.coalesce(func.sum(expression), 0), BigInteger)


def capacity(digits: Any) -> ColumnElement[int]:
    """What a dial of so many digits counts before it begins again, in 1/10,000 m3."""
    sizes = {count: 10**count * PARTS_PER_UNIT for count in range(1, MOST_DIGITS + 1)}
    return cast(case(sizes, value=digits, else_=0), BigInteger)


def is_plausible_rollover(previous: Any, current: Any, size: Any) -> ColumnElement[bool]:
    """As `rules.judge_reading` has it: the usage is at most a tenth of what the dial can count."""
    plausible: ColumnElement[bool] = (current + size - previous) * PLAUSIBLE_PART <= size
    return plausible


def volume_in_tier(before: Any, after: Any, lower: Any, upper: Any) -> ColumnElement[int]:
    """The part of the volume from `before` to `after` that lies above `lower` and up to `upper` (NULL: no end)."""
    top = least(after, func.coalesce(upper, after))
    return type_coerce(greatest(0, top - greatest(before, lower)), BigInteger)


def fen_of(millionths: ColumnElement[int]) -> ColumnElement[int]:
    """Rounded half up to whole fen."""
    return cast((millionths + HALF_FEN) // FEN, BigInteger)


def part_of(what: str, column: Any) -> ColumnElement[int]:
    """The `year`, `month` or `day` of a date, as an integer."""
    return cast(extract(what, column), Integer)


def month_count(period: Any) -> ColumnElement[int]:
    """The months of a period such as `2026-10` since year 0, so that periods can be subtracted."""
    return cast(func.substr(period, 1, 4), Integer) * 12 + cast(func.substr(period, 6, 2), Integer)
