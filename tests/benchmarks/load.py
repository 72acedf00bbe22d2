"""One client, a process of its own: asks over one open connection, again and again, and times every answer.

It reads its plan as a line of JSON and says `ready` after the warm-up. For each further line, a number of seconds, it
asks that long and prints how long each answer took. Every answer is checked: its status, and a text that it holds. A
plan with `sql` runs a statement in place of requests.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

Asked = dict[str, Any]


class HttpClient:
    """A connection that stays open, with the headers of somebody who has logged in."""

    def __init__(self, plan: Asked) -> None:
        self.port, self.headers = plan["port"], plan["headers"]
        self.connection: http.client.HTTPConnection | None = None

    def open(self) -> None:
        self.close()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()

    def ask(self, asked: Asked) -> str:
        """What is wrong with the answer; nothing when it is right."""
        assert self.connection is not None
        body = asked.get("body")
        headers = {**self.headers, **asked.get("headers", {})}
        self.connection.request(asked.get("method", "GET"), asked["path"], body, headers)
        answer = self.connection.getresponse()
        told = answer.read()
        if answer.status != asked.get("status", 200):
            return f"{asked['path']} answers {answer.status}"
        if asked.get("holds", "").encode() not in told:
            return f"{asked['path']} does not hold {asked['holds']}"
        return ""


class SqlClient:
    """A connection to the database as the application's role, told once in which branch it acts."""

    def __init__(self, plan: Asked) -> None:
        import psycopg

        self.statement = plan["sql"]
        self.connection = psycopg.connect(plan["url"], autocommit=True)
        for each in plan["first"]:
            self.connection.execute(each)

    def open(self) -> None: ...

    def close(self) -> None:
        self.connection.close()

    def ask(self, asked: Asked) -> str:
        rows = self.connection.execute(self.statement, asked["given"]).fetchall()
        return "" if rows else f"{asked['given']} finds nothing"


def main() -> None:
    plan = json.loads(sys.stdin.readline())
    with closing(SqlClient(plan) if "sql" in plan else HttpClient(plan)) as client:
        serve(client, plan)


def serve(client: SqlClient | HttpClient, plan: Asked) -> None:
    """Warm up, then ask as long as each further line says."""
    turn = iter(plan["requests"]) if plan["once"] else itertools.cycle(plan["requests"])
    client.open()
    for each in itertools.islice(turn, plan["warm"]):
        wrong = client.ask(each)
        if wrong:
            raise SystemExit(wrong)
    say("ready")
    for line in sys.stdin:
        client.open()
        say(measured(client.ask, turn, float(line)))


def measured(ask: Callable[[Asked], str], turn: Iterator[Asked], seconds: float) -> dict[str, Any]:
    """The milliseconds of every answer; the first, on a fresh connection, counts too."""
    took, wrong = [], []
    begun = now = time.perf_counter()
    for each in turn:
        told = ask(each)
        before, now = now, time.perf_counter()
        took.append((now - before) * 1000)
        if told:
            wrong.append(told)
        if now - begun >= seconds:
            break
    return {"milliseconds": took, "wrong": wrong[:3], "seconds": now - begun}


def say(value: Any) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
