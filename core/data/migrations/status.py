"""What a database has, compared with what the installed program brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from core.data.errors import SetupError
from core.data.migrations.connections import reached
from core.data.migrations.owners import Owner


@dataclass(frozen=True)
class Status:
    """Where an owner stands. `pending` are the revisions still to run, oldest first.

    `unknown` says that the database is at a revision that the installed program does not have: it is newer.
    """

    owner: str
    current: str | None
    head: str | None
    pending: tuple[str, ...] = ()
    unknown: bool = False


def statuses(engine: Engine, owners: Sequence[Owner]) -> list[Status]:
    """One Status for each owner. Changes nothing. Raises SetupError when the database is not reached."""
    with reached(engine) as connection:
        tables = set(inspect(connection).get_table_names())
        return [_status(connection, owner, tables) for owner in owners if owner.has_migrations]


def pending(connection: Connection, owners: Sequence[Owner]) -> list[str]:
    """The revisions that are still to run."""
    tables = set(inspect(connection).get_table_names())
    found = [each for owner in owners for each in _status(connection, owner, tables).pending]
    connection.rollback()  # a look begins a transaction, too
    return found


def refusal(engine: Engine, owners: Sequence[Owner]) -> str | None:
    """Why a server must not serve from this database, in one line; None when all is well."""
    found = statuses(engine, owners)
    newer = [each for each in found if each.unknown]
    if newer:
        names = ", ".join(f"{each.owner} at {each.current}" for each in newer)
        return f"the database is newer than this program ({names}); install the version that made it"
    behind = [each for each in found if each.pending]
    if behind:
        count = sum(len(each.pending) for each in behind)
        names = ", ".join(each.owner for each in behind)
        return f"{count} migrations have not run yet ({names}); run `zhidu migrate`"
    return None


def require_migrated(engine: Engine, owners: Sequence[Owner]) -> None:
    """Raise SetupError with `refusal` as its text, if there is one. Called by servers before they serve."""
    reason = refusal(engine, owners)
    if reason is not None:
        raise SetupError(reason)


def _status(connection: Connection, owner: Owner, tables: set[str]) -> Status:
    scripts = owner.kept_scripts()
    current = _current(connection, owner) if owner.version_table in tables else None
    known = [each.revision for each in reversed(list(scripts.walk_revisions()))]
    head = _head(scripts)
    if current is not None and current not in known:
        return Status(owner.id, current, head, unknown=True)
    passed = known.index(current) + 1 if current is not None else 0
    return Status(owner.id, current, head, pending=tuple(known[passed:]))


def _current(connection: Connection, owner: Owner) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": owner.version_table})
    return context.get_current_revision()


def _head(scripts: ScriptDirectory) -> str | None:
    return scripts.get_current_head()
