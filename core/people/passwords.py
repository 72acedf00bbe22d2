"""What a password has to be, and one-time passwords."""

from __future__ import annotations

import secrets

from core.data import UserError

SHORTEST, LONGEST = 10, 128
_EASY = "abcdefghjkmnpqrstuvwxyz23456789"


def check_password(password: str, username: str) -> None:
    """Raise UserError (field `password`) when the password is too short, too long or holds the user name."""
    if len(password) < SHORTEST:
        raise UserError("Use at least %(count)s characters.", count=SHORTEST, field="password")
    if len(password) > LONGEST:
        raise UserError("Use at most %(count)s characters.", count=LONGEST, field="password")
    if username and username.lower() in password.lower():
        raise UserError("The password must not hold the user name.", field="password")


def one_time_password() -> str:
    """A password to be told to a person once; twelve characters that are easy to read aloud."""
    return "".join(secrets.choice(_EASY) for _ in range(12))
