"""The counters that give new rows their ids: an id that was given out once is not given to another row."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from core.keeping.shapes import Shape

_SEQUENCES = text(
    "SELECT c.relname, a.attname, substring(pg_get_expr(d.adbin, d.adrelid) from '''([^'']+)''')"
    " FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
    " WHERE n.nspname = current_schema() AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'"
)
_COUNTERS = "sqlite_sequence"


def last_numbers(connection: Connection) -> dict[str, int]:
    """Table to the last id that its counter gave out; tables without a counter, or that gave none, are left out."""
    if connection.dialect.name == "sqlite":
        if not inspect(connection).has_table(_COUNTERS):
            return {}
        rows = connection.exec_driver_sql(f"SELECT name, seq FROM {_COUNTERS}")  # noqa: S608 - a constant
        return {str(name): int(number) for name, number in rows if number}
    found = {}
    for table, _column, sequence in connection.execute(_SEQUENCES).all():
        last, called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
        if called:
            found[str(table)] = int(last)
    return found


def set_numbers(connection: Connection, shapes: tuple[Shape, ...], wanted: dict[str, int]) -> None:
    """Let every counter go on after the highest id, and after the number in `wanted` if that is higher."""
    tables = {each.name for each in shapes}
    if connection.dialect.name == "sqlite":
        _set_sqlite(connection, {name: last for name, last in wanted.items() if name in tables})
        return
    quote = connection.dialect.identifier_preparer.quote
    for table, column, sequence in connection.execute(_SEQUENCES).all():
        if table in tables:
            highest = connection.exec_driver_sql(f"SELECT max({quote(column)}) FROM {quote(table)}").scalar()  # noqa: S608
            last = max(highest or 0, wanted.get(table, 0))
            parameters = {"sequence": sequence, "last": last or 1, "called": last > 0}
            connection.execute(text("SELECT setval(:sequence, :last, :called)"), parameters)


def _set_sqlite(connection: Connection, wanted: dict[str, int]) -> None:
    # Only tables that SQLite keeps a counter for; the others go on after their highest id by themselves.
    if not inspect(connection).has_table(_COUNTERS):
        return
    for table, last in wanted.items():
        connection.exec_driver_sql(
            f"UPDATE {_COUNTERS} SET seq = max(seq, ?) WHERE name = ?",  # noqa: S608 - a constant
            (last, table),
        )
