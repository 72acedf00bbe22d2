"""The running server takes no message whose length can be read in two ways, so nothing hides behind another request."""

from __future__ import annotations

import socket

import pytest

import servers

HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKS = b"0\r\n\r\n"
AMBIGUOUS = {
    "two lengths": (b"Content-Length: 0\r\nContent-Length: %d" % len(HIDDEN), b""),
    "two lengths in one": (b"Content-Length: 0, %d" % len(HIDDEN), b""),
    "a length and chunks": (b"Content-Length: %d\r\nTransfer-Encoding: chunked" % len(CHUNKS), CHUNKS),
    "chunks twice": (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", CHUNKS),
    "chunks and more": (b"Transfer-Encoding: chunked, identity", CHUNKS),
    "a signed length": (b"Content-Length: +0", b""),
    "no number": (b"Content-Length: zero", b""),
    "a blank before the colon": (b"Content-Length : 0", b""),
}


@pytest.fixture(scope="module")
def server(module_migrated_url: str, module_live_server) -> servers.LiveServer:
    return module_live_server(module_migrated_url, command="web")


def told(server: servers.LiveServer, headers: bytes, body: bytes = b"") -> list[bytes]:
    """The first line of every answer to a message with another one behind it."""
    message = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n" + body + HIDDEN
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(message)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while more := connection.recv(65536):
            answer += more
    return [each for each in answer.split(b"\r\n") if each.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_message_with_two_lengths_is_refused_with_all_that_follows(server: servers.LiveServer):
    for headers, body in ((b"Content-Length: 0", b""), (b"Transfer-Encoding: chunked", CHUNKS)):
        assert told(server, headers, body)[0].split()[1] == b"200"
    for name, (headers, body) in AMBIGUOUS.items():
        answers = [each.split()[1] for each in told(server, headers, body)]
        assert len(answers) == 1, (name, answers)
        assert answers[0] in (b"400", b"501"), (name, answers)
