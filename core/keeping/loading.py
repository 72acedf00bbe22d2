"""Puts the rows of a backup into the tables of an installation, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from core.keeping.reading import AT_ONCE
from core.keeping.shapes import Shape
from core.keeping.values import row_of

STAGE = "zhidu_restored"
_DEFINITION = text(
    "SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = current_schema() AND c.relname = :table AND k.conname = :name"
)


def load(connection: Connection, shape: Shape, columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Put every line into the table; `columns` name the values of a line in their order."""
    kinds = {each.name: each.kind for each in shape.columns}
    sqlite = connection.dialect.name == "sqlite"
    rows = (row_of(line, [kinds[name] for name in columns], sqlite) for line in lines)
    (_into_sqlite if sqlite else _into_postgresql)(connection, shape.name, columns, rows)


def clear(connection: Connection, shapes: Sequence[Shape]) -> None:
    """Take out what migrations put into new tables: the backup has its own of it."""
    quote = connection.dialect.identifier_preparer.quote
    for shape in reversed(shapes):
        name = quote(shape.name)
        if connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").first():  # noqa: S608 - a table's name
            connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 - a table's name


@contextmanager
def without_keys(connection: Connection, keys: Sequence[tuple[str, str]]) -> Iterator[None]:
    """PostgreSQL: take the foreign keys away that no order of tables satisfies, and make them again at the end."""
    if connection.dialect.name != "postgresql":
        yield
        return
    quote = connection.dialect.identifier_preparer.quote
    definitions = [connection.scalar(_DEFINITION, {"table": table, "name": name}) for table, name in keys]
    for table, name in keys:
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} DROP CONSTRAINT {quote(name)}")
    yield
    for (table, name), definition in zip(keys, definitions, strict=True):
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(name)} {definition}")


def _into_sqlite(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterator[list[Any]]
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    names, marks = ", ".join(map(quote, columns)), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of tables and columns
    driver: Any = connection.connection.driver_connection
    while some := list(islice(rows, AT_ONCE)):
        driver.executemany(statement, some)


def _into_postgresql(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterator[list[Any]]
) -> None:
    # COPY is refused on a table with row-level security; and one INSERT lets rows of a table point to one another.
    quote = connection.dialect.identifier_preparer.quote
    names, target = ", ".join(map(quote, columns)), quote(table)
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {STAGE} ON COMMIT DROP AS SELECT {names} FROM {target} WITH NO DATA"  # noqa: S608
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {STAGE} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(
        f"INSERT INTO {target} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM {STAGE}"  # noqa: S608
    )
    connection.exec_driver_sql(f"DROP TABLE {STAGE}")
