"""Brings a database up (or down), owner by owner, each revision in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from core.data.database import normalised
from core.data.errors import SetupError
from core.data.migrations.connections import check_foreign_keys, migration_engine, one_at_a_time, reached
from core.data.migrations.owners import Owner
from core.data.migrations.status import pending

LATEST = "head"
NOTHING = "base"


@dataclass(frozen=True)
class Step:
    """A revision that was applied, or taken back."""

    owner: str
    revision: str
    up: bool = True


Report = Callable[[Step], None]


class Guard(Protocol):
    """Stands over the tables whenever no revision runs: `lift` before the first one, `put_up` after the last."""

    def lift(self, connection: Connection) -> None:
        """Take away what would hinder revisions."""

    def put_up(self, connection: Connection) -> None:
        """See to it that everything stands, also where no revision was to run."""


def migrate(
    url: str, owners: Sequence[Owner], report: Report | None = None, guard: Guard | None = None
) -> list[Step]:
    """Bring every owner to its latest revision, in the order given; what is there already is left alone.

    Safe to run twice, and from several processes at once: one works, the others wait and then find nothing to
    do. Raises SetupError when the database is not reached or a revision fails; a failed revision leaves
    nothing behind.
    """
    return _run(url, owners, LATEST, report, guard)


def downgrade(
    url: str, owner: Owner, revision: str, report: Report | None = None, guard: Guard | None = None
) -> list[Step]:
    """Take one owner back to `revision` (`base`: to nothing). Raises SetupError as `migrate` does."""
    return _run(url, [owner], revision, report, guard, up=False)


def _run(
    url: str,
    owners: Iterable[Owner],
    target: str,
    report: Report | None,
    guard: Guard | None,
    up: bool = True,
) -> list[Step]:
    url = normalised(url)
    steps: list[Step] = []

    def done(step: Step) -> None:
        steps.append(step)
        if report is not None:
            report(step)

    with one_at_a_time(url):
        engine = migration_engine(url)
        with reached(engine) as connection:
            moving = [each for each in owners if each.has_migrations]
            if guard is not None and (not up or any(pending(connection, moving))):
                guard.lift(connection)
                connection.commit()
            for owner in moving:
                move(connection, owner, target, done, up)
            if guard is not None:
                guard.put_up(connection)
                connection.commit()
        engine.dispose()
    return steps


def move(
    connection: Connection, owner: Owner, target: str, done: Report = lambda _step: None, up: bool = True
) -> None:
    """Take one owner to `target` on a connection of `migration_engine`; the caller sees to it that it is alone."""
    scripts = owner.scripts()
    running = owner.id

    def route(current: Any, _context: Any) -> Any:
        nonlocal running
        for step in (scripts._upgrade_revs if up else scripts._downgrade_revs)(target, current):
            running = step.revision.revision
            yield step
            # Alembic asks for the next step once this one is committed.
            done(Step(owner.id, running, up))

    try:
        _in_environment(connection, owner, scripts, route)
    except CommandError as error:
        raise SetupError(f"{owner.id}: {error}; `zhidu migrate --status` shows what is there") from error
    except Exception as error:
        connection.rollback()
        raise SetupError(f"migration {running} failed and was taken back: {_one_line(error)}") from error


def _check_before_commit(*, ctx: MigrationContext, **_step: Any) -> None:
    if ctx.connection is not None:
        check_foreign_keys(ctx.connection)


def _in_environment(connection: Connection, owner: Owner, scripts: ScriptDirectory, route: Any) -> None:
    """What an `env.py` does, once for every owner."""
    environment = EnvironmentContext(Config(), scripts, fn=route)
    with environment:
        environment.configure(
            connection=connection,
            version_table=owner.version_table,
            transactional_ddl=True,
            transaction_per_migration=True,
            render_as_batch=True,
            on_version_apply=cast(Any, _check_before_commit),
        )
        with environment.begin_transaction():
            environment.run_migrations()
    connection.commit()


def _one_line(error: BaseException) -> str:
    origin = getattr(error, "orig", None) or error
    return (str(origin).strip().splitlines() or [type(error).__name__])[0]
