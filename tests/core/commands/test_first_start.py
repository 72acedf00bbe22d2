"""A real installation from nothing, and the demonstration company only where there is nothing."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

import servers
from company import field_value
from core.branches import Branch
from core.cli import main
from core.data.database import Database
from core.people.models import Appointment


class Visitor:
    """A browser of another process's pages."""

    def __init__(self, server: servers.LiveServer) -> None:
        self.server = server
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> tuple[str, str]:
        return self._open(self.server.url(path), None)

    def post(self, path: str, **data: str) -> tuple[str, str]:
        token = field_value(self.get(path)[1], "csrf_token")
        return self._open(
            self.server.url(path), urllib.parse.urlencode({"csrf_token": token, **data}).encode()
        )

    def _open(self, address: str, data: bytes | None) -> tuple[str, str]:
        try:
            with self.opener.open(address, data) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return str(refused.code), refused.read().decode()


def test_from_nothing_to_an_administrator_who_stays(database_url: str, live_server, tmp_path: Path):
    server = live_server(database_url, "--no-demo", cold=True)
    assert f"Zhidu serves http://127.0.0.1:{server.port}" in server.log()
    password = re.search(r"One-time password, shown only now: (\S{12})", server.log()).group(1)
    visitor = Visitor(server)
    where, page = visitor.post("/login/", username="admin", password=password)
    assert where == "/password/"
    assert visitor.get("/core/branch/")[0] == "/password/"
    new = "a password of my own"
    assert visitor.post("/password/", present=password, password=new, again=new)[0] == "/"
    where, page = visitor.get("/core/branch/")
    assert where == "/core/branch/"
    assert "hq" in page
    assert server.stop() == 0
    assert "Traceback" not in server.log()

    again = live_server(database_url, "--no-demo", cold=True)
    assert "One-time password" not in again.log()
    visitor = Visitor(again)
    assert visitor.post("/login/", username="admin", password=password)[0] == "401"
    assert visitor.post("/login/", username="admin", password=new)[0] == "/"
    assert again.stop() == 0


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, migrated_url: str
):
    def command(*arguments: str):
        monkeypatch.setenv("ZHIDU_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("ZHIDU_DATABASE_URL", migrated_url)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return command


def test_an_administrator_is_made_on_the_command_line(command, migrated_url: str):
    status, out, _err = command("admin", "create", "--username", "chief")
    assert (status, "Administrator: chief" in out) == (0, True)
    assert re.search(r"One-time password, shown only now: \S{12}\n", out)
    status, out, _err = command("admin", "create", "--username", "second", "--password", "long enough indeed")
    assert (status, "One-time" in out) == (0, False)
    for arguments, message in (
        (("--username", "chief"), "This user name is taken."),
        (("--username", "third", "--password", "short"), "Use at least 12 characters."),
        (("--username", "third", "--password", "has third inside it"), "must not hold the user name"),
        (("--username", "not a name"), "Use Latin letters"),
        (("--username", ""), "Use Latin letters"),
    ):
        status, _out, err = command("admin", "create", *arguments)
        assert (status, err.count("\n"), message in err) == (1, 1, True), err
    database = Database(migrated_url)
    with database.sessions() as session:
        assert [each.kind for each in session.scalars(select(Branch))] == ["head_office"]
        assert len(session.scalars(select(Appointment)).all()) == 2
        assert {each.username for each in session.scalars(select(User))} == {"chief", "second"}
    database.dispose()


def test_the_demonstration_company_needs_an_empty_database(command):
    assert command("admin", "create")[0] == 0
    status, _out, err = command("demo")
    assert (status, err.count("\n")) == (1, 1)
    assert "the database holds data already" in err
