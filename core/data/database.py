"""One engine and one session maker a process, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from core.data.errors import SetupError

BUSY_MILLISECONDS = 30_000
RESTED = 1.0
"""Seconds after which a connection of the pool is asked whether it still stands, before it is used again."""
_RESTS_SINCE = "zhidu_rests_since"


class GatedSession(Session):
    """The project's session class. `core.branches` listens on it: without a branch scope there are no rows.

    The legacy bulk API goes round flush events, so it is refused.
    """

    def _bulk_save_mappings(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(
            "the legacy bulk API goes round the row gate; use add_all() or core.branches.setwise"
        )


class HintedSqlite(SQLiteCompiler):
    """SQLite's compiler, which also says what `Select.with_hint` puts beside a table (`NOT INDEXED`)."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


class Database:
    """Engine and sessions for one database address."""

    def __init__(self, url: str) -> None:
        self.url = normalised(url)
        self.engine = make_engine(self.url)
        self.sessions: sessionmaker[GatedSession] = sessionmaker(self.engine, class_=GatedSession)
        self.session: scoped_session[GatedSession] = scoped_session(self.sessions)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def used_by_all(self, session: Session) -> Iterator[None]:
        """Until the end, whoever asks for this thread's session works in this one, and its transaction.

        Raises TypeError for a session that is not of the project's class, which no gate would watch.
        """
        if not isinstance(session, GatedSession):
            raise TypeError("this session is not gated")
        self.session.remove()
        self.session.registry.set(session)
        try:
            yield
        finally:
            self.session.registry.clear()

    def dispose(self) -> None:
        """Give back every connection; one that a thread still has is closed when it comes back."""
        self.session.remove()
        given_up = self.engine.pool
        self.engine.dispose()
        event.listen(given_up, "checkin", _close_late)


def normalised(url: str) -> str:
    """The address with the driver that the project uses (psycopg 3 for PostgreSQL).

    Raises SetupError when it is neither SQLite nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SetupError(
            "ZHIDU_DATABASE_URL is not a database address; write for example "
            "postgresql://user:password@host/name or sqlite:////folder/zhidu.sqlite"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "postgres":
        parsed, backend = parsed.set(drivername="postgresql"), "postgresql"
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif backend != "sqlite":
        raise SetupError(f"ZHIDU_DATABASE_URL names {backend}; use SQLite or PostgreSQL")
    return parsed.render_as_string(hide_password=False)


def make_engine(url: str) -> Engine:
    """An engine with the project's settings; connects to nothing yet."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000}, hide_parameters=True)
        engine.dialect.statement_compiler = HintedSqlite
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "savepoint", _begin_before_savepoint)
        event.listen(engine, "before_cursor_execute", _begin_before_write)
        return engine
    engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    event.listen(engine, "checkout", partial(_ask_after_rest, dialect=engine.dialect))
    event.listen(engine, "checkin", _note_rest)
    return engine


def _note_rest(_connection: Any, record: Any) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _ask_after_rest(connection: Any, record: Any, _proxy: Any, *, dialect: Any) -> None:
    """Ask whether a connection still stands that nobody has used for a while; one that has just served does."""
    since = record.info.get(_RESTS_SINCE)
    if since is None or time.monotonic() - since < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _close_late(_connection: Any, record: Any) -> None:
    record.invalidate()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Reads run outside a transaction and a write begins at once with the lock held, so a reader that becomes a writer
    # never meets "database is locked" half-way.
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _begin_before_savepoint(connection: Any, _name: str) -> None:
    # Without an open transaction SQLite takes a savepoint for the transaction itself, and releasing it commits.
    if not connection.connection.driver_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_before_write(
    connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    # The driver begins a transaction for INSERT, UPDATE and DELETE by their first word, so not for WITH ... INSERT.
    writes = context is not None and (context.isinsert or context.isupdate or context.isdelete)
    driver = connection.connection.driver_connection
    if writes and not driver.in_transaction and driver.isolation_level is not None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
