"""Obligations, the series that cadences make them in, and how far each branch is planned."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, RowVersion, Unrecorded

OPEN, DONE, WAIVED, MISSED, DROPPED = "open", "done", "waived", "missed", "dropped"
STATES = (OPEN, DONE, WAIVED, MISSED, DROPPED)
RAISED: dict[str, Any] = {"sqlite_where": text("step > 0"), "postgresql_where": text("step > 0")}
BRANCH_ENTITY = "core.branch"
"""The subject of what a branch itself owes; the record is the branch."""


class Obligation(RowVersion, BranchOwned, Base):
    """Something that is owed under a rule (待办事项), on a record or by the branch itself.

    `occurrence` tells the times of one rule for one subject apart, so that none comes twice. The period begins after
    `starts_on`; `nominal_on` is the date as counted, `due_on` that date rolled off days off, `due_at` an instant where
    the rule counts hours. `provisional`: the days off of that year are not announced yet. `step` counts the rungs of
    the ladder that were climbed. While `paused_on` is filled nothing is asked; `paused_days` is how far earlier pauses
    put it off. `closed_entity` and `closed_record` name the record that fulfilled it; `note` says how, or why it was
    waived or dropped.
    """

    __tablename__ = "core_obligation"
    __table_args__ = (
        UniqueConstraint("branch_id", "rule", "record_id", "occurrence"),
        Index("ix_core_obligation_due", "branch_id", "state", "due_on"),
        Index("ix_core_obligation_day", "branch_id", "due_on", "id"),
        Index("ix_core_obligation_subject", "branch_id", "entity", "record_id"),
        Index("ix_core_obligation_position", "branch_id", "owner_position", "state", "rule", "due_on"),
        Index("ix_core_obligation_owner", "branch_id", "owner_id", "state", "due_on"),
        Index("ix_core_obligation_raised", "branch_id", "state", "rule", **RAISED),
    )

    rule: Mapped[str] = mapped_column(String(60))
    basis_id: Mapped[int] = mapped_column(ForeignKey("core_rule_basis.id"), index=True)
    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    occurrence: Mapped[str] = mapped_column(String(40))
    owner_position: Mapped[str] = mapped_column(String(80), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    starts_on: Mapped[date]
    nominal_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    paused_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    late_on: Mapped[date | None]
    step: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("core_obligation.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    closed_entity: Mapped[str | None] = mapped_column(String(80))
    closed_record: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(500))
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Series(Unrecorded, BranchOwned, Base):
    """A cadence of one subject: counted from `anchor_on`, planned up to `planned_to`, resting since `paused_on`."""

    __tablename__ = "core_series"
    __table_args__ = (
        UniqueConstraint("branch_id", "rule", "record_id"),
        Index("ix_core_series_anchor", "branch_id", "rule", "anchor_on"),
    )

    rule: Mapped[str] = mapped_column(String(60))
    basis_id: Mapped[int] = mapped_column(ForeignKey("core_rule_basis.id"))
    record_id: Mapped[int]
    anchor_on: Mapped[date]
    until_on: Mapped[date | None]
    planned_to: Mapped[date]
    paused_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)


class PlanState(Unrecorded, BranchOwned, Base):
    """How far the planner of a branch has come: the last day that it saw, and what it knew of working days then."""

    __tablename__ = "core_plan_state"
    __table_args__ = (UniqueConstraint("branch_id"),)

    planned_on: Mapped[date]
    days_known: Mapped[str] = mapped_column(String(80), default="")
