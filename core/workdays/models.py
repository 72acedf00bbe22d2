"""The days off and made-up days that were announced or that a branch keeps, and the hours of service."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.data import Base, RowVersion

NOTICE, OWN = "notice", "own"
_EVERYWHERE = text("branch_id IS NULL")


class Workday(RowVersion, Base):
    """A day of which somebody has said whether it is worked; without a branch it counts in the whole company.

    `source` is the yearly notice (whose year is settled by it) or the company's own word.
    """

    __tablename__ = "core_workday"
    __table_args__ = (
        UniqueConstraint("branch_id", "day"),
        Index(
            "uq_core_workday_everywhere",
            "day",
            unique=True,
            sqlite_where=_EVERYWHERE,
            postgresql_where=_EVERYWHERE,
        ),
    )

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"))
    day: Mapped[date] = mapped_column(index=True)
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(10), default=OWN)


class ServiceTime(RowVersion, Base):
    """When a branch and those below it serve, as `09:00-12:00 13:30-18:00`; without a branch everywhere."""

    __tablename__ = "core_service_time"
    __table_args__ = (UniqueConstraint("branch_id"),)

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"))
    windows: Mapped[str] = mapped_column(String(100))
