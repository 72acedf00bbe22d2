"""Targets that people enter."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Quantity, RowVersion


class Target(RowVersion, BranchOwned, Base):
    """What a branch is to reach in a month (目标值): `value` in yuan, percent or pieces, as the measure has it."""

    __tablename__ = "core_target"
    __table_args__ = (UniqueConstraint("branch_id", "measure", "month"),)

    measure: Mapped[str] = mapped_column(String(80))
    month: Mapped[str] = mapped_column(String(7))
    value: Mapped[Decimal] = mapped_column(Quantity)
