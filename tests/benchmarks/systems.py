"""The programs that are measured: how each is started, how somebody logs in, and the addresses of what is asked."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import million
import servers
from company import PASSWORD

PEERS = Path(__file__).with_name("peers")
PYTHON = servers.ROOT / ".venv-peers" / "bin" / "python"
PROCESSES, THREADS = 2, 8  # as many as `zhidu web` has
FORM = "application/x-www-form-urlencoded"
LONGEST_START = 60.0


class NotRedirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


class Entries(HTMLParser):
    """What the forms of a page would send."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.found[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.found[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area, self.found[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data


@dataclass
class System:
    """A program that serves the accounts on a port of its own."""

    name: str
    port: int
    list_path: str = ""
    form_path: str = ""
    search_name: str = "q"
    rest_path: str = ""
    exchanges: Mapping[str, str] = field(default_factory=dict)
    """The headers with which its pages ask when somebody searches and only the rows are exchanged."""
    token_path: str = "/api/v1/security/login"
    log_in_path: str = "/login/"
    role: str = "peers"
    username: str = "clerk"
    cookies: CookieJar = field(default_factory=CookieJar)
    rest_headers: dict[str, str] = field(default_factory=dict)

    def log_in(self) -> None:
        """Log in by the form, and for REST by a token."""
        self.cookies.clear()
        entries = self._entries_of(self.log_in_path)
        body = urlencode({**entries, "username": self.username, "password": PASSWORD}).encode()
        try:
            self._open(self.url(self.log_in_path), body).close()
        except urllib.error.HTTPError as error:
            with error:  # it is the answer, with a socket of its own
                if error.code != 302:
                    raise
        if self.rest_path:
            asked = {"username": self.username, "password": PASSWORD, "provider": "db"}
            request = urllib.request.Request(
                self.url(self.token_path), json.dumps(asked).encode(), {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(request) as answer:
                token = json.load(answer)["access_token"]
            self.rest_headers = {"Authorization": f"Bearer {token}"}

    @property
    def headers(self) -> dict[str, str]:
        """Those of somebody who has logged in, with every cookie that a page has set since."""
        return {"Cookie": "; ".join(f"{each.name}={each.value}" for each in self.cookies)}

    def _open(self, url: str, body: bytes | None = None) -> Any:
        keeping = urllib.request.HTTPCookieProcessor(self.cookies)
        return urllib.request.build_opener(keeping, NotRedirected()).open(url, body)

    def _entries_of(self, path: str) -> dict[str, str]:
        return Entries(self.get(path)).found

    def get(self, path: str) -> str:
        with self._open(self.url(path)) as answer:
            found: str = answer.read().decode()
            return found

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    # ------------------------------------------------------------ what is asked

    def list(self, **arguments: str) -> str:
        return self.list_path + (f"?{urlencode(arguments)}" if arguments else "")

    def search(self, text: str) -> str:
        return self.list(**{self.search_name: text})

    def form(self, number: int) -> str:
        return self.form_path.format(id=number)

    def rest(self, page: int = 0) -> str:
        return f"{self.rest_path}?q={quote(f'(page:{page},page_size:25)')}"

    def saves(self, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """A request for each row, which sends its whole form with another telephone."""
        entries = Entries(self.get(self.form(rows[0]["id"]))).found
        return [
            {
                "method": "POST",
                "path": self.form(row["id"]),
                "body": urlencode(self.entered(entries, row)),
                "headers": {"Content-Type": FORM, "Referer": self.url(self.form(row["id"]))},
                "status": 302,
            }
            for row in rows
        ]

    def entered(self, entries: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
        values = {name: "" if value is None else str(value) for name, value in row.items()}
        return {**entries, **{name: values[name] for name in entries if name in values}}


class Zhidu(System):
    def entered(self, entries: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
        return {**super().entered(entries, row), "once": secrets.token_urlsafe(18)}


class FlaskAdmin(System):
    """Its log-in is a plain form without a page."""

    def _entries_of(self, path: str) -> dict[str, str]:
        return {}


def zhidu(port: int) -> System:
    return Zhidu(
        "zhidu",
        port,
        list_path="/gas/account/",
        form_path="/gas/account/{id}/edit",
        rest_path="/api/v1/gas/account/",
        exchanges={"HX-Request": "true", "HX-Target": "list"},
        role="zhidu",
        username=million.PERSON,
    )


def peers() -> dict[str, System]:
    """The others by the names of their programs."""
    return {
        "bare_appbuilder": System(
            "flask-appbuilder",
            servers.free_port(),
            list_path="/accountview/list/",
            form_path="/accountview/edit/{id}",
            search_name="_flt_2_name",
            rest_path="/api/v1/account/",
        ),
        "bare_django": System(
            "django-admin",
            servers.free_port(),
            list_path="/admin/django_gas/account/",
            form_path="/admin/django_gas/account/{id}/change/",
            log_in_path="/admin/login/",
        ),
        "bare_flask_admin": FlaskAdmin(
            "flask-admin",
            servers.free_port(),
            list_path="/admin/account/",
            form_path="/admin/account/edit/?id={id}",
            search_name="search",
            log_in_path="/login",
        ),
    }


def bare_look_up() -> System:
    """The bare look-up of names by their tokens."""
    return System("bare look-up", servers.free_port(), list_path="/")


# ---------------------------------------------------------------- processes


@contextmanager
def running(program: str, system: System, url: str, folder: Path, **more: str) -> Iterator[System]:
    """A peer while it serves. `url` is that of its role and schema, `more` are further settings of its own."""
    process = start(program, system, url, folder, **more)
    try:
        yield system
    finally:
        process.terminate()
        process.wait()


def start(program: str, system: System, url: str, folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """Prepare a peer and serve it; answers when it does."""
    environment = {**os.environ, "PEER_DATABASE_URL": url, "PEER_PASSWORD": PASSWORD, **more}
    with (folder / f"{program}.log").open("wb") as log:
        common: dict[str, Any] = {"cwd": PEERS, "env": environment, "stdout": log, "stderr": log}
        subprocess.run([PYTHON, f"{program}.py", "prepare"], check=True, **common)
        serving = [
            PYTHON, "-m", "gunicorn", "--workers", str(PROCESSES), "--threads", str(THREADS), "--worker-class",
            "gthread", "--keep-alive", "5", "--timeout", "300", "--bind", f"127.0.0.1:{system.port}",
            f"{program}:app",
        ]  # fmt: skip
        process = subprocess.Popen(serving, **common)
    give_up = time.monotonic() + LONGEST_START
    while not _answers(system):
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError((folder / f"{program}.log").read_text(errors="replace"))
        time.sleep(0.1)
    return process


def _answers(system: System) -> bool:
    try:
        urllib.request.urlopen(system.url(system.list_path), timeout=60).close()
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False
    return True


def schema_of(program: str) -> str:
    return re.sub(r"^bare_", "peer_", program)
