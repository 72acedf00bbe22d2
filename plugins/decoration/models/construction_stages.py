"""What becomes of a site between the start notice and the completion notice (DEC-E07, E08, E09, DEC-W3)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion
from plugins.decoration.rules import names_construction as c


class OfSite:
    """What belongs to a site, and so to its customer, whose rows are seen by whoever sees the customer."""

    site_id: Mapped[int] = mapped_column(ForeignKey("decoration_site.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))


def of_site(table: str) -> tuple[Index, ...]:
    """The indexes by which these rows are found."""
    names = ("site_id", "customer_id")
    return tuple(Index(f"ix_{table}_{name}", "branch_id", name, "id") for name in names)


class Handover(OfSite, RowVersion, BranchOwned, Base):
    """The hand-over on site (三方交底, DEC-R10): `entry_on` is the exact day of entry that the customer is told;
    `designer_id`, `engineer_id` and `customer_head` are who attended for the three parties."""

    __tablename__ = "decoration_handover"
    __table_args__ = (
        *of_site("decoration_handover"),
        Index("ix_decoration_handover_planned_on", "branch_id", "planned_on", "id"),
    )

    planned_on: Mapped[date]
    entry_on: Mapped[date]
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    engineer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    customer_head: Mapped[str | None] = mapped_column(String(60))
    record: Mapped[str | None] = mapped_column(Text)
    held_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=c.PLANNED)


class Notice:
    """A notice from engineering to customer service."""

    number: Mapped[str] = mapped_column(String(20), default="")
    remark: Mapped[str | None] = mapped_column(String(200))
    sent_on: Mapped[date | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    received_on: Mapped[date | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.DRAFTED)


class StartNotice(Notice, OfSite, RowVersion, BranchOwned, Base):
    """The start-of-work notice (开工通知单, DEC-E07)."""

    __tablename__ = "decoration_start_notice"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        *of_site("decoration_start_notice"),
        Index("ix_decoration_start_notice_state", "branch_id", "state", "id"),
    )

    start_on: Mapped[date]


class CompletionNotice(Notice, OfSite, RowVersion, BranchOwned, Base):
    """The completion notice (完工通知单, DEC-E08)."""

    __tablename__ = "decoration_completion_notice"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        *of_site("decoration_completion_notice"),
        Index("ix_decoration_completion_notice_state", "branch_id", "state", "id"),
    )

    completed_on: Mapped[date]


class Stage(OfSite, RowVersion, BranchOwned, Base):
    """A stage of the works on a site, as planned and as it came; `position` counts from 1 in the order of the site.
    `override_why` is why it began although the one before was not accepted."""

    __tablename__ = "decoration_stage"
    __table_args__ = (
        UniqueConstraint("branch_id", "site_id", "stage"),
        *of_site("decoration_stage"),
        Index("ix_decoration_stage_state", "branch_id", "state", "id"),
        Index("ix_decoration_stage_planned_until", "branch_id", "planned_until", "id"),
    )

    stage: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    planned_from: Mapped[date | None]
    planned_until: Mapped[date | None]
    started_on: Mapped[date | None]
    passed_on: Mapped[date | None]
    override_why: Mapped[str | None] = mapped_column(String(200))
    overridden_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.WAITING)


class Acceptance(OfSite, RowVersion, BranchOwned, Base):
    """An acceptance of a checkpoint (验收, DEC-E09). `attempt` counts from 1; a re-inspection is a row of its own, with
    the one that failed as `previous_id`. What begins with `owner` the customer did on their own page: agreed to come on
    `owner_day`, and signed what came of it."""

    __tablename__ = "decoration_acceptance"
    __table_args__ = (
        UniqueConstraint("branch_id", "site_id", "checkpoint", "attempt"),
        *of_site("decoration_acceptance"),
        Index("ix_decoration_acceptance_state", "branch_id", "state", "planned_on", "id"),
        Index("ix_decoration_acceptance_planned_on", "branch_id", "planned_on", "id"),
        Index("ix_decoration_acceptance_previous_id", "branch_id", "previous_id", "id"),
        Index("ix_decoration_acceptance_held_on", "branch_id", "held_on", "id"),
    )

    checkpoint: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_acceptance.id"))
    planned_on: Mapped[date | None]
    announced_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    notified_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    attended: Mapped[bool] = mapped_column(default=False)
    held_on: Mapped[date | None]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    record: Mapped[str | None] = mapped_column(Text)
    called_on: Mapped[date | None]
    called_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    call_result: Mapped[str | None] = mapped_column(Text)
    owner_day: Mapped[date | None]
    owner_confirmed_at: Mapped[datetime | None]
    owner_signed_at: Mapped[datetime | None]
    owner_name: Mapped[str | None] = mapped_column(String(60))
    owner_remark: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=c.PLANNED)


class Pause(OfSite, RowVersion, BranchOwned, Base):
    """A time in which a site rests (停工): from `paused_on` up to the day before `resumed_on`, which is None as long as
    it rests."""

    __tablename__ = "decoration_pause"
    __table_args__ = of_site("decoration_pause")

    paused_on: Mapped[date]
    resumed_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(200))


class SiteCheck(OfSite, RowVersion, BranchOwned, Base):
    """What an inspector found on a site (巡检); an issue of quality is open until it is put right."""

    __tablename__ = "decoration_site_check"
    __table_args__ = (
        *of_site("decoration_site_check"),
        Index("ix_decoration_site_check_state", "branch_id", "state", "id"),
        Index("ix_decoration_site_check_checked_on", "branch_id", "checked_on", "id"),
    )

    checked_on: Mapped[date]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    stage: Mapped[str | None] = mapped_column(String(20))
    found: Mapped[str | None] = mapped_column(Text)
    settled_how: Mapped[str | None] = mapped_column(Text)
    settled_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=c.FINE)
