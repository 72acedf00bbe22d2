"""What several commands do first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.branches import protection
from core.data.database import Database
from core.data.errors import SetupError
from core.data.migrations import Report, migrate, one_at_a_time, require_migrated
from core.entities.searching import declare_all, plan_for
from core.host import Host, load_host
from core.host.importing import import_everything
from core.installation import EXTENSION, Installation
from core.jobs import storage
from core.search import rebuilding
from core.search.plans import Plan, plan_of_table
from core.search.rebuilding import Made
from core.settings import Settings
from core.ui import assets


def migrated(
    settings: Settings, report: Report | None = None, told_of_search: Callable[[Made], None] | None = None
) -> None:
    """Bring the database, the job engine's tables and the tokens of the search to the present shape.

    `report` is told of each revision, `told_of_search` of each chunk of tokens that had to be made.
    """
    host = load_host(settings)
    migrate(settings.owner_url, host.owners, report, RowGuard(host))
    database = Database(settings.owner_url)
    storage.migrate(database)
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            protection.let_application_in(connection, settings.database_url, ("public", storage.SCHEMA))
    with one_at_a_time(settings.owner_url):
        rebuilding.bring_up(database.sessions, search_plans(host), told_of_search or (lambda _made: None))
    database.dispose()


def search_plans(host: Host) -> list[Plan]:
    """What is searched, by the descriptions of all that runs."""
    described = (plan_for(entity) for _owner, entity in host.gather("entities"))
    declare_all(entity for _owner, entity in host.gather("entities"))
    tables = {each.table.name: each.table for each in described if each is not None}
    return [plan for name in sorted(tables) if (plan := plan_of_table(tables[name])) is not None]


class RowGuard:
    """The database's own gate for rows: it knows every model of the core and of the plugins that run."""

    def __init__(self, host: Host) -> None:
        for package in ("core", *(each.manifest.package for each in host.active)):
            import_everything(package)

    def lift(self, connection: Connection) -> None:
        """Take the triggers down, on SQLite."""
        protection.take_down_triggers(connection)

    def put_up(self, connection: Connection) -> None:
        """Put up what is missing."""
        protection.protect(connection)


def ready_app(settings: Settings) -> Flask:
    """The application over a database that is reached and migrated; SetupError says what to do otherwise."""
    from core.app import create_app

    app = create_app(settings)
    installed = installation_of(app)
    try:
        require_migrated(installed.database.engine, installed.host.owners)
        require_engine_tables(installed.database)
        require_protection(installed.database)
        assets.check(app)
    except OperationalError:
        raise SetupError("the database is not reached; start it, or correct ZHIDU_DATABASE_URL") from None
    except SetupError:
        installed.database.dispose()
        raise
    return app


@contextmanager
def session_of(settings: Settings) -> Iterator[Session]:
    """A session inside the ready application, for a command that does its work and ends."""
    app = ready_app(settings)
    database = installation_of(app).database
    try:
        with app.app_context(), database.sessions() as session:
            yield session
    finally:
        database.dispose()


def require_engine_tables(database: Database) -> None:
    """Raise SetupError when the job engine's tables are missing or of another version."""
    if not storage.ready(database):
        raise SetupError("the job engine's tables are not made yet; run `zhidu migrate`")


def require_protection(database: Database) -> None:
    """Raise SetupError when the database's own gate for rows does not stand completely."""
    with database.engine.connect() as connection:
        if protection.missing(connection):
            raise SetupError("the database does not hold rows in their branches yet; run `zhidu migrate`")


def installation_of(app: Flask) -> Installation:
    found: Installation = app.extensions[EXTENSION]
    return found
