"""REST as another program calls it: log-in for a token, then lists, records and new records."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

import prison

import servers

API = "/api/v1"


@dataclass(frozen=True)
class RestClient:
    """One person's token. With `branch` (a code) every call acts there, else in the branch last chosen."""

    site: servers.LiveServer
    token: str
    branch: str = ""

    def call(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """GET, or POST with a body; every call over a connection of its own. Status and answer."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if self.branch:
            headers["X-Branch"] = self.branch
        return send(self.site.url(API + path), body, headers)

    def status(self, path: str) -> int:
        return self.call(path)[0]

    def search(self, path: str, *filters: tuple[str, str, Any], **more: Any) -> dict[str, Any]:
        """A list's answer; a filter is column, operator and value."""
        given = [{"col": column, "opr": operator, "value": value} for column, operator, value in filters]
        status, answer = self.call(f"{path}?q={prison.dumps({'filters': given, 'page_size': 100, **more})}")
        assert status == 200, answer
        return answer

    def count(self, path: str, *filters: tuple[str, str, Any]) -> int:
        found: int = self.search(path, *filters)["count"]
        return found

    def add(self, path: str, **fields: Any) -> int:
        """Make a record; answers its id."""
        status, answer = self.call(path, fields)
        assert status == 201, answer
        made: int = answer["id"]
        return made


def log_in(site: servers.LiveServer, username: str, branch: str = "") -> RestClient:
    """The client of an account of the example company."""
    credentials = {"username": username, "password": servers.DEMO_PASSWORD, "provider": "db"}
    status, answer = send(site.url(f"{API}/security/login"), credentials, {})
    assert status == 200, answer
    return RestClient(site, answer["access_token"], branch)


def send(url: str, body: dict[str, Any] | None, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {**headers, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")
