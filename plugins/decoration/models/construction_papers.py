"""The contract of a site and what is owed by it, change orders, and the papers after completion (DEC-E10, E17-E20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Quantity, RowVersion
from plugins.decoration.models.construction_stages import OfSite, of_site
from plugins.decoration.rules import names_construction as c


class Contract(OfSite, RowVersion, BranchOwned, Base):
    """The contract of a site (施工合同); `amount` is in yuan, without change orders."""

    __tablename__ = "decoration_contract"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        *of_site("decoration_contract"),
        Index("ix_decoration_contract_state", "branch_id", "state", "id"),
        Index("ix_decoration_contract_signed_on", "branch_id", "signed_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    amount: Mapped[Decimal] = mapped_column(Money)
    signed_on: Mapped[date | None]
    remark: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), default=c.DRAFTED)


class Instalment(OfSite, RowVersion, BranchOwned, Base):
    """A part of what is owed by a contract (付款计划). `share` is in parts of a hundred of the contract's amount, where
    the part is said so; `due_at` is what it falls due by: the signature, or the acceptance of a stage."""

    __tablename__ = "decoration_instalment"
    __table_args__ = (
        *of_site("decoration_instalment"),
        Index("ix_decoration_instalment_contract_id", "branch_id", "contract_id", "id"),
        Index("ix_decoration_instalment_state", "branch_id", "state", "due_on", "id"),
        Index("ix_decoration_instalment_due_on", "branch_id", "due_on", "id"),
        Index("ix_decoration_instalment_paid_on", "branch_id", "paid_on", "id"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("decoration_contract.id"))
    change_order_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_change_order.id"))
    kind: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[str] = mapped_column(String(20))
    share: Mapped[Decimal | None] = mapped_column(Quantity)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    due_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    receipt: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20), default=c.PLANNED)


class ChangeOrder(OfSite, RowVersion, BranchOwned, Base):
    """A change order (变更单): what is built otherwise than agreed, for how much more (or less, below nothing) and how
    many days longer."""

    __tablename__ = "decoration_change_order"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        *of_site("decoration_change_order"),
        Index("ix_decoration_change_order_state", "branch_id", "state", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    says: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal] = mapped_column(Money)
    days: Mapped[int] = mapped_column(default=0)
    proposed_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None] = mapped_column(String(60))
    signed_on: Mapped[date | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.DRAFTED)


class RecordCard(OfSite, RowVersion, BranchOwned, Base):
    """The customer record card (客户记录卡, DEC-E10) of a finished decoration."""

    __tablename__ = "decoration_record_card"
    __table_args__ = (UniqueConstraint("branch_id", "site_id"), *of_site("decoration_record_card"))

    completed_on: Mapped[date]
    details: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    filed_on: Mapped[date | None]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.DRAFTED)


class HandbookReturn(OfSite, RowVersion, BranchOwned, Base):
    """The engineering management handbook (工程管理手册, DEC-E17) of a completed site, collected and looked through."""

    __tablename__ = "decoration_handbook_return"
    __table_args__ = (
        UniqueConstraint("branch_id", "site_id"),
        *of_site("decoration_handbook_return"),
        Index("ix_decoration_handbook_return_state", "branch_id", "state", "id"),
    )

    drawings: Mapped[str | None] = mapped_column(String(12))
    changes: Mapped[str | None] = mapped_column(String(12))
    acceptances: Mapped[str | None] = mapped_column(String(12))
    materials: Mapped[str | None] = mapped_column(String(12))
    checks: Mapped[str | None] = mapped_column(String(12))
    photos: Mapped[str | None] = mapped_column(String(12))
    findings: Mapped[str | None] = mapped_column(Text)
    collected_on: Mapped[date | None]
    collected_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    checked_on: Mapped[date | None]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.AWAITED)


class ShowFlat(OfSite, RowVersion, BranchOwned, Base):
    """A site proposed as show flat (工程样板间, DEC-E19)."""

    __tablename__ = "decoration_show_flat"
    __table_args__ = of_site("decoration_show_flat")

    why: Mapped[str] = mapped_column(Text)
    requested_on: Mapped[date]
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    inspected_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=c.PROPOSED)


class Settlement(OfSite, RowVersion, BranchOwned, Base):
    """A line of the settlement list of completed works (完工尾款结算, DEC-E20); `owed` is what was open on the day
    of the list, in yuan."""

    __tablename__ = "decoration_settlement"
    __table_args__ = (
        UniqueConstraint("branch_id", "site_id"),
        *of_site("decoration_settlement"),
        Index("ix_decoration_settlement_state", "branch_id", "state", "id"),
        Index("ix_decoration_settlement_completed_on", "branch_id", "completed_on", "id"),
    )

    completed_on: Mapped[date]
    owed: Mapped[Decimal | None] = mapped_column(Money)
    materials_told_on: Mapped[date | None]
    finance_told_on: Mapped[date | None]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    settled_on: Mapped[date | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=c.LISTED)
