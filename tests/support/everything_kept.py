"""All that a database holds, for tests of what writes nothing."""

from __future__ import annotations

from sqlalchemy import inspect, text

from core.data.database import Database


def everything(database: Database) -> dict[str, list[str]]:
    """By table its rows, as text in an order of their own."""
    with database.engine.connect() as connection:
        return {
            name: sorted(str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
            for name in inspect(connection).get_table_names()
        }
