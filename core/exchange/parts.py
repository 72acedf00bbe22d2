"""Rows judged and stored a part at a time where there are many, so that it can be told how far this is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from core.exchange import limits
from core.exchange.kinds import ImportKind, Row

PART = 1_000
T = TypeVar("T")
Told = Callable[[int], None]


def unheard(_rows: int) -> None:
    """For those who wait for the answer."""


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def judge(
    session: Session, kind: ImportKind, rows: list[Row], params: dict[str, str], told: Told = unheard
) -> list[Row]:
    """The rows as the kind judges them; those that it leaves out are missing. `told`: how many are judged."""
    if kind.over_all is None or len(rows) <= limits.MAX_ROWS_AT_ONCE:
        kind.check(session, rows, params)
        return rows
    kind.over_all(session, rows, params)
    judged: list[Row] = []
    for number, part in enumerate(parts(rows, PART)):
        some = list(part)
        kind.check(session, some, params)
        judged += some
        told(number * PART + len(part))
    return judged


def store(
    session: Session,
    kind: ImportKind,
    rows: list[Row],
    params: dict[str, str],
    user_id: int | None,
    told: Told = unheard,
) -> int:
    """Let the kind store the rows, in the transaction of the caller; answers how many it stored."""
    if kind.over_all is None or len(rows) <= limits.MAX_ROWS_AT_ONCE:
        return kind.store(session, rows, params, user_id)
    stored = 0
    for number, part in enumerate(parts(rows, PART)):
        stored += kind.store(session, list(part), params, user_id)
        told(number * PART + len(part))
    return stored
