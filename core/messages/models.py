"""The outbox, the branches' own words, who wants no messages, and when nobody is disturbed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, RowVersion, Unrecorded, clock

WAITING, SENDING, SENT, FAILED, DEAD, OPTED_OUT = "waiting", "sending", "sent", "failed", "dead", "opted_out"
"""A message waits, is in the hands of a sender, went out, will be tried again, is given up, or is not wanted."""


class Outgoing(Unrecorded, BranchOwned, Base):
    """A message on its way (待发消息), written in the transaction of what causes it.

    `key` is unique: what was told once for a cause is not told again. `user_id` is whom it is for among the staff,
    `address` the telephone number or e-mail address it goes to. `next_at` is when it is tried (again); `claimed_by` is
    the sender that has it in hand since `claimed_at`. `result` is what a person noted of a call.
    """

    __tablename__ = "core_outgoing"
    __table_args__ = (
        Index("ix_core_outgoing_due", "state", "next_at"),
        Index("ix_core_outgoing_record", "branch_id", "entity", "record_id"),
        Index("ix_core_outgoing_user", "user_id", "channel", "written_at"),
    )

    key: Mapped[str] = mapped_column(String(200), unique=True)
    template: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    address: Mapped[str | None] = mapped_column(String(200))
    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    obligation_id: Mapped[int | None]
    rule: Mapped[str | None] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=clock.now)
    error: Mapped[str | None] = mapped_column(String(300))
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_at: Mapped[datetime | None]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(300))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class OwnTemplate(RowVersion, BranchOwned, Base):
    """A branch's own words for a message in a language; they hold in the branches below it too."""

    __tablename__ = "core_template"
    __table_args__ = (UniqueConstraint("branch_id", "template", "language"),)

    template: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)


class OptOut(RowVersion, BranchOwned, Base):
    """Somebody who wants no messages through a channel (退订)."""

    __tablename__ = "core_opt_out"
    __table_args__ = (UniqueConstraint("branch_id", "channel", "address"),)

    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(200))
    why: Mapped[str | None] = mapped_column(String(200))


class QuietHours(RowVersion, BranchOwned, Base):
    """The hours of a branch in which nobody is disturbed (免打扰时段), such as 21:00 to 08:00; at most one row."""

    __tablename__ = "core_quiet_hours"
    __table_args__ = (UniqueConstraint("branch_id"),)

    begins: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
