"""Hands one message to the mail server or to the gateway of short messages."""

from __future__ import annotations

import json
import smtplib
import urllib.error
import urllib.request
from dataclasses import dataclass

from core.messages.kinds import EMAIL, SMS
from core.people.doors.mail import send
from core.settings import Settings

LONGEST_SECONDS = 20
PASSING = (408, 409, 425, 429)
NO_MAIL = "ZHIDU_SMTP_URL is not set"
NO_SMS = "ZHIDU_SMS_URL is not set"


class PassingError(Exception):
    """The message was not taken now, and may be later."""


class FinalError(Exception):
    """The message will never be taken as it is."""


class UnsureError(Exception):
    """Nobody knows whether the message was taken, and sending it again might tell it twice."""


@dataclass(frozen=True)
class Letter:
    """What is sent. `key` is the same however often it is."""

    key: str
    channel: str
    address: str
    subject: str
    body: str


def hand_over(settings: Settings, letter: Letter) -> None:
    """Send it. Raises PassingError, FinalError or UnsureError."""
    ways = {EMAIL: _mail, SMS: _short_message}
    if letter.channel not in ways:
        raise FinalError(f"nothing sends {letter.channel}")
    ways[letter.channel](settings, letter)


def is_repeatable(channel: str) -> bool:
    """Whether the other side knows a message again by its key, so that it may be sent twice and counts once."""
    return channel == SMS


def _mail(settings: Settings, letter: Letter) -> None:
    if not settings.smtp_url:
        raise PassingError(NO_MAIL)
    try:
        send(settings, letter.address, letter.subject, letter.body, key=letter.key)
    except smtplib.SMTPServerDisconnected as error:
        raise UnsureError(_said(error)) from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise (PassingError if any(400 <= code < 500 for code in codes) else FinalError)(
            _said(error)
        ) from None
    except smtplib.SMTPResponseException as error:
        raise (PassingError if error.smtp_code < 500 else FinalError)(_said(error)) from None
    except TimeoutError as error:
        raise UnsureError(_said(error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise PassingError(_said(error)) from None


def _short_message(settings: Settings, letter: Letter) -> None:
    if not settings.sms_url:
        raise PassingError(NO_SMS)
    body = json.dumps({"key": letter.key, "to": letter.address, "text": letter.body}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": letter.key}
    if settings.sms_token:
        headers["Authorization"] = f"Bearer {settings.sms_token}"
    request = urllib.request.Request(settings.sms_url, body, headers)  # noqa: S310 - the settings judged the address
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_SECONDS) as answer:  # noqa: S310 - the same
            answer.read(1000)
    except urllib.error.HTTPError as error:
        error.close()
        final = 400 <= error.code < 500 and error.code not in PASSING
        raise (FinalError if final else PassingError)(f"{error.code} {error.reason}") from None
    except OSError as error:
        raise PassingError(_said(error)) from None


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
