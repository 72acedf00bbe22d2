"""Stands between a browser and the program, and loses answers: what was asked for has happened, and nobody hears so."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PASSED_ON = {"connection", "transfer-encoding", "keep-alive"}


class DroppingProxy(ThreadingHTTPServer):
    """Hands on what comes to its `port`. The answers to the next `to_drop` posts to a path that ends with `path` are
    lost after the program has given them; `dropped` counts them.
    """

    daemon_threads = True

    def __init__(self, port: int, path: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.program = port
        self.path = path
        self.to_drop = 0
        self.dropped = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def drops(self, method: str, path: str) -> bool:
        with self.lock:
            if method != "POST" or not path.endswith(self.path) or not self.to_drop:
                return False
            self.to_drop -= 1
            self.dropped += 1
            return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: DroppingProxy

    def do_GET(self) -> None:
        self._hand_on()

    def do_POST(self) -> None:
        self._hand_on()

    def _hand_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.program, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in PASSED_ON}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError:
            self.close_connection = True
            return
        finally:
            connection.close()
        if self.server.drops(self.command, self.path):
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in {*PASSED_ON, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: the program writes its own log."""


@contextmanager
def between(port: int, path: str) -> Iterator[DroppingProxy]:
    """A proxy before the program that listens on `port`."""
    proxy = DroppingProxy(port, path)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()
