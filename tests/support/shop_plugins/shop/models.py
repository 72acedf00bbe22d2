"""Tables of the shop: one column of each type that forms and REST know."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches import BranchOwned
from core.data import Base, Money, Posted, Quantity, RowVersion


class Customer(RowVersion, BranchOwned, Base):
    """A customer."""

    __tablename__ = "shop_customer"
    __table_args__ = (UniqueConstraint("branch_id", "number"),)

    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10), default="home")
    credit: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    visits: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[date | None]
    vip: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Text)
    referrer_id: Mapped[int | None] = mapped_column(ForeignKey("shop_customer.id"), index=True)
    seen_at: Mapped[datetime | None]
    extra: Mapped[dict[str, Any] | None]

    orders: Mapped[list[Order]] = relationship(back_populates="customer")


class Order(BranchOwned, Base):
    """What a customer ordered."""

    __tablename__ = "shop_order"

    customer_id: Mapped[int] = mapped_column(ForeignKey("shop_customer.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    ordered_on: Mapped[date | None]

    customer: Mapped[Customer] = relationship(Customer, back_populates="orders")


class Receipt(Posted, BranchOwned, Base):
    """A posted fact; only the day of printing may be filled in later."""

    __tablename__ = "shop_receipt"
    posted_open_columns: ClassVar[frozenset[str]] = frozenset({"printed_on"})

    amount: Mapped[Decimal] = mapped_column(Money)
    printed_on: Mapped[date | None]


class Pair(Base):
    """A row of no branch that points to rows of branches."""

    __tablename__ = "shop_pair"

    one_id: Mapped[int | None] = mapped_column(ForeignKey("shop_customer.id"))
    customer: Mapped[Customer | None] = relationship(Customer)
