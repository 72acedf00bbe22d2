"""What accounts owe now: worked out of bills and payments, never entered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from core.branches import BranchOwned
from core.data import Base, Money, Unrecorded
from plugins.gas.models.accounts import Account
from plugins.gas.models.cutting_off import CutOff, Hold, Protection
from plugins.gas.rules.cutting_off import AT_AN_END, OPEN


class Arrears(Unrecorded, BranchOwned, Base):
    """An account that owes (欠费; GAS-E11): `owed` yuan on `bills` bills, the oldest of them due on `due_since`, the
    newest on `due_last`.

    `plugins.gas.arrears` keeps the row with the bills and payments it follows from; what owes nothing has none. The
    number never changes, so it stands here too, where an index orders by it.
    """

    __tablename__ = "gas_arrears"
    __table_args__ = (
        UniqueConstraint("branch_id", "account_id"),
        UniqueConstraint("branch_id", "number"),
        Index("ix_gas_arrears_due_since", "branch_id", "due_since", "id"),
        Index("ix_gas_arrears_due_last", "branch_id", "due_last", "due_since", "id"),
        Index("ix_gas_arrears_owed", "branch_id", "owed", "id"),
        Index("ix_gas_arrears_bills", "branch_id", "bills", "id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"))
    number: Mapped[str] = mapped_column(String(32))
    bills: Mapped[int]
    owed: Mapped[Decimal] = mapped_column(Money)
    due_since: Mapped[date]
    due_last: Mapped[date]

    account: Mapped[Account] = relationship(lazy="selectin", viewonly=True)
    holds: Mapped[list[Hold]] = relationship(
        primaryjoin=lambda: and_(Arrears.account_id == foreign(Hold.account_id), Hold.state == OPEN),
        order_by=Hold.id,
        lazy="selectin",
        viewonly=True,
    )
    orders: Mapped[list[CutOff]] = relationship(
        primaryjoin=lambda: and_(
            Arrears.account_id == foreign(CutOff.account_id), CutOff.state.not_in(AT_AN_END)
        ),
        lazy="selectin",
        viewonly=True,
    )
    protections: Mapped[list[Protection]] = relationship(
        primaryjoin=lambda: Arrears.account_id == foreign(Protection.account_id),
        order_by=Protection.id,
        lazy="selectin",
        viewonly=True,
    )

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def phone(self) -> str | None:
        return self.account.phone

    @property
    def address(self) -> str:
        return self.account.address

    @property
    def use_class(self) -> str:
        return self.account.use_class

    @property
    def route_id(self) -> int | None:
        return self.account.route_id

    @property
    def hold(self) -> str | None:
        """The kind of the first open hold."""
        return self.holds[0].kind if self.holds else None

    @property
    def order(self) -> str | None:
        """The state of the cut-off order that is not at its end."""
        return self.orders[0].state if self.orders else None
