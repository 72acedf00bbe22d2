"""A form that is sent twice takes effect once."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.data import clock
from core.data.base import Base, Unrecorded
from core.data.errors import UserError
from core.data.marks import N_

SENT_TWICE = N_("This was sent twice; it has taken effect once.")
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


def claimed(session: Session, key: str, user_id: int, url: str) -> str | None:
    """Write the key before the change, in its transaction, where it is known where the result will stand.

    Answers the address of what an equal post made before; None when this is the first. Raises UserError for a key of
    somebody else. An equal post that comes meanwhile waits here, and goes on when this one has failed.
    """
    if not key:
        return None
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"key": key, "user_id": user_id, "url": url, "created_at": clock.now()}
    statement = insert(SubmittedOnce.__table__).on_conflict_do_nothing(index_elements=["key"])  # type: ignore[arg-type]
    written: Any = session.execute(statement, row)
    if written.rowcount:
        return None
    before = earlier_result(session, key, user_id)
    if before is None:
        raise UserError(SENT_TWICE, status=409)
    return before


def remember(session: Session, key: str, user_id: int, url: str) -> None:
    """Write the key in the transaction of the change. Raises UserError when an equal post did so a moment earlier."""
    if not key:
        return
    session.add(SubmittedOnce(key=key, user_id=user_id, url=url))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise UserError(SENT_TWICE, status=409) from None
