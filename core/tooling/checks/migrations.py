"""Migrations go up, down and up again on empty databases, touch only their owner's tables, and fit the models."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateSchema, DropSchema

from core.data.database import normalised
from core.data.errors import SetupError
from core.data.migrations import Owner, owner_of_table
from core.data.migrations.autogenerate import differing_tables
from core.data.migrations.connections import migration_engine, reached
from core.data.migrations.runner import LATEST, NOTHING, move
from core.tooling.checks.problem import Problem

POSTGRESQL = "ZHIDU_CHECK_POSTGRESQL"
BATCH_TABLE = "_alembic_tmp_"  # what Alembic's batch mode calls a table while it is made anew

# What SQLite's authorizer reports, and which of its two arguments names the table.
WRITES: dict[int, tuple[str, int]] = {
    sqlite3.SQLITE_ALTER_TABLE: ("alters", 1),
    sqlite3.SQLITE_CREATE_INDEX: ("indexes", 1),
    sqlite3.SQLITE_CREATE_TABLE: ("creates", 0),
    sqlite3.SQLITE_CREATE_TRIGGER: ("puts a trigger on", 1),
    sqlite3.SQLITE_CREATE_VIEW: ("creates", 0),
    sqlite3.SQLITE_CREATE_VTABLE: ("creates", 0),
    sqlite3.SQLITE_DELETE: ("deletes from", 0),
    sqlite3.SQLITE_DROP_INDEX: ("drops an index of", 1),
    sqlite3.SQLITE_DROP_TABLE: ("drops", 0),
    sqlite3.SQLITE_DROP_TRIGGER: ("drops a trigger of", 1),
    sqlite3.SQLITE_DROP_VIEW: ("drops", 0),
    sqlite3.SQLITE_DROP_VTABLE: ("drops", 0),
    sqlite3.SQLITE_INSERT: ("writes to", 0),
    sqlite3.SQLITE_UPDATE: ("writes to", 0),
}


def check_migrations(owner: Owner, before: Sequence[Owner]) -> Iterator[Problem]:
    """Problems with the migrations of `owner`, run after those of `before` (what its tables may point to).

    Uses a SQLite file of its own; and a schema of its own in the PostgreSQL database at
    ZHIDU_CHECK_POSTGRESQL, if that is set. All models of `owner` must have been imported.
    """
    with tempfile.TemporaryDirectory(prefix="zhidu-check-") as folder:
        yield from _on(f"sqlite:///{Path(folder) / 'check.sqlite'}", owner, before)
    address = os.environ.get(POSTGRESQL)
    if address:
        with _own_schema(normalised(address)) as url:
            yield from _on(url, owner, before)


def _on(url: str, owner: Owner, before: Sequence[Owner]) -> Iterator[Problem]:
    engine = migration_engine(url)
    try:
        with reached(engine) as connection:
            for each in before:
                if each.has_migrations:
                    move(connection, each, LATEST)
            yield from _up_down_up(connection, owner, before)
    except SetupError as error:
        yield Problem(str(owner.versions), f"on {engine.dialect.name}: {error}")
    finally:
        engine.dispose()


def _up_down_up(connection: Connection, owner: Owner, before: Sequence[Owner]) -> Iterator[Problem]:
    ids = [*(each.id for each in before), owner.id]
    touched: set[tuple[str, str]] = set()
    try:
        with _watched(connection, touched):
            if owner.has_migrations:
                move(connection, owner, LATEST)
                move(connection, owner, NOTHING, up=False)
                yield from _check_gone(connection, owner, ids)
                move(connection, owner, LATEST)
    except SetupError:
        # The reason may well be that it touched what is not its own.
        yield from _check_touched(touched, owner, ids)
        raise
    yield from _check_touched(touched, owner, ids)
    yield from _check_models(connection, owner, ids)


def _check_touched(touched: set[tuple[str, str]], owner: Owner, ids: Sequence[str]) -> Iterator[Problem]:
    for what, table in sorted(touched):
        if not _is_own(table, owner, ids):
            advice = f"a migration of {owner.id} leaves the tables of others alone"
            yield Problem(str(owner.versions), f"{what} {table}", advice)


def _check_models(connection: Connection, owner: Owner, ids: Sequence[str]) -> Iterator[Problem]:
    differing = differing_tables(connection, owner, ids)
    if differing:
        text = f"models and migrations differ on {connection.dialect.name} in {', '.join(differing)}"
        advice = f"`zhidu migrate --new {owner.id} -m MESSAGE` writes the missing revision"
        yield Problem(str(owner.versions), text, advice)


def _check_gone(connection: Connection, owner: Owner, ids: Sequence[str]) -> Iterator[Problem]:
    for table in inspect(connection).get_table_names():
        if owner_of_table(table, ids) == owner.id:
            yield Problem(
                str(owner.versions), f"{table} is left after the way down", "drop it in downgrade()"
            )
    connection.rollback()


@contextmanager
def _watched(connection: Connection, touched: set[tuple[str, str]]) -> Iterator[None]:
    """On SQLite, note every table that is written to, made or changed inside the block."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return

    def note(action: int, first: str | None, second: str | None, *_more: Any) -> int:
        if action in WRITES:
            what, position = WRITES[action]
            touched.add((what, (first, second)[position] or ""))
        return sqlite3.SQLITE_OK

    driver.set_authorizer(note)
    try:
        yield
    finally:
        driver.set_authorizer(None)


def _is_own(table: str, owner: Owner, ids: Sequence[str]) -> bool:
    name = table.removeprefix(BATCH_TABLE)
    return name == owner.version_table or name.startswith("sqlite_") or owner_of_table(name, ids) == owner.id


@contextmanager
def _own_schema(url: str) -> Iterator[str]:
    name = f"zhidu_check_{os.getpid()}"
    engine = migration_engine(url)
    with reached(engine) as connection:
        connection.execute(CreateSchema(name))
        connection.commit()
        try:
            yield (
                make_url(url)
                .update_query_dict({"options": f"-csearch_path={name}"})
                .render_as_string(hide_password=False)
            )
        finally:
            connection.execute(DropSchema(name, cascade=True))
            connection.commit()
    engine.dispose()
