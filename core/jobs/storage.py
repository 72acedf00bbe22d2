"""Where the durable engine (DBOS) keeps its books, and how they are made: by `zhidu migrate`, never by a server.

PostgreSQL: the schema `dbos` of the same database. SQLite: a file of its own beside the main one, so that the
engine's bookkeeping never waits for a chunk that holds the main file's write lock. The marks that make a chunk count
once stand in the main database in both cases, as they commit with the chunk.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dbos import DBOS, SQLAlchemyDatasource
from dbos._datasource_migration import get_datasource_migration_versions
from dbos._migration import get_migration_versions, get_sqlite_migration_versions
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from core.data.database import Database, normalised
from core.data.errors import SetupError
from core.data.migrations import one_at_a_time
from core.jobs.engine_log import quiet

SCHEMA = "dbos"
RUNS = "workflow_status"
LISTEN_NOTIFY = True  # the engine's default; fixed once its tables are made


def system_url(database: Database) -> str:
    """The address of the engine's own tables."""
    return f"sqlite:///{system_file(database)}" if database.is_sqlite else database.url


def system_file(database: Database) -> Path:
    """SQLite only: the engine's file; it belongs into every backup beside the main file."""
    main = make_url(database.url).database
    if not main or main == ":memory:":
        raise SetupError("jobs need a database file; set ZHIDU_DATABASE_URL to one")
    return Path(main).with_name(f"{Path(main).stem}-jobs.sqlite")


def migrate(database: Database) -> None:
    """Make or renew the engine's tables. Safe to run twice, and from two processes at the same time."""
    quiet()
    with one_at_a_time(database.url):
        DBOS.migrate(system_url(database), schema=SCHEMA)
        if database.is_sqlite:
            _use_write_ahead_log(system_file(database))
            SQLAlchemyDatasource.migrate(f"{database.url}{'&' if '?' in database.url else '?'}timeout=30")
        else:
            SQLAlchemyDatasource.migrate(database.url, schema=SCHEMA)


def ready(database: Database) -> bool:
    """Whether `migrate` has been run for this version. Creates and changes nothing."""
    try:
        return _system_is_ready(database) and _marks_are_ready(database)
    except SQLAlchemyError:
        return False


def holds_runs(database: Database) -> bool:
    """Whether the engine's books know of any run; False where they are not made yet."""
    if database.is_sqlite and not system_file(database).exists():
        return False
    engine = create_engine(normalised(system_url(database)))
    schema = None if database.is_sqlite else SCHEMA
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(RUNS, schema):
                return False
            table = RUNS if schema is None else f"{schema}.{RUNS}"
            return connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first() is not None  # noqa: S608
    finally:
        engine.dispose()


def _system_is_ready(database: Database) -> bool:
    if not database.is_sqlite:
        present, needed = get_migration_versions(database.engine, SCHEMA, LISTEN_NOTIFY)
        return present >= needed
    if not system_file(database).exists():
        return False
    engine = create_engine(system_url(database))
    try:
        present, needed = get_sqlite_migration_versions(engine)
    finally:
        engine.dispose()
    return present >= needed


def _marks_are_ready(database: Database) -> bool:
    with database.engine.connect() as connection:
        schema = None if database.is_sqlite else SCHEMA
        present, needed = get_datasource_migration_versions(connection, schema)
    return present >= needed


def _use_write_ahead_log(file: Path) -> None:
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
