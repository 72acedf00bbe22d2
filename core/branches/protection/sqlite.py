"""Triggers that hold references inside their branch, on SQLite."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from core.branches.protection.tables import PREFIX, Reference, named, owned_names, references

_STANDING = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def missing(connection: Connection) -> list[str]:
    """The names of the triggers that are not up yet, or not as they should be."""
    standing = _standing(connection)
    return [name for name, sql in _wanted(connection).items() if standing.get(name) != sql]


def put_up(connection: Connection) -> None:
    """Put up the triggers that are missing."""
    standing = _standing(connection)
    for name, sql in _wanted(connection).items():
        if standing.get(name) != sql:
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.exec_driver_sql(sql)


def take_down(connection: Connection) -> None:
    """Remove the triggers: a revision may drop or rename what they speak of, and SQLite would refuse it."""
    for name in _standing(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _standing(connection: Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(_STANDING, (f"{PREFIX}%",))}


def _wanted(connection: Connection) -> dict[str, str]:
    tables = {row[0] for row in connection.exec_driver_sql(_TABLES)}
    held = [each for each in references() if each.table in tables and each.target in tables]
    return {
        **{name: sql for each in held for name, sql in _reference(each)},
        **dict(_stays(name) for name in owned_names() if name in tables),
    }


def _reference(each: Reference) -> Iterator[tuple[str, str]]:
    # The names are those of the models, never of a person's typing.
    for moment, suffix in (("INSERT", "added"), (f'UPDATE OF "{each.column}"', "changed")):
        name = named(each.table, each.column, suffix)
        yield (
            name,
            f'CREATE TRIGGER "{name}" BEFORE {moment} ON "{each.table}"'  # noqa: S608
            f' WHEN NEW."{each.column}" IS NOT NULL AND NOT EXISTS'
            f' (SELECT 1 FROM "{each.target}" WHERE id = NEW."{each.column}" AND branch_id = NEW.branch_id)'
            f" BEGIN SELECT RAISE(ABORT, '{each.table}.{each.column} points out of its branch'); END",
        )


def _stays(table: str) -> tuple[str, str]:
    name = named(table, "stays")
    return (
        name,
        f'CREATE TRIGGER "{name}" BEFORE UPDATE OF branch_id ON "{table}" WHEN NEW.branch_id <> OLD.branch_id'
        f" BEGIN SELECT RAISE(ABORT, 'a row of {table} stays in its branch'); END",
    )
