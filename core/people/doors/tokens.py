"""Tokens of the token call: who holds one.

What it says is signed, and its secret has a row of its own, so that it can be revoked.
"""

from __future__ import annotations

import time
from typing import Any

from flask import current_app
from flask_jwt_extended import decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt.exceptions import PyJWTError
from sqlalchemy.orm import Session

from core.people.doors import sessions
from core.people.doors.models import TOKEN
from core.people.doors.sessions import Visitor

ACCESS = "access"
MOST = 1000
_SIGNED = "zhidu-signed-tokens"


def holder(database: Session, token: str) -> Visitor | None:
    """Who holds a token that we signed and that has not ended; one that was revoked has no row, so nobody holds it."""
    claims = _claims(token)
    if claims is None or claims["exp"] <= time.time():
        return None
    visitor = sessions.visitor(database, claims.get("jti"), TOKEN)
    return visitor if visitor is not None and str(visitor.user.id) == claims.get("sub") else None


def _claims(token: str) -> dict[str, Any] | None:
    """What a token says, if we signed it. Each process looks at a signature once; it cannot become wrong."""
    signed: dict[str, dict[str, Any]] = current_app.extensions.setdefault(_SIGNED, {})
    key = sessions.fingerprint(token)
    claims = signed.get(key)
    if claims is None:
        try:
            claims = decode_token(token)
        except (JWTExtendedException, PyJWTError):
            return None
        if claims["type"] != ACCESS:
            return None
        if len(signed) >= MOST:
            signed.clear()
        signed[key] = claims
    return claims
