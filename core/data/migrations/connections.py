"""Connections that migrations use: one migration at a time, DDL inside transactions, on both databases."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

from core.data.database import BUSY_MILLISECONDS
from core.data.errors import SetupError

# Any number that no other program takes on the same PostgreSQL database.
ADVISORY_LOCK = 0x7A68_6964_7500_0001
SECONDS_BETWEEN_TRIES = 0.1


@contextmanager
def one_at_a_time(url: str) -> Iterator[None]:
    """Hold off every other process (on PostgreSQL: machine) that wants to migrate this database."""
    if url.startswith("sqlite"):
        with _file_lock(make_url(url).database):
            yield
    else:
        with _advisory_lock(url):
            yield


@contextmanager
def _file_lock(database: str | None) -> Iterator[None]:
    if not database or database == ":memory:":
        yield
        return
    beside = Path(f"{database}.migrating")
    try:
        handle = beside.open("w")
    except OSError as error:
        raise SetupError(
            f"the database file {database} cannot be written ({error.strerror}); "
            "check ZHIDU_HOME and ZHIDU_DATABASE_URL"
        ) from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _advisory_lock(url: str) -> Iterator[None]:
    # A session lock on a connection of its own, without a transaction: migrations commit on theirs as they go.
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with reached(engine) as connection:
        # Asked again and again, not waited for: CREATE INDEX CONCURRENTLY, which the job engine's tables need,
        # waits for every statement that is running, also for one that waits for this lock.
        while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK}):
            time.sleep(SECONDS_BETWEEN_TRIES)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})


@contextmanager
def reached(engine: Engine) -> Iterator[Connection]:
    """A connection. Raises SetupError in one line when the database does not answer."""
    try:
        connection = engine.connect()
    except DBAPIError as error:
        reason = (str(error.orig).strip().splitlines() or ["no answer"])[0]
        raise SetupError(f"the database cannot be reached ({reason}); check ZHIDU_DATABASE_URL") from None
    with connection:
        yield connection


def migration_engine(url: str) -> Engine:
    """An engine for migrations alone; on SQLite its DDL is transactional and foreign keys are off.

    SQLite's batch mode drops and re-makes tables: with foreign keys on, that loses or refuses child rows, and
    the switch is ignored inside a transaction. `check_foreign_keys` looks afterwards.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, poolclass=NullPool)
    in_memory = make_url(url).database in (None, "", ":memory:")
    engine = create_engine(
        url,
        poolclass=StaticPool if in_memory else NullPool,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin only before changes to rows and leave CREATE and DROP outside; so it begins
    # nothing.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def check_foreign_keys(connection: Connection) -> None:
    """Raise SetupError when rows point to nothing. PostgreSQL sees to it itself."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({f"{row[0]} -> {row[2]}" for row in broken}))
        raise SetupError(f"{len(broken)} rows would point to rows that are gone ({tables})")
