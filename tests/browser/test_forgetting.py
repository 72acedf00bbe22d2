"""A browser that a test has done with is given to the next, which finds nothing of the first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from browsers import open_chromium, put_to_rest

KEEP = """
const done = arguments[arguments.length - 1];
document.cookie = "who=first; path=/";
localStorage.setItem("who", "first");
sessionStorage.setItem("who", "first");
const asked = indexedDB.open("kept", 1);
asked.onupgradeneeded = () => asked.result.createObjectStore("names");
asked.onsuccess = () => done(true);
"""
KEPT = """
const done = arguments[arguments.length - 1];
indexedDB.databases().then((found) => done([
  document.cookie, localStorage.length, sessionStorage.length, found.length, document.hasFocus(), innerWidth]));
"""


class Page(BaseHTTPRequestHandler):
    """An empty page at every address."""

    def do_GET(self) -> None:
        body = b"<!doctype html><html lang=en><title>empty</title></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_next_one_finds_nothing(address: str, tmp_path: Path) -> None:
    first = open_chromium(tmp_path / "first", width=390)
    first.get(address)
    first.driver.execute_async_script(KEEP)
    assert first.driver.execute_async_script(KEPT)[:4] == ["who=first", 1, 1, 1]
    first.driver.switch_to.new_window("tab")
    put_to_rest(first)

    second = open_chromium(tmp_path / "second")
    try:
        assert second is first
        second.get(address)
        assert second.driver.execute_async_script(KEPT) == ["", 0, 0, 0, True, 1366]
        assert len(second.driver.window_handles) == 1
    finally:
        put_to_rest(second)
