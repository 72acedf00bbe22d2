"""Visits that were taken in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, clock

ENTERED, SKIPPED = "entered", "skipped"


class TakenVisit(BranchOwned, Base):
    """A visit (走访) that took effect, or a stop that was passed over.

    `key` was made on the phone and is unique, so that of a visit that is sent again the answer is known; `digest` is
    the SHA-256 of what was sent with it. `stop_id` is the record that was visited, `entity` and `record_id` the record
    that the visit became.
    """

    __tablename__ = "core_visit"
    __table_args__ = (
        Index("ix_core_visit_round", "branch_id", "round", "id"),
        Index("ix_core_visit_day", "branch_id", "round", "visited_at"),
        Index("ix_core_visit_record", "branch_id", "entity", "record_id"),
    )

    key: Mapped[str] = mapped_column(String(36), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    round: Mapped[str] = mapped_column(String(80))
    stop_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(500))
    entity: Mapped[str | None] = mapped_column(String(80))
    record_id: Mapped[int | None]
    visited_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
