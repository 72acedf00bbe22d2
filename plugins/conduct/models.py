"""The tables of conduct, each row owned by a branch."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

import core.people.models  # noqa: F401 - our foreign keys point to people
from core.branches import BranchOwned
from core.data import Base, Money, RowVersion
from plugins.conduct.rules.names import ASKED, DRAFT, DRAFTED, FILED, WAITING

UPHELD, CHANGED, CALLED_OFF = "upheld", "changed", "cancelled"


class Employee(RowVersion, BranchOwned, Base):
    """Somebody of the staff (员工), to whom slips are written; `user_id` is the account, for those who have one."""

    __tablename__ = "conduct_employee"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "user_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    department: Mapped[str] = mapped_column(String(60))
    job: Mapped[str | None] = mapped_column(String(60))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


class OffenceTariff(RowVersion, BranchOwned, Base):
    """A version of the tariff of offences (处罚条目表), in force from a day on once two have signed it."""

    __tablename__ = "conduct_tariff"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    name: Mapped[str] = mapped_column(String(80))
    effective_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    signed_by_head: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    signed_by_approver: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    published_on: Mapped[date | None]


class Offence(RowVersion, BranchOwned, Base):
    """An item of a tariff (处罚条目; GPN-E01). `rule` is the rule whose settings give the fine."""

    __tablename__ = "conduct_offence"
    __table_args__ = (UniqueConstraint("branch_id", "tariff_id", "number"),)

    tariff_id: Mapped[int] = mapped_column(ForeignKey("conduct_tariff.id"), index=True)
    number: Mapped[str] = mapped_column(String(10))
    says: Mapped[str] = mapped_column(String(200))
    rule: Mapped[str] = mapped_column(String(60))


class Slip(RowVersion, BranchOwned, Base):
    """A penalty slip (处罚单; HR-E01). `subject_id` is the employee's account; fines are in yuan."""

    __tablename__ = "conduct_slip"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "source"),
        Index("ix_conduct_slip_occurred_on", "branch_id", "occurred_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    employee_id: Mapped[int] = mapped_column(ForeignKey("conduct_employee.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True)
    occurred_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(120))
    offence_id: Mapped[int | None] = mapped_column(ForeignKey("conduct_offence.id"), index=True)
    consequence: Mapped[str | None] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str | None] = mapped_column(Text)
    opinion: Mapped[str] = mapped_column(Text, default="")
    fine: Mapped[Decimal | None] = mapped_column(Money)
    educated_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=DRAFTED)
    issued_on: Mapped[date | None]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    signed_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    bad_attitude: Mapped[bool] = mapped_column(default=False)
    effective_on: Mapped[date | None]
    appeal_until: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(String(80))


class SlipWitness(RowVersion, BranchOwned, Base):
    """Who signed a slip that its employee refused to sign (见证人)."""

    __tablename__ = "conduct_witness"
    __table_args__ = (UniqueConstraint("branch_id", "slip_id", "user_id"),)

    slip_id: Mapped[int] = mapped_column(ForeignKey("conduct_slip.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    signed_on: Mapped[date]
    statement: Mapped[str | None] = mapped_column(String(200))


class Appeal(RowVersion, BranchOwned, Base):
    """An appeal (申诉; HR-E02) against a slip, and its answer. `called` is the slip's number and its employee."""

    __tablename__ = "conduct_appeal"
    __table_args__ = (UniqueConstraint("branch_id", "slip_id"),)

    slip_id: Mapped[int] = mapped_column(ForeignKey("conduct_slip.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    filed_on: Mapped[date]
    answer_until: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=FILED)
    answer: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(20))
    new_fine: Mapped[Decimal | None] = mapped_column(Money)
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    if TYPE_CHECKING:
        called: Mapped[str]


# Asked of the mapped class, whose rows the gate narrows wherever the column is read.
Appeal.called = column_property(
    select(Slip.number + " · " + Employee.name)
    .where(Slip.id == Appeal.slip_id, Employee.id == Slip.employee_id)
    .correlate_except(Slip, Employee)
    .scalar_subquery()
)


class Measure(RowVersion, BranchOwned, Base):
    """What a slip leads to (处分): a warning, a fine, or what the company is asked for."""

    __tablename__ = "conduct_measure"

    slip_id: Mapped[int] = mapped_column(ForeignKey("conduct_slip.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    ground: Mapped[str | None] = mapped_column(String(300))
    asked_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=ASKED)
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class Deduction(RowVersion, BranchOwned, Base):
    """What is kept back of a month's wage for a fine (工资扣款; HR-E15), in yuan, and the fund it goes to."""

    __tablename__ = "conduct_deduction"
    __table_args__ = (UniqueConstraint("branch_id", "slip_id"),)

    slip_id: Mapped[int] = mapped_column(ForeignKey("conduct_slip.id"), index=True)
    wage_month: Mapped[str] = mapped_column(String(7))
    wage: Mapped[Decimal] = mapped_column(Money)
    amount: Mapped[Decimal] = mapped_column(Money)
    fund: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20), default=WAITING)
    booked_at: Mapped[datetime | None]
