"""The design of a house that a customer entrusts to the firm (DEC-E04)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion
from plugins.decoration.rules.names import ENTRUSTED, PENDING


class Commission(RowVersion, BranchOwned, Base):
    """A design commission (设计委托). `state` is its stage (DEC-W2), `signing` whether a contract came of it; each date
    is that of the stage it names, and `ended_on` the day from which on nothing more is asked about it."""

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
