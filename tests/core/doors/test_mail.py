"""Letters: nothing in them becomes a heading, and no mail server is believed whose certificate nobody vouches for."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from core.data import UserError
from core.people.doors import mail
from core.people.service import check_email
from self_signed import server_context
from servers import free_port

LINE_ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


class Letters:
    """What a mail server took."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return server_context(tmp_path_factory.mktemp("certificate"))


def settings(url: str) -> Any:
    return SimpleNamespace(smtp_url=url, mail_from="zhidu@zhidu.example")


@pytest.fixture
def plain() -> Iterator[tuple[Letters, int]]:
    letters, port = Letters(), free_port()
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    yield letters, port
    server.stop()


@pytest.fixture
def starting_tls(context: ssl.SSLContext) -> Iterator[tuple[Letters, int]]:
    letters, port = Letters(), free_port()
    server = Controller(letters, hostname="127.0.0.1", port=port, tls_context=context)
    server.start()
    yield letters, port
    server.stop()


@pytest.fixture
def speaking_tls(context: ssl.SSLContext) -> Iterator[int]:
    """A server that speaks TLS from the first byte on, and notes nothing: nobody comes as far as a letter."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=_greet, args=(listening, context))
        answering.start()
        yield listening.getsockname()[1]
        answering.join()


def _greet(listening: socket.socket, context: ssl.SSLContext) -> None:
    connection, _address = listening.accept()
    with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
        secured.sendall(b"220 here\r\n")
        secured.recv(1024)


def send(url: str, to: str = "wang@example.com", subject: str = "A new password") -> None:
    mail.send(settings(url), to, subject, "Text.")


def test_a_letter_that_starts_tls_with_a_stranger_is_not_sent(starting_tls):
    letters, port = starting_tls
    with pytest.raises(ssl.SSLCertVerificationError, match=r"self.signed"):
        send(f"smtp+starttls://127.0.0.1:{port}")
    assert letters.taken == []


def test_it_is_sent_to_a_server_that_somebody_vouches_for(starting_tls, context, monkeypatch):
    """So the certificate was all that was wrong."""
    letters, port = starting_tls
    trusting = ssl.create_default_context(cadata=_certificate_of(context))
    trusting.verify_flags &= ~ssl.VERIFY_X509_STRICT  # the certificate has none of what authorities add
    monkeypatch.setattr(mail.ssl, "create_default_context", lambda: trusting)
    send(f"smtp+starttls://127.0.0.1:{port}")
    assert [each.rcpt_tos for each in letters.taken] == [["wang@example.com"]]


def test_a_letter_over_tls_to_a_stranger_is_not_sent(speaking_tls):
    with pytest.raises(ssl.SSLCertVerificationError, match=r"self.signed"):
        send(f"smtps://127.0.0.1:{speaking_tls}")


def test_a_server_that_knows_no_tls_gets_no_letter(plain):
    letters, port = plain
    with pytest.raises(mail.smtplib.SMTPNotSupportedError):
        send(f"smtp+starttls://127.0.0.1:{port}")
    assert letters.taken == []


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_end_becomes_a_heading(plain, end):
    letters, port = plain
    for more in (
        {"to": f"wang@example.com{end}Bcc: li@example.com"},
        {"subject": f"Hello{end}Bcc: li@example.com"},
    ):
        with pytest.raises(ValueError, match="linefeed or carriage return"):
            send(f"smtp://127.0.0.1:{port}", **more)
    assert letters.taken == []


@pytest.mark.parametrize("end", LINE_ENDS)
def test_no_person_has_such_an_address(end):
    for address in (
        f"wang@example.com{end}Bcc: li@example.com",
        f"wang{end}@example.com",
        f"wang@example.com{end}",
    ):
        with pytest.raises(UserError):
            check_email(address)


def _certificate_of(context: ssl.SSLContext) -> bytes:
    """The certificate that the context shows, asked for over two ends of a wire without checking anything."""
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = asking.wrap_bio(to_client, to_server)
    server = context.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (client, server):
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    found = client.getpeercert(binary_form=True)
    assert found
    return found
