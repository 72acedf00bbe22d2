"""Every wrong setting gives one line that says what to do, on stderr, and exit status 1."""

from __future__ import annotations

import logging
import socket
import subprocess
from pathlib import Path

import pytest

import servers
from core.cli import LogLines, main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command in this process with the given environment; answers exit status, stdout and stderr.

    What its own processes say counts as well.
    """

    def run(*arguments: str, **environment: str):
        home = {"ZHIDU_HOME": str(tmp_path / "home"), "ZHIDU_PORT": str(servers.free_port())}
        for name, value in {**home, **environment}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capfd.readouterr()
        return ended.value.code or 0, told.out, told.err

    return run


def complains(answer, *words):
    status, _out, err = answer
    assert status == 1
    assert err.startswith("zhidu: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert not [word for word in words if word not in err], err


@pytest.mark.parametrize(
    "port", ["abc", "0", "65536", "-1", "80 80", "²", "８０８０", "1e3", "99999999999999999999"]
)
def test_a_port_that_is_none(run, port):
    complains(run("run", ZHIDU_PORT=port), "ZHIDU_PORT", "from 1 to 65535")


@pytest.mark.parametrize("command", ["run", "web"])
def test_a_port_that_is_taken(run, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        complains(run(command, ZHIDU_PORT=str(port)), f"port {port} is taken", "ZHIDU_PORT")


@pytest.mark.parametrize(
    "command", [("run",), ("web",), ("worker",), ("demo",), ("migrate",), ("admin", "create")]
)
def test_a_database_that_is_not_reached(run, command):
    url = f"postgresql://nobody:secret@127.0.0.1:{servers.free_port()}/nothing"
    answer = run(*command, ZHIDU_DATABASE_URL=url)
    complains(answer, "ZHIDU_DATABASE_URL")
    assert "secret" not in answer[2]


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://me:secret@host/name", "sqlite:////nowhere/at/all/x.sqlite"]
)
def test_an_address_that_is_no_database(run, url):
    answer = run("run", ZHIDU_DATABASE_URL=url)
    complains(answer)
    assert "secret" not in answer[2]


@pytest.mark.parametrize("command", [("web",), ("worker",), ("demo",), ("admin", "create")])
def test_migrations_that_have_not_run(run, database_url, command):
    complains(run(*command, ZHIDU_DATABASE_URL=database_url), "migrations have not run yet", "zhidu migrate")


def test_a_home_that_cannot_be_made_or_is_none(run, tmp_path: Path):
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/home")):
        complains(run("run", ZHIDU_HOME=str(home)), "ZHIDU_HOME")


def test_a_secret_that_cannot_be_read(run, tmp_path: Path):
    (tmp_path / "home" / "secret-key").mkdir(parents=True)
    complains(run("web"), "secret-key")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("run", "--nonsense"), ("web", "--processes", "0"), ("admin", "create", "too", "many")],
)
def test_a_command_that_is_none(run, arguments):
    complains(run(*arguments))


def test_front_end_packages_that_are_missing(run, migrated_url, tmp_path: Path):
    answer = run("web", ZHIDU_DATABASE_URL=migrated_url, ZHIDU_NODE_MODULES=str(tmp_path / "nothing"))
    complains(answer, "make setup")


def test_a_plugin_folder_that_is_not_there(run, tmp_path: Path):
    complains(run("web", ZHIDU_PLUGIN_FOLDERS=str(tmp_path / "nothing")), "ZHIDU_PLUGIN_FOLDERS")


def test_a_message_is_one_line_with_the_time_in_utc():
    record = logging.makeLogRecord(
        {
            "msg": "said %s",
            "args": ("a\r\nb",),
            "created": 0,
            "msecs": 0,
            "levelname": "WARNING",
            "name": "core",
        }
    )
    written = LogLines("%(asctime)sZ %(levelname)s %(name)s: %(message)s").format(record)
    assert written == "1970-01-01 00:00:00.000Z WARNING core: said a\\r\\nb"


def test_as_an_operator_sees_it(tmp_path: Path):
    done = subprocess.run(
        [servers.PROGRAM, "run"],
        env={"PATH": "/usr/bin:/bin", "ZHIDU_HOME": str(tmp_path), "ZHIDU_PORT": "http"},
        capture_output=True,
        text=True,
        check=False,
    )
    complains((done.returncode, done.stdout, done.stderr), "ZHIDU_PORT is 'http'")
    assert done.stdout == ""
