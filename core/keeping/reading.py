"""Reads whole tables out of one moment of a database that goes on being written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from core.data.database import make_engine, normalised
from core.data.errors import SetupError
from core.data.migrations.connections import reached
from core.keeping.manifest import Sum
from core.keeping.shapes import Shape
from core.keeping.values import line_of

AT_ONCE = 2000
_ALL_ROWS = text("SELECT set_config('zhidu.system', 'on', true), set_config('TimeZone', 'UTC', true)")
_POSTGRESQL = {
    "boolean": "bool",
    "integer": "int8",
    "float": "float8",
    "decimal": "numeric",
    "datetime": "timestamp",
    "date": "date",
    "time": "time",
    "bytes": "bytea",
}


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A connection that sees the rows of every branch as they are now, whatever is committed meanwhile.

    SQLite: a read transaction on the write-ahead log. PostgreSQL: REPEATABLE READ. Neither holds back a writer.
    Raises SetupError when the database is not reached.
    """
    url = normalised(url)
    _require_file(url)
    engine = make_engine(url)
    try:
        with reached(engine) as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql(
                    "SELECT count(*) FROM sqlite_master"
                )  # the moment is that of the first look
            else:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                see_all(connection)
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def see_all(connection: Connection) -> None:
    """For this transaction: the rows of every branch, and instants in UTC."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALL_ROWS)


def lines(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """A line for each row, in the order of the key; equal rows give equal lines on both databases."""
    kinds = [each.kind for each in shape.columns]
    read = _sqlite_rows if connection.dialect.name == "sqlite" else _postgresql_rows
    for row in read(connection, shape):
        yield line_of(row, kinds)


def sum_of(connection: Connection, shape: Shape) -> Sum:
    """The count and checksum of a table."""
    digest, rows = hashlib.sha256(), 0
    for line in lines(connection, shape):
        digest.update(line)
        rows += 1
    return Sum(rows, digest.hexdigest())


def _sqlite_rows(connection: Connection, shape: Shape) -> Iterator[Any]:
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    try:
        cursor.execute(_select(connection, shape))
        while some := cursor.fetchmany(AT_ONCE):
            yield from some
    finally:
        cursor.close()


def _postgresql_rows(connection: Connection, shape: Shape) -> Iterator[Any]:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY ({_select(connection, shape)}) TO STDOUT") as copy:
        copy.set_types([_POSTGRESQL.get(each.kind, "text") for each in shape.columns])
        yield from copy.rows()


def _select(connection: Connection, shape: Shape) -> str:
    quote = connection.dialect.identifier_preparer.quote
    kinds = {each.name: each.kind for each in shape.columns}
    postgresql = connection.dialect.name == "postgresql"

    def column(name: str) -> str:
        typed = not postgresql or kinds[name] in _POSTGRESQL
        return quote(name) if typed else f"{quote(name)}::text"

    def place(name: str) -> str:
        # Both databases put texts in the order of their bytes then.
        by_bytes = postgresql and kinds[name] not in _POSTGRESQL
        return f'{column(name)} COLLATE "C"' if by_bytes else column(name)

    chosen = ", ".join(column(each.name) for each in shape.columns)
    order = ", ".join(place(each) for each in shape.key)
    return f"SELECT {chosen} FROM {quote(shape.name)} ORDER BY {order}"  # noqa: S608 - names of tables and columns


def _require_file(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return
    if not parsed.database or not Path(parsed.database).is_file():
        raise SetupError(
            f"there is no database at {parsed.database}; check ZHIDU_HOME and ZHIDU_DATABASE_URL"
        )
