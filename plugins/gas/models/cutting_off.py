"""What leads to gas being cut off, and what bars it: protected customers, disputes and money on the way, orders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Posted, RowVersion
from plugins.gas.rules.cutting_off import DISPUTE, HANDED_OVER, OPEN


class Protection(RowVersion, BranchOwned, Base):
    """A customer whose gas is never cut off (保护用户), from a day to a day (both included), or for good."""

    __tablename__ = "gas_protection"
    __table_args__ = (UniqueConstraint("branch_id", "account_id", "valid_from"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(String(200))


class Hold(RowVersion, BranchOwned, Base):
    """What keeps an account or one of its bills from being collected: a dispute (争议), or money on the way (在途).

    Without a bill it holds all that the account owes. `amount` (yuan) and `expected_on` belong to money on the way.
    """

    __tablename__ = "gas_hold"
    __table_args__ = (
        Index("ix_gas_hold_state", "branch_id", "state", "account_id"),
        Index("ix_gas_hold_account", "branch_id", "account_id"),
        Index("ix_gas_hold_bill", "branch_id", "bill_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("gas_bill.id"))
    kind: Mapped[str] = mapped_column(String(20), default=DISPUTE)
    reason: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    expected_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    opened_on: Mapped[date]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    remark: Mapped[str | None] = mapped_column(String(200))
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class CutOff(RowVersion, BranchOwned, Base):
    """Arrears handed over to the meter reader, up to gas being cut off (停气处理; GAS-E13).

    `owed` (yuan) is what its bills owed when they were handed over. An account has one order that is not at its end.
    """

    __tablename__ = "gas_cut_off"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "notice_number"),
        Index(
            "uq_gas_cut_off_open",
            "branch_id",
            "account_id",
            unique=True,
            sqlite_where=text("state NOT IN ('restored', 'withdrawn')"),
            postgresql_where=text("state NOT IN ('restored', 'withdrawn')"),
        ),
        Index("ix_gas_cut_off_state", "branch_id", "state", "id"),
        Index("ix_gas_cut_off_account", "branch_id", "account_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    owed: Mapped[Decimal] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(20), default=HANDED_OVER)
    handed_on: Mapped[date]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    notice_number: Mapped[str | None] = mapped_column(String(30))
    noticed_on: Mapped[date | None]
    noticed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    executed_on: Mapped[date | None]
    executed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    restored_on: Mapped[date | None]
    restored_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    withdrawn_why: Mapped[str | None] = mapped_column(String(200))


class CutOffBill(Posted, BranchOwned, Base):
    """A bill of an order, with what it owed (yuan) when it was handed over."""

    __tablename__ = "gas_cut_off_bill"
    __table_args__ = (
        UniqueConstraint("branch_id", "order_id", "bill_id"),
        Index("ix_gas_cut_off_bill_bill", "branch_id", "bill_id"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("gas_cut_off.id"), index=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("gas_bill.id"))
    owed: Mapped[Decimal] = mapped_column(Money)
