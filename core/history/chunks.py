"""Set-wise work leaves one entry a chunk: how many rows of which table, and a checksum over what was posted."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.history.models import CHUNK
from core.history.writing import Told, tell

_PRIME = 2_147_483_647
_FACTOR = 48_271


@dataclass
class Tally:
    """What the statements of a chunk did: table -> action -> rows. `checksum` is set by whoever knows what to sum."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    checksum: str = ""

    def add(self, table: str, action: str, count: int) -> None:
        of_table = self.counts.setdefault(table, {})
        of_table[action] = of_table.get(action, 0) + count


_tally: ContextVar[Tally | None] = ContextVar("zhidu_tally", default=None)


def current_tally() -> Tally | None:
    return _tally.get()


@contextlib.contextmanager
def one_entry(session: Session, model: Any, record_id: int | None = None, **details: Any) -> Iterator[Tally]:
    """The statements inside become one entry about a record of `model` (the run, the sheet), with counts and checksum.

    For work by the thousand, whose posted rows are their own history. Rows that are flushed one by one are told as
    always. Nothing is written when the block raises, nor when it changed no row.
    """
    tally = Tally()
    token = _tally.set(tally)
    try:
        yield tally
        session.flush()
    finally:
        _tally.reset(token)
    counts = {name: each for name, each in tally.counts.items() if any(each.values())}
    if counts:
        told = {**details, "counts": counts, **({"checksum": tally.checksum} if tally.checksum else {})}
        tell(session, [Told(CHUNK, setwise.table_of(model).name, record_id, details=told)])


def checksum(session: Session, rows: Select[Any]) -> str:
    """A checksum over the whole-number columns of a Core select in the active branch, whatever the order of its rows.

    Worked out by the database, alike on both; NULL counts as 0.
    """
    inner = rows.subquery()
    mixed: Any = 0
    for column in inner.c:
        mixed = (mixed * _FACTOR + func.coalesce(cast(column, BigInteger), 0) % _PRIME) % _PRIME
    summed: Select[Any] = select(func.count(), func.coalesce(func.sum(mixed), 0)).select_from(inner)  # type: ignore[assignment]
    found = setwise.fetch(session, summed)
    count, total = int(found[0][0]), int(found[0][1])
    return hashlib.sha256(f"{count}:{total}".encode()).hexdigest()[:16]
