"""Row-level security and keys over the branch, on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, text

from core.branches.protection.tables import Reference, named, owned_names, references

READABLE, ACTIVE, SYSTEM = "zhidu.readable", "zhidu.active", "zhidu.system"
"""Settings of a transaction: ids of the branches whose rows are seen, the branch that is written to, and `on` where
the program acts on the rows of all."""

POLICY = named("rows_1")  # counted up when the conditions below change

# In a sub-select each setting is read once a statement, not once a row.
_IS_SYSTEM = f"(SELECT current_setting('{SYSTEM}', true)) = 'on'"
_SEEN = f"branch_id = ANY ((SELECT string_to_array(current_setting('{READABLE}', true), ',')::integer[])::integer[])"
_WRITTEN = f"branch_id = (SELECT nullif(current_setting('{ACTIVE}', true), '')::integer)"

_TABLES = text(
    "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, p.polname"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_policy p ON p.polrelid = c.oid"
    " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')"
)
_CONSTRAINTS = text(
    "SELECT conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace"
    " WHERE n.nspname = current_schema()"
)


def missing(connection: Connection) -> list[str]:
    """The names of what is not up yet: tables without their policy, keys."""
    standing, secured = _standing(connection), _secured(connection)
    keys = set(connection.scalars(_CONSTRAINTS))
    return [
        *(name for name in owned_names() if name in standing and name not in secured),
        *(each.name for each in _references(standing) if each.name not in keys),
    ]


def put_up(connection: Connection) -> None:
    """Put up what is missing; what is up stays untouched, as every change would lock its table."""
    standing, secured = _standing(connection), _secured(connection)
    for name in owned_names():
        if name in standing and name not in secured:
            _secure(connection, name, standing[name])
    keys = set(connection.scalars(_CONSTRAINTS))
    wanted = [each for each in _references(standing) if each.name not in keys]
    for target in sorted({each.target for each in _references(standing)}):
        if named(target) not in keys:
            _run(
                connection, "ALTER TABLE {0} ADD CONSTRAINT {1} UNIQUE (branch_id, id)", target, named(target)
            )
    for each in wanted:
        _run(
            connection,
            "ALTER TABLE {0} ADD CONSTRAINT {1} FOREIGN KEY (branch_id, {2}) REFERENCES {3} (branch_id, id)",
            each.table,
            each.name,
            each.column,
            each.target,
        )


def _secure(connection: Connection, table: str, policies: set[str]) -> None:
    for old in sorted(each for each in policies if each.startswith(named("rows"))):
        _run(connection, "DROP POLICY {1} ON {0}", table, old)
    condition = f"USING ({_IS_SYSTEM} OR {_SEEN}) WITH CHECK ({_IS_SYSTEM} OR {_WRITTEN})"
    _run(connection, f"CREATE POLICY {{1}} ON {{0}} {condition}", table, POLICY)
    _run(connection, "ALTER TABLE {0} ENABLE ROW LEVEL SECURITY", table)
    _run(connection, "ALTER TABLE {0} FORCE ROW LEVEL SECURITY", table)


def _standing(connection: Connection) -> dict[str, set[str]]:
    """The tables that are there, with the names of their policies."""
    found: dict[str, set[str]] = {}
    for table, _forced, policy in connection.execute(_TABLES):
        found.setdefault(table, set()).update([policy] if policy else [])
    return found


def _secured(connection: Connection) -> set[str]:
    return {table for table, forced, policy in connection.execute(_TABLES) if forced and policy == POLICY}


def _references(standing: dict[str, set[str]]) -> list[Reference]:
    return [each for each in references() if each.table in standing and each.target in standing]


def _run(connection: Connection, statement: str, *names: str) -> None:
    quote = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(statement.format(*map(quote, names)))
