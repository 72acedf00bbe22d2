"""A form that is sent twice takes effect once."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.data import clock
from core.data.base import Base, Unrecorded
from core.data.errors import UserError

_KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")


class SubmittedOnce(Unrecorded, Base):
    """The key that a form carried, and where its result stands. Unique, so the second of two equal posts finds it."""

    __tablename__ = "core_submitted_once"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    url: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


def new_key() -> str:
    """A key for the hidden field of a fresh form."""
    return secrets.token_urlsafe(18)


def known_key(text: str | None) -> str:
    """The key that a form carried, or nothing when it is none that `new_key` made."""
    return text if text and _KEY.fullmatch(text) else ""


def earlier_result(session: Session, key: str, user_id: int) -> str | None:
    """The address of what an equal post made before, or None when this is the first."""
    return (
        session.scalar(
            select(SubmittedOnce.url).where(SubmittedOnce.key == key, SubmittedOnce.user_id == user_id)
        )
        if key
        else None
    )


def remember(session: Session, key: str, user_id: int, url: str) -> None:
    """Write the key in the transaction of the change. Raises UserError when an equal post did so a moment earlier."""
    if not key:
        return
    session.add(SubmittedOnce(key=key, user_id=user_id, url=url))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise UserError("This was sent twice; it has taken effect once.", status=409) from None
