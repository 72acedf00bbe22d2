"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when it is gone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.data import clock
from core.installation import installation
from core.people.doors.models import FactorDuty, RecoveryCode, SecondFactor

ISSUER = "Zhidu"
STEP_SECONDS = 30
RECOVERY_CODES = 10
_NEARBY = (0, -1, 1)  # steps: clocks of phones go a little wrong
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def factor_of(database: Session, user_id: int) -> SecondFactor | None:
    """The person's second factor, confirmed or only begun."""
    return database.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id))


def is_enrolled(database: Session, user_id: int) -> bool:
    """Whether a log-in of the person needs a code."""
    factor = factor_of(database, user_id)
    return factor is not None and factor.confirmed_at is not None


def start(database: Session, user_id: int) -> SecondFactor:
    """Begin with a fresh secret; it counts from `confirm` on. A confirmed factor stays as it is."""
    factor = factor_of(database, user_id)
    if factor is None:
        factor = SecondFactor(user_id=user_id, salt="")
        database.add(factor)
    if factor.confirmed_at is None:
        factor.salt = secrets.token_hex(20)
    database.flush()
    return factor


def secret_of(factor: SecondFactor) -> str:
    """The shared secret in base 32. Who reads the database alone cannot tell it."""
    return base64.b32encode(_keyed(f"second factor {factor.user_id} {factor.salt}")[:20]).decode()


def address_of(factor: SecondFactor, username: str) -> str:
    """What the QR code says to the app."""
    return str(pyotp.TOTP(secret_of(factor)).provisioning_uri(name=username, issuer_name=ISSUER))


def confirm(database: Session, factor: SecondFactor, code: str) -> list[str] | None:
    """Make the factor count when the app's code is right, and answer the recovery codes; None when it is wrong."""
    if not _take_step(database, factor, code):
        return None
    factor.confirmed_at = clock.now()
    return new_recovery_codes(database, factor.user_id)


def accept(database: Session, user_id: int, code: str) -> bool:
    """Whether a code of the app, or a recovery code, is right. Each is taken once, also when sent twice at once."""
    factor = factor_of(database, user_id)
    if factor is None or factor.confirmed_at is None:
        return False
    return _take_step(database, factor, code) or _take_recovery_code(database, user_id, code)


def new_recovery_codes(database: Session, user_id: int) -> list[str]:
    """Fresh recovery codes in place of all earlier ones; only their keyed hashes are kept."""
    database.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    database.add_all(RecoveryCode(user_id=user_id, code_hash=_hash(user_id, each)) for each in codes)
    database.flush()
    return codes


def recovery_codes_left(database: Session, user_id: int) -> int:
    found = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return int(database.scalar(found) or 0)


def remove(database: Session, user_id: int) -> None:
    """Take the second factor away, with its recovery codes."""
    database.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    database.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))


def duties(database: Session) -> list[FactorDuty]:
    """For which positions a second factor is asked for."""
    return list(database.scalars(select(FactorDuty).order_by(FactorDuty.id)))


def _take_step(database: Session, factor: SecondFactor, code: str) -> bool:
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return False
    totp, now = pyotp.TOTP(secret_of(factor)), int(clock.now().timestamp()) // STEP_SECONDS
    for step in (now + each for each in _NEARBY):
        if hmac.compare_digest(totp.generate_otp(step), digits):
            taken: Any = database.execute(
                update(SecondFactor)
                .where(SecondFactor.id == factor.id, SecondFactor.last_step < step)
                .values(last_step=step)
            )
            return bool(taken.rowcount)
    return False


def _take_recovery_code(database: Session, user_id: int, code: str) -> bool:
    given = _hash(user_id, "".join(each for each in code.lower() if each in _LETTERS))
    found = delete(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.code_hash == given)
    taken: Any = database.execute(found)
    return bool(taken.rowcount)


def _recovery_code() -> str:
    letters = [secrets.choice(_LETTERS) for _ in range(24)]  # 118 bits: a fast hash of them is enough
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 24, 4))


def _hash(user_id: int, code: str) -> str:
    return _keyed(f"recovery code {user_id} {code.replace('-', '')}").hex()


def _keyed(text: str) -> bytes:
    return hmac.digest(installation().settings.secret_key.encode(), text.encode(), hashlib.sha256)
