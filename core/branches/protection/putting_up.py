"""Putting the database's own gate up, and looking whether it stands. All models must have been imported."""

from __future__ import annotations

from sqlalchemy import Connection

from core.branches.protection import postgresql, sqlite


def protect(connection: Connection) -> None:
    """Put up whatever is missing, in the connection's transaction. Safe to run twice."""
    if connection.dialect.name == "sqlite":
        sqlite.put_up(connection)
    else:
        postgresql.put_up(connection)


def missing(connection: Connection) -> list[str]:
    """The names of what is missing. Changes nothing."""
    if connection.dialect.name == "sqlite":
        return sqlite.missing(connection)
    return postgresql.missing(connection)


def take_down_triggers(connection: Connection) -> None:
    """Before revisions run on SQLite; elsewhere it does nothing. `protect` puts them up again."""
    if connection.dialect.name == "sqlite":
        sqlite.take_down(connection)
