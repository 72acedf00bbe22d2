"""Messages on records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Posted, clock

LONGEST = 2000
"""Characters of a message."""


class Message(Posted, BranchOwned, Base):
    """A message (留言) on a record, for those who work on it. It is written once; a further one corrects it."""

    __tablename__ = "core_message"
    __table_args__ = (
        Index("ix_core_message_record", "branch_id", "entity", "record_id", "at"),
        Index("ix_core_message_user", "user_id", "branch_id", "entity", "record_id"),
        Index("ix_core_message_at", "branch_id", "at"),
    )

    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(Text)
