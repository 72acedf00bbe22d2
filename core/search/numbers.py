"""The tokens of numbers, made by the database itself: for rows that one statement posts by the thousand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func

from core.search.models import LONGEST
from core.search.tokens import LAST, LAST_FEW, SEPARATORS


def plain_in_sql(column: Any) -> ColumnElement[str]:
    """`core.search.tokens.plain` of a column, for values in ASCII."""
    found: Any = func.lower(cast(column, String))
    for each in SEPARATORS:
        found = func.replace(found, each, "")
    return found  # type: ignore[no-any-return]


def tokens_in_sql(column: Any) -> Iterator[ColumnElement[str]]:
    """What `core.search.tokens` says of numbers; a token may come twice, or be empty."""
    whole = plain_in_sql(column)
    yield func.substr(whole, 1, LONGEST)
    yield _end(whole, LAST)
    yield _end(whole, LAST_FEW)
    yield func.ltrim(_end(whole, LAST), "0")


def _end(whole: Any, length: int) -> Any:
    return func.substr(whole, func.length(whole) - length + 1) if length else whole
