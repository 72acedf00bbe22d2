"""Customers with those who belong to them, and their houses (DEC-E01)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Quantity, RowVersion
from plugins.decoration.rules.names import ORDINARY, PRE_SALE, REGISTERED


class Customer(RowVersion, BranchOwned, Base):
    """A customer's file (客户档案), from the first contact on.

    `phase` is where the service stands (DEC-R01), `state` how far the prospect came before the contract (DEC-W1).
    `designer_id`, `consultant_id` (家居顾问) and `keeper_id` (dedicated custodian) are people of the firm.
    """

    __tablename__ = "decoration_customer"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_customer_name", "branch_id", "name", "id"),
        Index("ix_decoration_customer_phone", "branch_id", "phone", "id"),
        Index("ix_decoration_customer_second_phone", "branch_id", "second_phone", "id"),
        Index("ix_decoration_customer_phase", "branch_id", "phase", "id"),
        Index("ix_decoration_customer_state", "branch_id", "state", "id"),
        Index("ix_decoration_customer_customer_class", "branch_id", "customer_class", "id"),
        Index("ix_decoration_customer_filed_on", "branch_id", "filed_on", "id"),
        Index("ix_decoration_customer_call_back_on", "branch_id", "call_back_on", "id"),
        Index("ix_decoration_customer_designer_id", "branch_id", "designer_id", "id"),
        Index("ix_decoration_customer_consultant_id", "branch_id", "consultant_id", "id"),
        Index("ix_decoration_customer_referred_by_id", "branch_id", "referred_by_id", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(40))
    second_phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(200))
    birthday: Mapped[date | None]
    lunar_birthday: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(20))
    store_source: Mapped[str | None] = mapped_column(String(60))
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_customer.id"))
    intent: Mapped[bool] = mapped_column(default=False)
    needs_designer: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[str | None] = mapped_column(Text)
    customer_class: Mapped[str] = mapped_column(String(20), default=ORDINARY)
    phase: Mapped[str] = mapped_column(String(20), default=PRE_SALE)
    data_category: Mapped[str | None] = mapped_column(String(60))
    call_back_on: Mapped[date | None]
    call_result: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=REGISTERED)
    deposit_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    lost_why: Mapped[str | None] = mapped_column(String(200))
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    consultant_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    impression: Mapped[str | None] = mapped_column(Text)
    filed_on: Mapped[date]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    archive_place: Mapped[str | None] = mapped_column(String(120))


class Contact(RowVersion, BranchOwned, Base):
    """Somebody who belongs to a customer (联系人、家庭成员), such as a spouse with a telephone of their own."""

    __tablename__ = "decoration_contact"
    __table_args__ = (
        Index("ix_decoration_contact_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_contact_phone", "branch_id", "phone", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(40))
    birthday: Mapped[date | None]
    lunar_birthday: Mapped[bool] = mapped_column(default=False)


class House(RowVersion, BranchOwned, Base):
    """A house or flat (房屋) of a customer; `area` is in square metres."""

    __tablename__ = "decoration_house"
    __table_args__ = (
        Index("ix_decoration_house_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_house_address", "branch_id", "address", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    address: Mapped[str] = mapped_column(String(200))
    area: Mapped[Decimal | None] = mapped_column(Quantity)
    layout: Mapped[str | None] = mapped_column(String(60))
    remark: Mapped[str | None] = mapped_column(String(200))
