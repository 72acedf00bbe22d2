"""A real mail server and a gateway of short messages on this machine, both with bad days."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from servers import free_port


@dataclass
class Mail:
    """The mail server: what it took. `answers` are given in turn in place of taking a letter."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    delay: float = 0.0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        import asyncio
        from email import message_from_bytes, policy

        if self.answers:
            return self.answers.pop(0)
        await asyncio.sleep(self.delay)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((str(letter["Message-ID"]), str(letter["Subject"]), letter.get_content()))
        return "250 taken"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server() -> Iterator[Mail]:
    mail = Mail(free_port())
    server = Controller(mail, hostname="127.0.0.1", port=mail.port)
    server.start()
    yield mail
    server.stop()


@dataclass
class Gateway:
    """The gateway: messages by key, told once however often they come. `answers` are statuses given in turn first;
    `takes_anyway` says that it keeps a message although it answers with a failure."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    takes_anyway: bool = False
    delay: float = 0.0
    requests: Counter[str] = field(default_factory=Counter)
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, sent: dict[str, Any]) -> int:
        time.sleep(self.delay)
        with self.lock:
            self.requests[sent["key"]] += 1
            status = self.answers.pop(0) if self.answers else 200
            if status == 200 or self.takes_anyway:
                self.told.setdefault(sent["key"], (sent["to"], sent["text"]))
        return status


@contextmanager
def gateway() -> Iterator[Gateway]:
    found = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.headers["Idempotency-Key"] == body["key"]
            self.send_response(found.take(body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()
