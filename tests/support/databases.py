"""Fresh databases for tests, empty or migrated, on SQLite and on PostgreSQL.

A migrated one is a copy of a template that one worker makes once a run.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import postgres_server
import run_folder
import servers

BACKENDS = ("sqlite", "postgresql")
SQLITE_FILE = "zhidu.sqlite"
TEMPLATE = "template_migrated"

_numbers = itertools.count(1)


def migrate(url: str, home: Path) -> None:
    """Bring a database to the present shape, as an operator does. `home`: what is beside the database."""
    home.mkdir(parents=True, exist_ok=True)
    settings = {"ZHIDU_DATABASE_URL": url, "ZHIDU_HOME": str(home)}
    done = subprocess.run(
        [servers.PROGRAM, "migrate"],
        cwd=servers.ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"`zhidu migrate` ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")


@contextmanager
def empty(backend: str, folder: Path) -> Iterator[str]:
    """The address of an empty database. `folder` is where a SQLite file goes."""
    if backend == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        yield sqlite_url(folder)
        return
    with _postgres_database(template="template0") as url:
        yield url


@contextmanager
def migrated(backend: str, folder: Path) -> Iterator[str]:
    """The address of a database as `zhidu migrate` leaves it: tables, no people, no branches."""
    if backend == "sqlite":
        shutil.copytree(_sqlite_template(), folder, dirs_exist_ok=True)
        yield sqlite_url(folder)
        return
    _make_postgres_template()
    with _postgres_database(template=TEMPLATE) as url:
        yield url


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / SQLITE_FILE}"


@contextmanager
def _postgres_database(template: str) -> Iterator[str]:
    server = postgres_server.shared()
    name = f"test_{os.getpid()}_{next(_numbers)}"
    url = server.create(name, template)
    try:
        yield url
    finally:
        server.drop(name)


def _sqlite_template() -> Path:
    """A whole home, since a part of the program may keep a SQLite file of its own beside the main one."""
    done = run_folder.path() / "template-sqlite"
    with run_folder.lock("template-sqlite"):
        if not done.exists():
            new = run_folder.path() / "template-sqlite.new"
            shutil.rmtree(new, ignore_errors=True)
            migrate(sqlite_url(new), new)
            for file in sorted(new.glob("*.sqlite")):
                _empty_log(file)
            new.rename(done)
    return done


def _empty_log(file: Path) -> None:
    """Move everything from the write-ahead log into the file, so that the file can be copied."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_postgres_template() -> None:
    server = postgres_server.shared()
    with run_folder.lock("template-postgres"):
        if not server.exists(TEMPLATE):
            unfinished = f"{TEMPLATE}_new"
            server.drop(unfinished)
            migrate(server.create(unfinished), run_folder.path() / "template-postgresql")
            server.rename(unfinished, TEMPLATE)
