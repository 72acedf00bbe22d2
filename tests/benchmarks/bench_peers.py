"""Zhidu beside bare Flask-AppBuilder, Django's admin and Flask-Admin: the same accounts in the same PostgreSQL.

`make bench` prints a line a case and system. The goals are of these figures; nothing here judges a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import look_ups
import psycopg
import pytest
import systems
from cases import Bench, Data
from psycopg import sql
from statements import Log

import databases
import million
import run_folder
import servers


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def line(text: str) -> None:
        with capsys.disabled():
            print("\n" + text, end="", flush=True)

    return line


def test_side_by_side(tell: Callable[[str], None], tmp_path: Path):
    with databases.migrated("postgresql", tmp_path) as url:
        million.fill(url, tmp_path / "filling", million.accounts_wanted())
        measure(url, tmp_path, tell)


def measure(url: str, folder: Path, tell: Callable[[str], None]) -> None:
    """Start every system on a filled database and run all cases."""
    superuser = million.as_superuser(url)
    with ExitStack() as held:
        others = held.enter_context(served(superuser, folder))
        start = held.enter_context(servers.ending_all(folder / "home"))
        zhidu = systems.zhidu(start(url, command="web").port)
        with psycopg.connect(superuser) as connection:
            found = connection.execute("SELECT id FROM core_branch WHERE code = %s", [million.BRANCH])
            branch_id = found.fetchone()[0]
        told = {"PEER_BRANCH": str(branch_id), "PEER_FIELD": str(look_ups.field_of_names())}
        look_up = systems.running("bare_look_up", systems.bare_look_up(), url, folder, **told)
        log = Log(run_folder.path() / "postgres" / "log", superuser)
        data = held.enter_context(closing(Data(superuser, branch_id)))
        bench = Bench(zhidu, others, data, log, tell)
        bench.run()
        look_ups.run(bench, held.enter_context(look_up), url)


@contextmanager
def served(superuser: str, folder: Path) -> Iterator[list[systems.System]]:
    """The peers, each with a schema of its own for its people, behind a role that sees all rows."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        for each in ("DROP OWNED BY peers CASCADE", "DROP ROLE peers") if _has_role(connection) else ():
            connection.execute(each)
        connection.execute("CREATE ROLE peers LOGIN BYPASSRLS")
        connection.execute("GRANT ALL ON gas_account, gas_reading TO peers")
        for program in systems.peers():
            name = sql.Identifier(systems.schema_of(program))
            connection.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION peers").format(name))
    with ExitStack() as held:
        found = []
        for program, system in systems.peers().items():
            started = systems.running(program, system, peer_url(superuser, program), folder)
            found.append(held.enter_context(started))
        yield found


def _has_role(connection: psycopg.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'peers'").fetchone() is not None


def peer_url(superuser: str, program: str) -> str:
    """The address for a peer's role; its own tables lie in its schema, those of the accounts behind it."""
    path = (
        f"{systems.schema_of(program)}%2Cpublic" if program == "bare_django" else systems.schema_of(program)
    )
    scheme = "postgresql" if program == "bare_django" else "postgresql+psycopg"
    plain = superuser.replace("//postgres@", "//peers@").partition("://")[2]
    return f"{scheme}://{plain}?options=-csearch_path%3D{path}"
