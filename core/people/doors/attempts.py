"""Knocking in vain: counted in the database, so that all processes together count, and answered by waiting longer.

An attempt is counted before the password is judged: of many at the same moment no more get through than one by one.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from core.data import clock
from core.people.doors.models import DoorCounter


@dataclass(frozen=True)
class Limit:
    """`free` attempts in vain, then a wait that doubles with each further one; forgotten `forgotten` after the last.

    With `window` it is a plain rate instead: `free` attempts in each window, whatever becomes of them.
    """

    kind: str
    free: int
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(minutes=15)
    forgotten: timedelta = timedelta(hours=12)
    window: timedelta | None = None

    def wait_after(self, count: int) -> timedelta | None:
        """How long the door stays closed after the attempt of that number; None: not at all."""
        if count < self.free:
            return None
        doublings: int = min(count - self.free, 20)
        return min(self.first_wait * (1 << doublings), self.longest_wait)


ACCOUNT = Limit("account", free=5)
CODE = Limit("code", free=5)
ADDRESS = Limit("address", free=50, forgotten=timedelta(minutes=15))
FORGOTTEN = Limit("forgotten", free=5, window=timedelta(hours=1))
FORGOTTEN_FROM = Limit("forg-from", free=30, window=timedelta(hours=1))
KEPT = timedelta(days=1)
"""What was counted longer ago says nothing any more, and goes with the next log-in that is right."""


def rate(a_minute: int) -> Limit:
    """How many log-ins one address may try in a minute, in vain or not."""
    return Limit("rate", free=a_minute, window=timedelta(minutes=1))


def network_of(address: str) -> str:
    """What counts as one address: a line's whole /64 of IPv6, which its holder hands out to itself as it likes."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def knock(engine: Engine, *doors: tuple[Limit, str]) -> int:
    """Count an attempt at each door. Answers the seconds to wait; 0: go on, all are open.

    At a closed door nothing is counted, so that waiting always ends.
    """
    with engine.begin() as connection:
        rows = [_row(connection, limit, name) for limit, name in doors]
        now = clock.now()
        waits = [_wait(limit, row, now) for (limit, _name), row in zip(doors, rows, strict=True)]
        if any(waits):
            return max(waits)
        for (limit, _name), row in zip(doors, rows, strict=True):
            connection.execute(
                update(_table()).where(_table().c.id == row.id).values(**_counted(limit, row, now))
            )
    return 0


def let_in(engine: Engine, cleared: tuple[Limit, str], *given_back: tuple[Limit, str]) -> None:
    """An attempt was right: what was counted in vain before is forgotten for the one, taken back for the others."""
    table = _table()
    with engine.begin() as connection:
        connection.execute(delete(table).where(*_is(*cleared)))
        connection.execute(delete(table).where(table.c.counted_at < clock.now() - KEPT))
        for limit, name in given_back:
            row = _row(connection, limit, name)
            count = max(row.count - 1, 0)
            closed = row.closed_until if limit.wait_after(count) else None
            values = {"count": count, "closed_until": closed}
            connection.execute(update(table).where(table.c.id == row.id).values(**values))


def forget(database: Session, *doors: tuple[Limit, str]) -> None:
    """Open doors again that knocking in vain has closed. The caller commits."""
    for limit, name in doors:
        database.execute(delete(_table()).where(*_is(limit, name)))


def closed_until(connection: Any, *doors: tuple[Limit, str]) -> datetime | None:
    """Until when one of the doors is closed; None when all are open. `connection` may be a session."""
    table, now = _table(), clock.now()
    found = [
        connection.scalar(select(table.c.closed_until).where(*_is(limit, name))) for limit, name in doors
    ]
    return max((each for each in found if each is not None and each > now), default=None)


def _row(connection: Connection, limit: Limit, name: str) -> Any:
    """The counter, made when it is not there, and held until the end of the transaction."""
    table = _table()
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {"kind": limit.kind, "key": _key(name), "count": 0, "counted_at": clock.now()}
    connection.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())
    return connection.execute(select(table).where(*_is(limit, name)).with_for_update()).one()


def _wait(limit: Limit, row: Any, now: datetime) -> int:
    if limit.window is not None:
        full = row.count >= limit.free and row.counted_at + limit.window > now
        return _seconds(row.counted_at + limit.window, now) if full else 0
    if row.closed_until is None or row.closed_until <= now:
        return 0
    return _seconds(row.closed_until, now)


def _seconds(until: datetime, now: datetime) -> int:
    return math.ceil((until - now).total_seconds())


def _counted(limit: Limit, row: Any, now: datetime) -> dict[str, Any]:
    if limit.window is not None:
        if row.counted_at + limit.window <= now:
            return {"count": 1, "counted_at": now}
        return {"count": row.count + 1}
    count = row.count + 1 if row.counted_at + limit.forgotten > now else 1
    wait = limit.wait_after(count)
    return {"count": count, "counted_at": now, "closed_until": now + wait if wait else None}


def _is(limit: Limit, name: str) -> tuple[Any, Any]:
    return _table().c.kind == limit.kind, _table().c.key == _key(name)


def _key(name: str) -> str:
    return hashlib.sha256(name.strip().lower().encode()).hexdigest()


def _table() -> Table:
    table: Any = DoorCounter.__table__
    return table  # type: ignore[no-any-return]
