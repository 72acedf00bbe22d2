"""What the rule book keeps: settings with their day, what each outcome rests on, and what checks found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches.models import BranchOwned
from core.data import Base, Posted, Unrecorded, clock

REFUSED, WARNED, CAME_TO, NOT_IN_ORDER = "refused", "warned", "came_to", "not_ok"
"""Outcomes of a finding: a record was not saved; it was, with a doubt; a figure came out; a person judged an item of a
checklist and found it not in order."""
OUTCOMES = (REFUSED, WARNED, CAME_TO, NOT_IN_ORDER)


class RuleSetting(Posted, Base):
    """A setting of a rule (规则参数) for a branch and those below it, from a day on. Rows are only added.

    `value` is the stored form of `core.handbook.stored`. With `inherits` the branch takes again what the branches
    above it have. `in_force_on` is empty while a second person's approval is outstanding; approved later than
    `from_on`, it is the day of the approval, so that no past day is judged otherwise than it was.
    """

    __tablename__ = "core_rule_setting"
    __table_args__ = (Index("ix_core_rule_setting_rule", "rule", "branch_id"),)
    posted_open_columns: ClassVar[frozenset[str]] = frozenset(
        {"in_force_on", "approved_by", "approved_at", "withdrawn_by", "withdrawn_at"}
    )

    rule: Mapped[str] = mapped_column(String(60))
    setting: Mapped[str] = mapped_column(String(60))
    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"))
    from_on: Mapped[date]
    in_force_on: Mapped[date | None]
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    inherits: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(String(500))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    set_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    approved_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    withdrawn_at: Mapped[datetime | None]


class RuleBasis(Unrecorded, Posted, Base):
    """What outcomes rest on: a rule in one version under certain settings. One row for each that differs.

    `digest` is the SHA-256 of all of it. The clause is kept as it was, for the time after the rule is gone.
    """

    __tablename__ = "core_rule_basis"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    rule: Mapped[str] = mapped_column(String(60), index=True)
    version: Mapped[int]
    clause: Mapped[dict[str, Any]]
    settings: Mapped[dict[str, Any]]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Finding(Posted, BranchOwned, Base):
    """What a rule found (检查结果) of a record on the day of its event. `key` stands in its address.

    `subject_id` is empty for a record that was refused before it had an id. `inputs` are the facts that the rule
    looked at and `result` what it said, both in the stored form of `core.handbook.stored`.
    """

    __tablename__ = "core_finding"
    __table_args__ = (
        Index("ix_core_finding_subject", "branch_id", "entity", "subject_id"),
        Index("ix_core_finding_rule", "branch_id", "rule", "at"),
    )

    key: Mapped[str] = mapped_column(String(36), unique=True)
    basis_id: Mapped[int] = mapped_column(ForeignKey("core_rule_basis.id"), index=True)
    rule: Mapped[str] = mapped_column(String(60))
    entity: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[int | None]
    day: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(10))
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    basis: Mapped[RuleBasis] = relationship(viewonly=True)
