"""What the doors keep: open sessions and tokens, and how often somebody knocked in vain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.data import Base, clock

BROWSER, TOKEN = "browser", "token"


class LogInSession(Base):
    """An open session of a browser, or a bearer token. The secret itself is with its holder; here is its hash.

    A session that ends is deleted, so nothing is left that could be taken up again.
    """

    __tablename__ = "core_login_session"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class DoorCounter(Base):
    """How often somebody knocked in vain, by account and by address. `key` is a hash: people mistype passwords here."""

    __tablename__ = "core_door_counter"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_until: Mapped[datetime | None]
