"""The tables of an installation as the database itself shows them, in words that both databases share.

Read from the database and not from the models: tables of a plugin that does not run at present belong to the data, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect, types
from sqlalchemy.schema import sort_tables_and_constraints

from core.data.migrations import owner_of_table

VERSION_TABLE = "alembic_version_"

# In this order, as some are kinds of others.
_KINDS: tuple[tuple[type[types.TypeEngine[Any]], str], ...] = (
    (types.Boolean, "boolean"),
    (types.Integer, "integer"),
    (types.Float, "float"),
    (types.Numeric, "decimal"),
    (types.DateTime, "datetime"),
    (types.Date, "date"),
    (types.Time, "time"),
    (types.JSON, "json"),
    (types.LargeBinary, "bytes"),
    (types.String, "text"),
)


@dataclass(frozen=True)
class Column:
    """A column; `kind` is a word of `_KINDS`, or `other` for what only one database knows."""

    name: str
    kind: str


@dataclass(frozen=True)
class Shape:
    """A table with its owner (the core or a plugin); `key` are the columns that its rows are put in order by."""

    name: str
    owner: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """`shapes` in an order in which rows may point to rows before them; `others` are tables of no owner."""

    shapes: tuple[Shape, ...]
    others: tuple[str, ...]
    circles: tuple[tuple[str, str], ...] = ()
    """Foreign keys, as (table, name), that stand in the way of any order."""


def find_tables(connection: Connection, owner_ids: Iterable[str] = ()) -> Found:
    """Every table of the installation. `owner_ids`: who may own tables, besides those who left a version table."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith(VERSION_TABLE))
    owners = {"core", *owner_ids, *version_tables(connection)}
    derived = _derived_tables(connection)
    shapes, circles = [], []
    ordered: list[Any] = sort_tables_and_constraints(metadata.tables.values())  # type: ignore[no-untyped-call]
    for table, keys in ordered:
        if table is None:
            circles += [(str(each.table.name), str(each.name)) for each in keys]
        elif table.name not in derived and (owner := owner_of_table(table.name, owners)):
            shapes.append(_shape(table, owner))
    known = {each.name for each in shapes}
    others = sorted({each.name for each in metadata.tables.values()} - known)
    return Found(tuple(shapes), tuple(others), tuple(circles))


def version_tables(connection: Connection) -> dict[str, str]:
    """Owner to name of its version table, also of plugins that are no longer installed."""
    names = inspect(connection).get_table_names()
    return {each.removeprefix(VERSION_TABLE): each for each in names if each.startswith(VERSION_TABLE)}


def revisions(connection: Connection) -> dict[str, str]:
    """Owner to the revision that its tables stand at."""
    found = {}
    for owner, table in sorted(version_tables(connection).items()):
        name = connection.dialect.identifier_preparer.quote(table)
        revision = connection.exec_driver_sql(f"SELECT version_num FROM {name}").scalar()  # noqa: S608 - a table's name
        if revision is not None:
            found[owner] = str(revision)
    return found


def _shape(table: Table, owner: str) -> Shape:
    columns = tuple(_columns(table))
    key = tuple(each.name for each in table.primary_key.columns) or tuple(each.name for each in columns)
    return Shape(table.name, owner, columns, key)


def _columns(table: Table) -> Iterator[Column]:
    for each in table.columns:
        if each.computed is None:
            yield Column(each.name, _kind(each.type))


def _kind(type_: types.TypeEngine[Any]) -> str:
    return next((kind for known, kind in _KINDS if isinstance(type_, known)), "other")


def _derived_tables(connection: Connection) -> set[str]:
    """SQLite's search indexes, which are tables to it: they follow from other tables."""
    if connection.dialect.name != "sqlite":
        return set()
    rows = connection.exec_driver_sql("SELECT name, type FROM pragma_table_list WHERE schema = 'main'")
    return {name for name, type_ in rows if type_ in ("virtual", "shadow")}
