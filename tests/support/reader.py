"""A person's browser over one kept connection: for many requests to the running program."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import servers
from company import field_value

ROW_LINK = re.compile(r"<a\b[^>]*\brow-link\b[^>]*>")
RECORD = re.compile(r'href="[^"]*/(\d+)"')


@dataclass
class Reader:
    """Cookies and one connection; not for several threads at once: each takes one by `beside`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def beside(self) -> Reader:
        """Another connection of the same person."""
        return Reader(self.port, dict(self.cookies))

    def get(self, path: str) -> str:
        """The page; the answer has to be 200."""
        status, text = self._ask("GET", path, None)
        assert status == 200, f"{path}: {status}"
        return text

    def log_in(self, username: str) -> Reader:
        token = field_value(self.get("/login/"), "csrf_token")
        sent = {"csrf_token": token, "username": username, "password": servers.DEMO_PASSWORD}
        status, text = self._ask("POST", "/login/", urlencode(sent))
        assert status == 302, text
        return self

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "en",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for each in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text


def ids_of(page: str) -> list[int]:
    """The ids of a list's records, in their order."""
    found = (RECORD.search(link) for link in ROW_LINK.findall(page))
    return [int(each.group(1)) for each in found if each]
