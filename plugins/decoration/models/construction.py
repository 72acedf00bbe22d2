"""Construction sites and the crews that work on them (DEC-E06)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion
from plugins.decoration.rules.names import PREPARED


class Crew(RowVersion, BranchOwned, Base):
    """A crew (工队) under its foreman; crews have no accounts."""

    __tablename__ = "decoration_crew"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    foreman: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(40))
    left_on: Mapped[date | None]


class Site(RowVersion, BranchOwned, Base):
    """A construction site (工地). `state` is how the project stands (DEC-W3), `stage` the stage of the works under
    way, None before the first; `started_on` is the day of entry, `paused_on` the day since which it rests.
    `mid_due_on` and `final_due_on` are the days since which a mid-term and the final payment are owed (DEC-R65); the
    program keeps them."""

    __tablename__ = "decoration_site"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_site_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_site_house_id", "branch_id", "house_id", "id"),
        Index("ix_decoration_site_commission_id", "branch_id", "commission_id", "id"),
        Index("ix_decoration_site_crew_id", "branch_id", "crew_id", "id"),
        Index("ix_decoration_site_inspector_id", "branch_id", "inspector_id", "id"),
        Index("ix_decoration_site_state", "branch_id", "state", "id"),
        Index("ix_decoration_site_stage", "branch_id", "stage", "id"),
        Index("ix_decoration_site_started_on", "branch_id", "started_on", "id"),
        Index("ix_decoration_site_completed_on", "branch_id", "completed_on", "id"),
        Index("ix_decoration_site_progress", "branch_id", "state", "stage", "id"),
        Index("ix_decoration_site_mid_due_on", "branch_id", "mid_due_on", "id"),
        Index("ix_decoration_site_final_due_on", "branch_id", "final_due_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    house_id: Mapped[int] = mapped_column(ForeignKey("decoration_house.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=PREPARED)
    stage: Mapped[str | None] = mapped_column(String(20))
    planned_from: Mapped[date | None]
    planned_until: Mapped[date | None]
    started_on: Mapped[date | None]
    paused_on: Mapped[date | None]
    pause_reason: Mapped[str | None] = mapped_column(String(200))
    completed_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    mid_due_on: Mapped[date | None]
    final_due_on: Mapped[date | None]
