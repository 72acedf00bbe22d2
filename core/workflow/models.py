"""Moves that wait for approval, what was said of each, and who witnessed one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Posted, RowVersion, clock

WAITING, GRANTED, DECLINED, DROPPED = "waiting", "granted", "declined", "dropped"
"""A request waits, led to the move, was refused, or fell away because the record went another way."""


class MoveRequest(RowVersion, BranchOwned, Base):
    """A move (流转申请) that waits until enough people have said yes.

    `entered` is what was filled in for it, as the history keeps values, and `witnesses` are user ids. `chain` are the
    steps, each one's rule, its positions and the user ids that may not decide; `asked_by` may never. Once the
    record's row version is another than `record_version`, it is not what was asked about.
    """

    __tablename__ = "core_move_request"
    __table_args__ = (
        Index("ix_core_move_request_record", "branch_id", "entity", "record_id"),
        Index("ix_core_move_request_state", "branch_id", "state"),
    )

    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    transition: Mapped[str] = mapped_column(String(40))
    record_version: Mapped[int]
    entered: Mapped[dict[str, Any]] = mapped_column(default=dict)
    witnesses: Mapped[list[Any]] = mapped_column(default=list)
    chain: Mapped[list[Any]] = mapped_column(default=list)
    steps: Mapped[int]
    said: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class Approval(Posted, BranchOwned, Base):
    """What one person said of a request (审批): yes or no, and why. `position` is the one by which they decided."""

    __tablename__ = "core_approval"
    __table_args__ = (Index("ix_core_approval_record", "branch_id", "entity", "record_id"),)
    posted_open_columns: ClassVar[frozenset[str]] = frozenset()

    request_id: Mapped[int] = mapped_column(ForeignKey("core_move_request.id"), index=True)
    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    transition: Mapped[str] = mapped_column(String(40))
    step: Mapped[int]
    rule: Mapped[str] = mapped_column(String(60))
    basis_id: Mapped[int | None]
    position: Mapped[str] = mapped_column(String(80))
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    for_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    yes: Mapped[bool]
    why: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Witness(Posted, BranchOwned, Base):
    """Somebody who saw what a move of a record tells of (见证人)."""

    __tablename__ = "core_witness"
    __table_args__ = (Index("ix_core_witness_record", "branch_id", "entity", "record_id"),)

    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    transition: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
