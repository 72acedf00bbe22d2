"""What the database itself holds: an entry is put in, sealed once, and never changed or removed.

The migrations make these; a revision that makes the table anew on SQLite (batch mode) has to make them again.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

NAMES = ("core_history_stays", "core_history_kept", "core_history_head_grows", "core_history_head_kept")
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def missing(connection: Connection) -> list[str]:
    """The names of the triggers that somebody has taken down."""
    dialect = connection.dialect.name
    standing = {row[0] for row in connection.execute(text(_STANDING[dialect]))}
    return [each for each in NAMES if each not in standing]
