"""Payments and what they paid: posted facts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Posted, clock

CASH, UNIONPAY = "cash", "unionpay"


class Payment(Posted, BranchOwned, Base):
    """Money taken at the counter (收款; GAS-E09). Receipt numbers of a branch have no gaps.

    `received_on` is the branch's business date. `request_key` belongs to one submission of the form, so that a second
    press takes nothing. `notes_checked` records that cash was checked for counterfeits (GAS-R38).
    """

    __tablename__ = "gas_payment"
    __table_args__ = (
        UniqueConstraint("branch_id", "receipt_number"),
        UniqueConstraint("branch_id", "request_key"),
        Index("ix_gas_payment_received", "branch_id", "received_on", "id"),
        Index("ix_gas_payment_amount", "branch_id", "amount", "id"),
        Index("ix_gas_payment_method", "branch_id", "method", "id"),
        Index("ix_gas_payment_account", "branch_id", "account_id"),
    )

    receipt_number: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    amount: Mapped[Decimal] = mapped_column(Money)
    method: Mapped[str] = mapped_column(String(20))
    notes_checked: Mapped[bool] = mapped_column(default=False)
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    cashier_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    request_key: Mapped[str] = mapped_column(String(64))


class PaymentAllocation(Posted, BranchOwned, Base):
    """What a payment put on one bill."""

    __tablename__ = "gas_payment_allocation"
    __table_args__ = (
        UniqueConstraint("branch_id", "payment_id", "bill_id"),
        Index("ix_gas_payment_allocation_bill", "branch_id", "bill_id"),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("gas_payment.id"), index=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("gas_bill.id"))
    amount: Mapped[Decimal] = mapped_column(Money)
