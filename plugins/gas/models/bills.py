"""Bills with their lines and segments: posted facts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Posted, Quantity, clock

USAGE, OPENING_BALANCE = "usage", "opening"


class Bill(Posted, BranchOwned, Base):
    """A gas bill (气费账单; GAS-E08), with everything that its amount rests on.

    `volume_before` is the m3 counted in the pricing year that starts on `pricing_year`, before this bill. A bill of
    `minimum` is the m3 that its tariff charges at least: where less was used, the lines price that much. A bill of
    kind `opening` is a balance owed from before go-live: without lines, its `usage` counts towards the pricing year.
    It is payable until `due_on`, that day included; `due_basis_id` is the rule with its settings that this rests on.
    """

    __tablename__ = "gas_bill"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "account_id", "period", "kind"),
        Index("ix_gas_bill_period", "branch_id", "period", "id"),
        Index("ix_gas_bill_due", "branch_id", "due_on", "id"),
        Index("ix_gas_bill_account", "branch_id", "account_id", "due_on"),
        Index("ix_gas_bill_usage", "branch_id", "usage", "id"),
        Index("ix_gas_bill_total", "branch_id", "total", "id"),
        Index("ix_gas_bill_run", "branch_id", "run_id"),
        Index("ix_gas_bill_tariff_version", "branch_id", "tariff_version_id"),
    )

    number: Mapped[str] = mapped_column(String(48))
    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    kind: Mapped[str] = mapped_column(String(10), default=USAGE)
    period: Mapped[str] = mapped_column(String(7))
    read_from: Mapped[date]
    read_to: Mapped[date]
    usage: Mapped[Decimal] = mapped_column(Quantity)
    volume_before: Mapped[Decimal] = mapped_column(Quantity)
    pricing_year: Mapped[date]
    tariff_version_id: Mapped[int | None] = mapped_column(ForeignKey("gas_tariff_version.id"))
    extra_allowance: Mapped[Decimal] = mapped_column(Quantity)
    months: Mapped[int]
    minimum: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0), server_default="0")
    rounding: Mapped[str] = mapped_column(String(10))
    total: Mapped[Decimal] = mapped_column(Money)
    billed_on: Mapped[date]
    due_on: Mapped[date]
    due_basis_id: Mapped[int | None] = mapped_column(ForeignKey("core_rule_basis.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("gas_billing_run.id"))
    posted_at: Mapped[datetime] = mapped_column(default=clock.now)


class BillLine(Posted, BranchOwned, Base):
    """The part of a bill's usage that fell into one tier; bounds include the household's extra allowance."""

    __tablename__ = "gas_bill_line"
    __table_args__ = (UniqueConstraint("branch_id", "bill_id", "tier"),)

    bill_id: Mapped[int] = mapped_column(ForeignKey("gas_bill.id"), index=True)
    tier: Mapped[int]
    lower: Mapped[Decimal] = mapped_column(Quantity)
    upper: Mapped[Decimal | None] = mapped_column(Quantity)
    volume: Mapped[Decimal] = mapped_column(Quantity)
    price: Mapped[Decimal] = mapped_column(Quantity)
    amount: Mapped[Decimal] = mapped_column(Money)


class BillSegment(Posted, BranchOwned, Base):
    """The usage of one meter in a bill. A reading ends one segment at most, so none is billed twice."""

    __tablename__ = "gas_bill_segment"
    __table_args__ = (
        UniqueConstraint("branch_id", "to_reading_id"),
        Index("ix_gas_bill_segment_bill", "branch_id", "bill_id"),
    )

    bill_id: Mapped[int] = mapped_column(ForeignKey("gas_bill.id"))
    meter_id: Mapped[int] = mapped_column(ForeignKey("gas_meter.id"), index=True)
    from_reading_id: Mapped[int] = mapped_column(ForeignKey("gas_reading.id"), index=True)
    to_reading_id: Mapped[int] = mapped_column(ForeignKey("gas_reading.id"), index=True)
    from_value: Mapped[Decimal] = mapped_column(Quantity)
    to_value: Mapped[Decimal] = mapped_column(Quantity)
    usage: Mapped[Decimal] = mapped_column(Quantity)
    rolled_over: Mapped[bool]
