"""What an administrator changed about the rights of positions, and the counter that tells every process of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.data import Base, clock

ACTION, FIELD = "action", "field"
GRANTED, REFUSED = "granted", "refused"
ONLY_ROW = 1


class RightOverride(Base):
    """From a day on, a position may (or may not) take an action on an entity, or gets another level of a field.

    Without a branch it counts in the whole company; one of a branch goes before it. What is taken back stays on record.
    """

    __tablename__ = "core_right_override"
    __table_args__ = (Index("ix_core_right_override_key", "position", "entity", "name"),)

    position: Mapped[str] = mapped_column(String(80))
    entity: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(10))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"), index=True)
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    set_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(index=True)


class RightsVersion(Base):
    """One row. Its figure goes up in the transaction of every change of what `snapshot` keeps."""

    __tablename__ = "core_rights_version"

    version: Mapped[int] = mapped_column(default=1, server_default="1")
