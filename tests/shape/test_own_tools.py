"""The tests' own tools do what the tests rely on."""

from __future__ import annotations

import os
import runpy
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

import postgres_keeper
import postgres_server
import repository
import run_folder

NESTED = """
import os
import pytest, run_folder

def test_server(postgres):
    with open(os.environ["NESTED_NOTES"], "w") as notes:
        print(run_folder.path(), file=notes)
        print((run_folder.path() / "postgres.pid").read_text(), file=notes)

def test_skipping():
    pytest.skip("no reason is good enough")

@pytest.mark.long
def test_long():
    assert False, "runs in the full suite only"
"""


# ---------------------------------------------------------------- databases


def tables(url: str) -> int:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    with psycopg.connect(postgres_server.owner_url(url) or url) as connection:
        return connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()[0]


def make_table(url: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("CREATE TABLE left_behind (id INTEGER)")
    else:
        with psycopg.connect(postgres_server.owner_url(url) or url) as connection:
            connection.execute("CREATE TABLE left_behind (id INTEGER)")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_fresh_database_is_empty_each_time(database_url, turn):
    assert tables(database_url) == 0
    make_table(database_url)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_migrated_database_has_tables_and_no_leavings(migrated_url, turn):
    before = tables(migrated_url)
    assert before > 10
    make_table(migrated_url)  # refused in the second turn if the database were not a fresh copy
    assert tables(migrated_url) == before + 1


def test_row_level_security_would_bind_the_application(postgres):
    with psycopg.connect(postgres.url("postgres")) as connection:
        role = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert role == (postgres_server.APPLICATION_ROLE, False, False)


# ---------------------------------------------------------------- a run of pytest within this one


@pytest.fixture(scope="module")
def nested_run(tmp_path_factory):
    """The output of a small run, and the notes of its test about the server that it used."""
    folder = tmp_path_factory.mktemp("nested")
    (folder / "test_nested.py").write_text(NESTED)
    notes = folder / "notes"
    tests = Path(__file__).resolve().parents[1]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "conftest",
            "-p",
            "no:cacheprovider",
            "-c",
            "pyproject.toml",
            folder,
        ],
        cwd=repository.ROOT,
        env={**os.environ, "PYTHONPATH": str(tests), "NESTED_NOTES": str(notes)},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout, notes.read_text().split()


def test_a_skipped_test_fails_and_a_long_one_waits_for_the_full_suite(nested_run, monkeypatch):
    output, _notes = nested_run
    full = os.environ.get("ZHIDU_TEST_FULL") == "1"
    assert ("2 failed, 1 passed in" if full else "1 failed, 1 passed, 1 deselected in") in output
    assert "FAILED" in output
    assert "test_skipping" in output


def test_the_server_ends_with_its_run(nested_run):
    _output, (folder, keeper) = nested_run
    assert folder != str(run_folder.path())
    assert not Path(folder).exists()
    assert not postgres_keeper.is_alive(int(keeper))


# ---------------------------------------------------------------- set-up


def test_missing_system_packages_are_named_in_one_line(tmp_path):
    tool = repository.ROOT / "tests" / "tools" / "system_packages.py"
    run = subprocess.run(
        [sys.executable, tool], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "chromium chromium-driver fonts-noto-cjk" in run.stderr


def test_missing_system_packages_are_installed_where_that_is_possible(tmp_path, monkeypatch):
    """With an apt-get that writes down what it was asked and lays programs where the real one would."""
    apt = tmp_path / "apt-get"
    lay = f'for name in chromium chromedriver; do cp "$0" "{tmp_path}/$name"; done'
    fonts = f"printf '#!/bin/sh\\necho Noto\\n' > {tmp_path}/fc-list; /bin/chmod +x {tmp_path}/fc-list"
    apt.write_text(f'#!/bin/sh\nPATH=/bin:/usr/bin\necho "$@" >> {tmp_path}/asked\n{lay}\n{fonts}\n')
    apt.chmod(0o755)
    tool = runpy.run_path(str(repository.ROOT / "tests" / "tools" / "system_packages.py"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(tool["main"].__globals__, "may_install", lambda: True)
    assert tool["missing_packages"]() == ["chromium", "chromium-driver", "fonts-noto-cjk"]
    assert tool["main"]() == 0
    update, install = (tmp_path / "asked").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("chromium chromium-driver fonts-noto-cjk")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(repository.ROOT / "Makefile", folder)
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )


def test_make_alone_names_every_command(tmp_path):
    told = make(tmp_path).stdout
    declared = next(
        line for line in repository.text_of("Makefile").splitlines() if line.startswith(".PHONY:")
    )
    inner = {"FORCE", "help", "setup-dev"}
    assert [name for name in declared.split()[1:] if name not in inner and f"make {name} " not in told] == []


@pytest.mark.parametrize(
    ("refused", "told"),
    [("version_info", "needs Python 3.11 or newer"), ("ensurepip", "needs the modules venv and ensurepip")],
)
def test_set_up_says_what_the_python_lacks(tmp_path, refused, told):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$2" in *{refused}*) exit 1;; esac\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    run = make(tmp_path, "setup", f"PYTHON={python}")
    assert run.returncode != 0
    first, *rest = run.stderr.splitlines()
    assert told in first
    assert [line for line in rest if not line.startswith("make: ***")] == []
    assert not (tmp_path / ".venv").exists()
