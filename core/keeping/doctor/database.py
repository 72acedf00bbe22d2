"""The database: whole, at the program's revision, with a clock that agrees, and no row that points to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import MetaData, Table, and_, func, inspect, select, text
from sqlalchemy.orm import Session

from core.branches import protection
from core.branches.owned import owned_tables
from core.branches.protection.tables import PREFIX
from core.data import clock
from core.data.migrations import statuses
from core.jobs import storage
from core.jobs.models import Job, Worker
from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, megabytes, some
from core.keeping.reading import see_all

APART, FAR_APART = timedelta(seconds=2), timedelta(seconds=60)
_NOW = text("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
_SIZE = text("SELECT pg_database_size(current_database())")


def whole(patient: Patient) -> Iterator[Finding]:
    """SQLite looks through its own file; PostgreSQL does that by itself and tells its size."""
    if not patient.installed.database.is_sqlite:
        size = megabytes(patient.session.scalar(_SIZE) or 0)
        yield Finding(
            "database", OK, gettext("The database is reached; it has %(size)s MB on its server.", size=size)
        )
        return
    said = [str(row[0]) for row in patient.session.execute(text("PRAGMA quick_check(3)"))]
    if said == ["ok"]:
        yield Finding("database", OK, gettext("The database file is whole."))
    else:
        yield Finding(
            "database",
            FAIL,
            gettext("The database file is damaged: %(said)s", said="; ".join(said)),
            gettext("Stop the program, keep the file, and restore the last backup into a new place."),
        )


def migrations(patient: Patient) -> Iterator[Finding]:
    """The tables have the shape that the installed program needs."""
    installed = patient.installed
    found = statuses(installed.database.engine, installed.host.owners)
    newer = [f"{each.owner} {each.current}" for each in found if each.unknown]
    behind = [each.owner for each in found if each.pending]
    if newer:
        said = gettext("The database is newer than this program: %(parts)s.", parts=some(newer))
        yield Finding("migrations", FAIL, said, gettext("Install the version that made it."))
    elif behind:
        count = sum(len(each.pending) for each in found)
        said = gettext("%(count)s migrations have not run yet (%(parts)s).", count=count, parts=some(behind))
        yield Finding("migrations", FAIL, said, gettext("Run zhidu migrate."))
    elif not storage.ready(installed.database):
        yield Finding(
            "migrations",
            FAIL,
            gettext("The job engine's tables are not made yet."),
            gettext("Run zhidu migrate."),
        )
    else:
        yield Finding("migrations", OK, gettext("All migrations have run."))


def clocks(patient: Patient) -> Iterator[Finding]:
    """The machine's clock against the database server's, and against what was written last."""
    before = clock.now().replace(tzinfo=None)
    if patient.installed.database.is_sqlite:
        apart = _written_ahead(patient.session, before)
        said = gettext("The clock has not been set back.")
    else:
        server: datetime = patient.session.execute(_NOW).scalar_one()
        apart = max(before - server, server - clock.now().replace(tzinfo=None), timedelta(0))
        said = gettext("The clocks of this machine and of the database agree.")
    if apart < APART:
        yield Finding("clock", OK, said)
        return
    yield Finding(
        "clock",
        FAIL if apart > FAR_APART else WARN,
        gettext(
            "The clock of this machine is %(seconds)s seconds away from that of the database.",
            seconds=round(apart.total_seconds()),
        ),
        gettext("Let both machines take the time from a time server."),
    )


def _written_ahead(session: Session, now: datetime) -> timedelta:
    """How far the latest note of a worker or a job lies ahead."""
    tables = set(inspect(session.connection()).get_table_names())
    columns = [
        column
        for model, column in ((Worker, Worker.heartbeat_at), (Job, Job.created_at))
        if model.__tablename__ in tables
    ]
    latest = [session.scalar(select(func.max(column))) for column in columns]
    ahead = [each.replace(tzinfo=None) - now for each in latest if each is not None]
    furthest: timedelta = max([*ahead, timedelta(0)])
    return furthest


def references(patient: Patient) -> Iterator[Finding]:
    """No row points to a row that is gone."""
    broken = _broken_sqlite(patient) if patient.installed.database.is_sqlite else _broken_postgresql(patient)
    if broken:
        yield Finding(
            "references",
            FAIL,
            gettext("Rows point to rows that are gone: %(where)s.", where=some(broken)),
            gettext("Restore the last backup beside it and compare these tables."),
        )
    else:
        yield Finding("references", OK, gettext("Every reference leads to a row."))


def _broken_sqlite(patient: Patient) -> list[str]:
    rows = patient.session.execute(text("PRAGMA foreign_key_check")).all()
    return sorted({f"{row[0]} -> {row[2]}" for row in rows})


def _broken_postgresql(patient: Patient) -> list[str]:
    """The server sees to it, unless somebody switched that off; so the rows are asked."""
    connection = patient.session.connection()
    see_all(connection)
    metadata = MetaData()
    metadata.reflect(connection)
    found = []
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if str(key.name).startswith(PREFIX):
                continue  # the gate's: `inside_branches` tells those
            pairs = [(each.parent, each.column) for each in key.elements]
            target = key.referred_table.alias()
            joined = and_(*(child == target.c[parent.name] for child, parent in pairs))
            orphan = select(1).select_from(table).where(*(child.is_not(None) for child, _parent in pairs))
            if connection.execute(
                orphan.where(~select(1).where(joined).correlate(table).exists()).limit(1)
            ).first():
                found.append(f"{table.name} -> {key.referred_table.name}")
    return sorted(set(found))


def inside_branches(patient: Patient) -> Iterator[Finding]:
    """No row of a branch points to a row of another one."""
    connection = patient.session.connection()
    see_all(connection)
    standing = set(inspect(connection).get_table_names())
    crossing = [
        f"{table.name}.{column.name}"
        for table, column, target in _owned_references()
        if {table.name, target.name} <= standing and _crosses(connection, table, column, target)
    ]
    if crossing:
        yield Finding(
            "branches",
            FAIL,
            gettext("Rows point into another branch: %(where)s.", where=some(crossing)),
            gettext("Let the branches concerned enter these records again, each in its own."),
        )
    else:
        yield Finding("branches", OK, gettext("No row points into another branch."))


def gate(patient: Patient) -> Iterator[Finding]:
    """The database itself holds rows inside their branch, and the program's role is bound by it."""
    engine = patient.installed.database.engine
    with engine.connect() as connection:
        down = protection.missing(connection)
    problem = protection.binding_problem(engine)
    if down:
        yield Finding(
            "gate",
            FAIL,
            gettext("The database does not hold rows in their branches: %(where)s.", where=some(down)),
            gettext("Run zhidu migrate."),
        )
    if problem:
        yield Finding(
            "gate",
            FAIL,
            gettext("The role of ZHIDU_DATABASE_URL goes round row-level security."),
            gettext("Use a role that is no superuser and has no BYPASSRLS."),
        )
    if not down and not problem:
        yield Finding("gate", OK, gettext("The database holds every row in its branch."))


def _owned_references() -> list[tuple[Table, Any, Table]]:
    owned = owned_tables()
    return [
        (table, column, key.column.table)
        for table in sorted(owned, key=lambda each: each.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table in owned and key.column.name == "id"
    ]


def _crosses(connection: Any, table: Table, column: Any, target: Table) -> bool:
    there = target.alias()
    joined = select(1).select_from(table.join(there, column == there.c.id))
    return (
        connection.execute(joined.where(table.c.branch_id != there.c.branch_id).limit(1)).first() is not None
    )
