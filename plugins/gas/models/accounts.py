"""Customers' accounts with their households and meters, and the routes that meter readers walk."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Quantity, RowVersion

RESIDENT, COMMERCIAL, PUBLIC_WELFARE = "resident", "commercial", "public_welfare"
ACTIVE, HELD, CLOSED = "active", "held", "closed"
LEFT, RIGHT = "left", "right"
OUTSIDE, INSIDE = "outside", "inside"
INSTALLED, REMOVED = "installed", "removed"


class Route(RowVersion, BranchOwned, Base):
    """A route: the accounts that one meter reader visits, in the order of their `read_order`."""

    __tablename__ = "gas_route"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class Account(RowVersion, BranchOwned, Base):
    """A customer's account (用户, 户号; GAS-E01).

    A held account is not billed, for the reason it carries. With a tariff counted by reading year, the pricing year
    starts on `pricing_year_month` and `pricing_year_day`.
    """

    __tablename__ = "gas_account"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_gas_account_route", "branch_id", "route_id", "read_order"),
        Index("ix_gas_account_name", "branch_id", "name", "id"),
        Index("ix_gas_account_phone", "branch_id", "phone", "id"),
        Index("ix_gas_account_address", "branch_id", "address", "id"),
        Index("ix_gas_account_state", "branch_id", "state", "id"),
        Index("ix_gas_account_use_class", "branch_id", "use_class", "id"),
        Index("ix_gas_account_opened_on", "branch_id", "opened_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    use_class: Mapped[str] = mapped_column(String(20), default=RESIDENT)
    tariff_id: Mapped[int | None] = mapped_column(ForeignKey("gas_tariff.id"), index=True)
    route_id: Mapped[int | None] = mapped_column(ForeignKey("gas_route.id"))
    read_order: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=ACTIVE)
    hold_reason: Mapped[str | None] = mapped_column(String(200))
    pricing_year_month: Mapped[int] = mapped_column(default=1)
    pricing_year_day: Mapped[int] = mapped_column(default=1)


class Household(RowVersion, BranchOwned, Base):
    """Who lives at an account from a date to a date (both included), and what its tariff grants for that.

    `extra_allowance` is the m3 added to every tier bound (for a monthly tariff, each month).
    """

    __tablename__ = "gas_household"
    __table_args__ = (UniqueConstraint("branch_id", "account_id", "valid_from"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"), index=True)
    members: Mapped[int]
    extra_allowance: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(String(200))


class Meter(RowVersion, BranchOwned, Base):
    """A gas meter (表具; GAS-E02). `digits` is how many its dial shows before the point."""

    __tablename__ = "gas_meter"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_gas_meter_account", "branch_id", "account_id"),
        Index("ix_gas_meter_state", "branch_id", "state", "id"),
    )

    number: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    type: Mapped[str] = mapped_column(String(40))
    digits: Mapped[int] = mapped_column(default=5)
    inlet_side: Mapped[str] = mapped_column(String(10), default=LEFT)
    mounting: Mapped[str] = mapped_column(String(10), default=OUTSIDE)
    service_years: Mapped[int] = mapped_column(default=10)
    installed_on: Mapped[date]
    removed_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=INSTALLED)
