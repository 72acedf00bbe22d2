"""Billing runs, what they could not bill, and the stage on which a chunk of one is worked out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Quantity, RowVersion, Unrecorded

WAITING, RUNNING, DONE, CANCELLED = "waiting", "running", "done", "cancelled"


class BillingRun(RowVersion, BranchOwned, Base):
    """One run of the month's billing. A later run for the same period bills only what is not billed yet.

    `due_on` is the first day on which bills of the run are payable until; each bill has its own.
    """

    __tablename__ = "gas_billing_run"
    __table_args__ = (Index("ix_gas_billing_run_period", "branch_id", "period"),)

    period: Mapped[str] = mapped_column(String(7))
    billed_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=WAITING)
    accounts: Mapped[int] = mapped_column(default=0)
    bills: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None] = mapped_column(index=True)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    finished_at: Mapped[datetime | None]


class BillingSkip(BranchOwned, Base):
    """An account that a run could not bill. `reason` is a code; the rest fills its sentence."""

    __tablename__ = "gas_billing_skip"
    __table_args__ = (
        UniqueConstraint("branch_id", "run_id", "account_id"),
        Index("ix_gas_billing_skip_account", "branch_id", "account_id"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("gas_billing_run.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    reason: Mapped[str] = mapped_column(String(30))
    meter_id: Mapped[int | None] = mapped_column(ForeignKey("gas_meter.id"))
    from_value: Mapped[Decimal | None] = mapped_column(Quantity)
    to_value: Mapped[Decimal | None] = mapped_column(Quantity)
    read_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(String(200))


class StagedMeter(Unrecorded, BranchOwned, Base):
    """A meter of a chunk with its readings to bill. Rows live inside the chunk's transaction only."""

    __tablename__ = "gas_billing_stage_meter"
    __table_args__ = (
        UniqueConstraint("branch_id", "run_id", "meter_id"),
        Index("ix_gas_billing_stage_meter_account", "branch_id", "run_id", "account_id"),
    )

    run_id: Mapped[int] = mapped_column(index=True)
    account_id: Mapped[int]
    meter_id: Mapped[int]
    from_reading_id: Mapped[int | None]
    to_reading_id: Mapped[int | None]
    from_value: Mapped[Decimal | None] = mapped_column(Quantity)
    to_value: Mapped[Decimal | None] = mapped_column(Quantity)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    from_period: Mapped[str | None] = mapped_column(String(7))
    usage: Mapped[Decimal | None] = mapped_column(Quantity)
    rolled_over: Mapped[bool]
    problem: Mapped[str | None] = mapped_column(String(30))


class StagedAccount(Unrecorded, BranchOwned, Base):
    """An account of a chunk with what its bill will say, or why it gets none (`reason`)."""

    __tablename__ = "gas_billing_stage"
    __table_args__ = (UniqueConstraint("branch_id", "run_id", "account_id"),)

    run_id: Mapped[int] = mapped_column(index=True)
    account_id: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(30))
    problem_meter_id: Mapped[int | None]
    read_from: Mapped[date | None]
    read_to: Mapped[date | None]
    usage: Mapped[Decimal | None] = mapped_column(Quantity)
    volume_before: Mapped[Decimal | None] = mapped_column(Quantity)
    pricing_year: Mapped[date | None]
    tariff_version_id: Mapped[int | None]
    extra_allowance: Mapped[Decimal | None] = mapped_column(Quantity)
    months: Mapped[int | None]
    bound_months: Mapped[int | None]
    minimum: Mapped[Decimal | None] = mapped_column(Quantity)
    rounding: Mapped[str | None] = mapped_column(String(10))
