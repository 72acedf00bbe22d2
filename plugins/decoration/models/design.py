"""The design of a house that a customer entrusts to the firm (DEC-E04), appointments (DEC-E03), payments (DEC-E05)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Posted, RowVersion, clock
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules.names import ENTRUSTED, PENDING
from plugins.decoration.rules.names_design import ASKED, OPEN


class Commission(RowVersion, BranchOwned, Base):
    """A design commission (设计委托). `state` is its stage (DEC-W2), `signing` whether a contract came of it; each date
    is that of the stage it names, and `ended_on` the last day of the project: the
    works are completed, or the design was given up."""

    __tablename__ = "decoration_commission"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_commission_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_commission_house_id", "branch_id", "house_id", "id"),
        Index("ix_decoration_commission_designer_id", "branch_id", "designer_id", "id"),
        Index("ix_decoration_commission_state", "branch_id", "state", "id"),
        Index("ix_decoration_commission_signing", "branch_id", "signing", "id"),
        Index("ix_decoration_commission_entrusted_on", "branch_id", "entrusted_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_house.id"))
    entrusted_on: Mapped[date]
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=ENTRUSTED)
    signing: Mapped[str] = mapped_column(String(20), default=PENDING)
    draft_on: Mapped[date | None]
    deposit_on: Mapped[date | None]
    fee_on: Mapped[date | None]
    fixed_on: Mapped[date | None]
    handed_over_on: Mapped[date | None]
    entry_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class Appointment(RowVersion, BranchOwned, Base):
    """An appointment with a customer (预约). `starts` and `ends` are times of the branch's clock on `planned_on`,
    written 14:30; `minutes` is how long it is planned to take. `called` is at which time, and with whom.

    `earlier_id` is the appointment in whose place it came, `new_on` and `new_starts` those of the one that follows.
    """

    __tablename__ = "decoration_appointment"
    __table_args__ = (
        Index("ix_decoration_appointment_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_appointment_commission_id", "branch_id", "commission_id", "id"),
        Index("ix_decoration_appointment_designer_id", "branch_id", "designer_id", "planned_on", "id"),
        Index("ix_decoration_appointment_planned_on", "branch_id", "planned_on", "starts", "id"),
        Index("ix_decoration_appointment_held_on", "branch_id", "held_on", "id"),
        Index("ix_decoration_appointment_state", "branch_id", "state", "planned_on", "id"),
        Index("ix_decoration_appointment_earlier_id", "branch_id", "earlier_id", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    stage: Mapped[str] = mapped_column(String(20))
    planned_on: Mapped[date]
    starts: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int] = mapped_column(default=60)
    ends: Mapped[str] = mapped_column(String(5), default="")
    place: Mapped[str | None] = mapped_column(String(200))
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    engineer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    participants: Mapped[str | None] = mapped_column(String(200))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(20), default=ASKED)
    invited_on: Mapped[date | None]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    invited_through: Mapped[str | None] = mapped_column(String(20))
    confirmed_at: Mapped[datetime | None]
    confirmed_how: Mapped[str | None] = mapped_column(String(20))
    held_on: Mapped[date | None]
    record: Mapped[str | None] = mapped_column(Text)
    missed_why: Mapped[str | None] = mapped_column(String(200))
    new_on: Mapped[date | None]
    new_starts: Mapped[str | None] = mapped_column(String(5))
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_appointment.id"))
    called: Mapped[str] = column_property(
        select(starts + " " + Customer.name)
        .where(Customer.id == customer_id)
        .correlate_except(Customer)
        .scalar_subquery()
    )


class Fee(RowVersion, BranchOwned, Base):
    """What a customer is asked to pay before the contract (设计费、订金): a deposit on the design, its fee, or a
    deposit on the order. `amount` is in yuan, None until somebody has named it; finance confirms it on `paid_on`."""

    __tablename__ = "decoration_fee"
    __table_args__ = (
        Index("ix_decoration_fee_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_fee_commission_id", "branch_id", "commission_id", "id"),
        Index("ix_decoration_fee_state", "branch_id", "state", "id"),
        Index("ix_decoration_fee_opened_on", "branch_id", "opened_on", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    opened_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    notified_on: Mapped[date | None]
    notified_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    notified_through: Mapped[str | None] = mapped_column(String(20))
    paid_on: Mapped[date | None]
    method: Mapped[str | None] = mapped_column(String(20))
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    reversed_why: Mapped[str | None] = mapped_column(String(200))


class Receipt(Posted, BranchOwned, Base):
    """What finance received for a fee (收据), or gave back: then `amount` (yuan) is below nothing, and `reverses_id`
    names the receipt that it takes back, which names it in `reversed_by_id`. Numbers of a branch have no gaps;
    `designer_id` is who designed on that day."""

    posted_open_columns: ClassVar[frozenset[str]] = frozenset({"reversed_by_id"})

    __tablename__ = "decoration_receipt"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "reverses_id"),
        Index("ix_decoration_receipt_received_on", "branch_id", "received_on", "id"),
        Index("ix_decoration_receipt_fee_id", "branch_id", "fee_id", "id"),
        Index("ix_decoration_receipt_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_receipt_commission_id", "branch_id", "commission_id", "id"),
        Index("ix_decoration_receipt_kind", "branch_id", "kind", "received_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    fee_id: Mapped[int] = mapped_column(ForeignKey("decoration_fee.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal] = mapped_column(Money)
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    method: Mapped[str] = mapped_column(String(20))
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_receipt.id"))
    reversed_by_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_receipt.id"))
    reason: Mapped[str | None] = mapped_column(String(200))
