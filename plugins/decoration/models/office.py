"""The office of the department: claims, personnel proposals, documents and minutes, suggestions, appraisals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Quantity, RowVersion
from plugins.decoration.rules import names_office as o


class Expense(RowVersion, BranchOwned, Base):
    """An expense claim (报销, DEC-E22); `amount` is in yuan."""

    __tablename__ = "decoration_expense"
    __table_args__ = (
        Index("ix_decoration_expense_state", "branch_id", "state", "id"),
        Index("ix_decoration_expense_claimed_on", "branch_id", "claimed_on", "id"),
        Index("ix_decoration_expense_claimant_id", "branch_id", "claimant_id", "id"),
    )

    claimant_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    claimed_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(20), default=o.OPEN)
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    paid_on: Mapped[date | None]
    paid_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class PersonnelProposal(RowVersion, BranchOwned, Base):
    """A proposal to appoint, promote or dismiss somebody, or about their pay or training (任免建议, DEC-E23)."""

    __tablename__ = "decoration_personnel_proposal"
    __table_args__ = (
        Index("ix_decoration_personnel_proposal_state", "branch_id", "state", "id"),
        Index("ix_decoration_personnel_proposal_proposed_on", "branch_id", "proposed_on", "id"),
    )

    employee: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    post: Mapped[str] = mapped_column(String(60))
    present_post: Mapped[str | None] = mapped_column(String(20))
    education: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    proposed_on: Mapped[date]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=o.PROPOSED)
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class Document(RowVersion, BranchOwned, Base):
    """A document of the department (DEC-E21): minutes of a meeting, a document, or the template of a form."""

    __tablename__ = "decoration_document"
    __table_args__ = (
        Index("ix_decoration_document_kind", "branch_id", "kind", "id"),
        Index("ix_decoration_document_day", "branch_id", "day", "id"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    attended: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    issued_to: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=o.DRAFT)


class Suggestion(RowVersion, BranchOwned, Base):
    """A suggestion about the service (建议, DEC-R84), and what the manager answered."""

    __tablename__ = "decoration_suggestion"
    __table_args__ = (
        Index("ix_decoration_suggestion_state", "branch_id", "state", "id"),
        Index("ix_decoration_suggestion_made_on", "branch_id", "made_on", "id"),
        Index("ix_decoration_suggestion_made_by", "branch_id", "made_by", "id"),
    )

    title: Mapped[str] = mapped_column(String(120))
    says: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=o.MADE)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class Appraisal(RowVersion, BranchOwned, Base):
    """How a person or a crew served in some days (服务质量考核评价, DEC-E18).

    `customer_rating` is the mean of the `ratings` that customers gave in these days, from 1 to 5; None without any.
    `manager_rating` is from 1 to 5 too. A crew has no account, so it is named in a field of its own.
    """

    __tablename__ = "decoration_appraisal"
    __table_args__ = (
        Index("ix_decoration_appraisal_state", "branch_id", "state", "id"),
        Index("ix_decoration_appraisal_last_day", "branch_id", "last_day", "id"),
        Index("ix_decoration_appraisal_fed_back_on", "branch_id", "fed_back_on", "id"),
        Index("ix_decoration_appraisal_person_id", "branch_id", "person_id", "id"),
        Index("ix_decoration_appraisal_crew_id", "branch_id", "crew_id", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    ratings: Mapped[int] = mapped_column(default=0)
    customer_rating: Mapped[Decimal | None] = mapped_column(Quantity)
    manager_rating: Mapped[int | None]
    result: Mapped[str | None] = mapped_column(String(20))
    feedback: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=o.DRAFTED)
    appraised_on: Mapped[date | None]
    appraised_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    fed_back_on: Mapped[date | None]
