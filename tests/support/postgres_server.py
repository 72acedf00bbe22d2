"""The one PostgreSQL of a test run: started by the first test that asks, shared by all workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

import postgres_keeper
import run_folder

APPLICATION_ROLE = "zhidu"
OWNER_ROLE = "zhidu_owner"  # makes the tables where the roles are apart
APART = "apart"  # begins the names of databases whose owner is not the application's role
LONGEST_WAIT = 60.0  # seconds


@dataclass(frozen=True)
class PostgresServer:
    """Databases by name on 127.0.0.1. Neither role is a superuser: row-level security binds both."""

    port: int

    def url(self, database: str, role: str = APPLICATION_ROLE) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template0", owner: str = APPLICATION_ROLE) -> str:
        """Make a database, empty or a copy of one that nobody is connected to.

        Returns its address for the application.
        """
        self._run(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(database), sql.Identifier(owner), sql.Identifier(template)
            )
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def rename(self, old: str, new: str) -> None:
        self._run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))

    def exists(self, database: str) -> bool:
        with self._administrator() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            return found.fetchone() is not None

    def make_roles(self) -> None:
        for role in (APPLICATION_ROLE, OWNER_ROLE):
            self._run(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))

    def _run(self, statement: sql.Composed) -> None:
        with self._administrator() as connection:
            connection.execute(statement)

    def _administrator(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url("postgres", role="postgres"), autocommit=True)


def owner_url(url: str) -> str:
    """The address of a database for the role that owns its tables; empty where that is the application itself."""
    if f"/{APART}_" not in url:
        return ""
    return url.replace(f"//{APPLICATION_ROLE}@", f"//{OWNER_ROLE}@")


def shared() -> PostgresServer:
    """The run's server, started when this is the first call of all workers."""
    folder = _folder()
    with run_folder.lock("postgres"):
        if not (folder / "port").exists():
            _start(folder)
            _server(folder).make_roles()
    return _server(folder)


def end() -> None:
    """End the server, if one was started. Called once, by the process that started pytest."""
    if not _pid_file().exists():
        return
    keeper = int(_pid_file().read_text())
    with suppress(ProcessLookupError):
        os.kill(keeper, signal.SIGTERM)
    give_up = time.monotonic() + LONGEST_WAIT
    while postgres_keeper.is_alive(keeper) and time.monotonic() < give_up:
        time.sleep(0.02)


def _folder() -> Path:
    return run_folder.path() / "postgres"


def _pid_file() -> Path:
    return run_folder.path() / "postgres.pid"


def _server(folder: Path) -> PostgresServer:
    return PostgresServer(int((folder / "port").read_text()))


def _start(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    log = run_folder.path() / "keeper.log"
    with log.open("ab") as output:
        keeper = subprocess.Popen(
            [sys.executable, postgres_keeper.__file__, str(folder), str(run_folder.owner())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    _pid_file().write_text(str(keeper.pid))
    while not (folder / "port").exists():
        if keeper.poll() is not None:
            server_log = folder / "log"
            told = server_log.read_text(errors="replace") if server_log.exists() else ""
            raise RuntimeError(
                f"the tests' PostgreSQL did not start:\n{log.read_text(errors='replace')}\n{told}"
            )
        time.sleep(0.02)
    keeper.returncode = 0  # it outlives this worker on purpose; `end` ends it by its id
