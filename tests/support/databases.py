"""Fresh databases for tests, on SQLite and on PostgreSQL: empty, migrated, or with the example company.

A migrated one, and one with the company, is a copy of a template that one worker makes once a run. On PostgreSQL its
tables belong to a role of their own, and the address is the application's; an empty one belongs to the application.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table

import postgres_server
import run_folder
import servers
from core.branches import protection
from core.branches.protection.tables import Reference
from core.data import Base
from core.data.database import make_engine, normalised

BACKENDS = ("sqlite", "postgresql")
SQLITE_FILE = "zhidu.sqlite"
COMPANY_ACCOUNTS, SMALL_ACCOUNTS = 120, 20
TEMPLATES = {"migrated": ("migrate",), **dict.fromkeys(("company", "small"), ("migrate", "demo"))}
"""The commands that make each."""

_FILLING: dict[str, Callable[[str, Path], None]] = {}
_numbers = itertools.count(1)


@contextmanager
def empty(backend: str, folder: Path) -> Iterator[str]:
    """The address of an empty database. `folder` is where a SQLite file goes."""
    if backend == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        yield sqlite_url(folder)
        return
    with _postgres_database("test", "template0", postgres_server.APPLICATION_ROLE) as url:
        yield url


def migrated(backend: str, folder: Path) -> AbstractContextManager[str]:
    """The address of a database as `zhidu migrate` leaves it: tables, no people, no branches."""
    return _copy("migrated", backend, folder)


def company(backend: str, folder: Path) -> AbstractContextManager[str]:
    """The address of a database with the example company, COMPANY_ACCOUNTS customers in each gas branch.

    The password of its accounts is `servers.DEMO_PASSWORD`.
    """
    return _copy("company", backend, folder)


def small_company(backend: str, folder: Path) -> AbstractContextManager[str]:
    """The same with SMALL_ACCOUNTS customers in each branch: for what goes through every row of every table."""
    return _copy("small", backend, folder)


def filled(
    name: str, backend: str, folder: Path, fill: Callable[[str, Path], None]
) -> AbstractContextManager[str]:
    """The address of a migrated database that `fill` put something into: once a run, for all that ask by `name`.

    `fill` gets the address and a home, and leaves no connection open.
    """
    _FILLING[name] = fill
    return _copy(name, backend, folder)


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / SQLITE_FILE}"


@contextmanager
def as_owner(url: str) -> Iterator[Connection]:
    """A transaction of the role that owns the tables, past the program's session."""
    engine = make_engine(normalised(postgres_server.owner_url(url) or url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def make_tables(url: str, tables: list[Table] | None = None) -> None:
    """Make tables straight from the models (by default all that are imported), and the guards of their rows."""
    with as_owner(url) as connection:
        Base.metadata.create_all(connection, tables)
        protection.protect(connection)
        if connection.dialect.name == "postgresql":
            protection.let_application_in(connection, url, ("public",))


def take_down(url: str, table: str, column: str) -> None:
    """Take away what holds a reference inside its branch, for a test of what stands before it."""
    held = Reference(table, column, "").name
    with as_owner(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {held}")
            return
        for moment in ("added", "changed"):
            connection.exec_driver_sql(f"DROP TRIGGER {held}_{moment}")


@contextmanager
def _copy(template: str, backend: str, folder: Path) -> Iterator[str]:
    if backend == "sqlite":
        shutil.copytree(_sqlite_template(template), folder, dirs_exist_ok=True)
        yield sqlite_url(folder)
        return
    _make_postgres_template(template)
    made = f"{postgres_server.APART}_{template}"
    with _postgres_database(postgres_server.APART, made, postgres_server.OWNER_ROLE) as url:
        yield url


@contextmanager
def _postgres_database(prefix: str, template: str, owner: str) -> Iterator[str]:
    server = postgres_server.shared()
    name = f"{prefix}_{os.getpid()}_{next(_numbers)}"
    url = server.create(name, template, owner)
    try:
        yield url
    finally:
        server.drop(name)


def _sqlite_template(template: str) -> Path:
    """A whole home, since a part of the program may keep a SQLite file of its own beside the main one."""
    done = run_folder.path() / f"template-sqlite-{template}"
    with run_folder.lock(done.name):
        if not done.exists():
            new = done.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            if template in _FILLING:
                shutil.copytree(_sqlite_template("migrated"), new)
            _make(template, sqlite_url(new), new)
            for file in sorted(new.glob("*.sqlite")):
                _empty_log(file)
            new.rename(done)
    return done


def _empty_log(file: Path) -> None:
    """Move everything from the write-ahead log into the file, so that the file can be copied."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_postgres_template(template: str) -> None:
    server = postgres_server.shared()
    name = f"{postgres_server.APART}_{template}"
    with run_folder.lock(name):
        if not server.exists(name):
            unfinished = f"{name}_new"
            server.drop(unfinished)
            if template in _FILLING:
                _make_postgres_template("migrated")
            before = f"{postgres_server.APART}_migrated" if template in _FILLING else "template0"
            url = server.create(unfinished, before, owner=postgres_server.OWNER_ROLE)
            _make(template, url, run_folder.path() / f"template-postgresql-{template}")
            server.rename(unfinished, name)


def _make(template: str, url: str, home: Path) -> None:
    """Run the commands, as an operator does, or fill. `home`: what is beside the database."""
    home.mkdir(parents=True, exist_ok=True)
    if template in _FILLING:
        _FILLING[template](url, home)
        return
    settings = {
        "ZHIDU_DATABASE_URL": url,
        "ZHIDU_DATABASE_OWNER_URL": postgres_server.owner_url(url),
        "ZHIDU_HOME": str(home),
        "ZHIDU_DEMO_PASSWORD": servers.DEMO_PASSWORD,
        "ZHIDU_DEMO_ACCOUNTS": str(SMALL_ACCOUNTS if template == "small" else COMPANY_ACCOUNTS),
    }
    for command in TEMPLATES[template]:
        done = subprocess.run(
            [servers.PROGRAM, command],
            cwd=servers.ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(
                f"`zhidu {command}` ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
            )
