"""Letters by SMTP, sent beside the request: how long one takes tells nobody anything."""

from __future__ import annotations

import hashlib
import logging
import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask

from core.settings import Settings

log = logging.getLogger(__name__)
EXTENSION = "zhidu_post"
LONGEST_SECONDS = 20
NOBODY = ".invalid"
"""What an address ends with that was made up because none was given."""


def send(settings: Settings, to: str, subject: str, text: str, key: str = "") -> None:
    """Hand one letter to the mail server; one with the same `key` has the same Message-ID.

    Raises OSError or smtplib.SMTPException when it does not take it.
    """
    server = urlsplit(settings.smtp_url)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, to, subject
    if key:
        domain = settings.mail_from.rpartition("@")[2]
        letter["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
    letter.set_content(text)
    with _connected(server) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(letter)


def _connected(server: Any) -> smtplib.SMTP:
    host, port = server.hostname, server.port
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port or 465, timeout=LONGEST_SECONDS, context=context)
    connection = smtplib.SMTP(host, port or 25, timeout=LONGEST_SECONDS)
    if server.scheme == "smtp+starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
    return connection


def beside(app: Flask, work: Callable[[], None]) -> None:
    """Do `work` in the application's context after the request, one piece after the other."""
    pool = app.extensions.setdefault(EXTENSION, ThreadPoolExecutor(1, thread_name_prefix="post"))
    pool.submit(_done, app, work)


def _done(app: Flask, work: Callable[[], None]) -> None:
    with app.app_context():
        try:
            work()
        except (OSError, smtplib.SMTPException):
            log.exception("a letter could not be sent")
