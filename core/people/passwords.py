"""What a password has to be, and one-time passwords. Length and being hard to guess count; no rules of composition."""

from __future__ import annotations

import re
import secrets
from functools import cache

from core.data import UserError
from core.data.marks import N_

SHORTEST, LONGEST = 12, 128
_EASY = "abcdefghjkmnpqrstuvwxyz23456789"
_JUDGED = 40  # characters; what is longer is not guessed for its end
_FEWEST_GUESSES = 10**8
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
COMMON = N_("This password is one of the first that are tried. Choose other words, or more of them.")


def check_password(password: str, username: str, *known: str) -> None:
    """Raise UserError (field `password`) for a password that is too short, too long, common or easily guessed.

    `known` are further words that everybody knows of the person, such as name and e-mail address, or of the company.
    """
    if len(password) < SHORTEST:
        raise UserError("Use at least %(count)s characters.", count=SHORTEST, field="password")
    if len(password) > LONGEST:
        raise UserError("Use at most %(count)s characters.", count=LONGEST, field="password")
    if username and username.lower() in password.lower():
        raise UserError("The password must not hold the user name.", field="password")
    if is_common(password) or _guesses(password, [username, *known]) < _FEWEST_GUESSES:
        raise UserError(COMMON, field="password")


def is_common(password: str) -> bool:
    """Whether it is a common password, also with digits or signs around it, or the same again and again."""
    whole = password.lower()
    return any(each in _common() for each in (whole, _ENDS.sub("", whole), _once(whole)))


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def _once(text: str) -> str:
    """The piece that a text repeats; the text itself when it repeats none."""
    return text[: (text + text).index(text, 1)] if text else text


def _guesses(password: str, known: list[str]) -> int:
    from zxcvbn import zxcvbn  # its lists take a moment to read: only when a password is chosen

    parts = [part for each in known for part in (each, each.partition("@")[0], *re.split(r"[\W_]+", each))]
    words = [*dict.fromkeys(filter(None, parts)), "zhidu"]
    return int(zxcvbn(password[:_JUDGED], user_inputs=words)["guesses"])


def one_time_password() -> str:
    """A password to be told to a person once; twelve characters that are easy to read aloud."""
    return "".join(secrets.choice(_EASY) for _ in range(12))
