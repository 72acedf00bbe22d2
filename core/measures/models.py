"""Targets that people enter, and the figures that are kept of each month."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches.models import BranchOwned
from core.data import Base, Quantity, RowVersion, Unrecorded, clock
from core.handbook.models import RuleBasis


class Target(RowVersion, BranchOwned, Base):
    """What a branch is to reach in a month (目标值): `value` in yuan, percent or pieces, as the measure has it."""

    __tablename__ = "core_target"
    __table_args__ = (UniqueConstraint("branch_id", "measure", "month"),)

    measure: Mapped[str] = mapped_column(String(80))
    month: Mapped[str] = mapped_column(String(7))
    value: Mapped[Decimal] = mapped_column(Quantity)


class Figure(Unrecorded, BranchOwned, Base):
    """What a measure came to in a branch and month (指标值), with what it rests on; worked out, never entered.

    `amount` is in yuan or pieces; of a share it is a part of `whole`, and where that is nothing, nothing was due.
    `target` is what was asked for (`entered` by somebody for the month, else by the rule under its settings, which the
    basis keeps), `state` how the figure stood to it. Seen on the business date `worked_on`; one that is `final` is not
    worked out again, whatever becomes of records, settings and targets.
    """

    __tablename__ = "core_figure"
    __table_args__ = (UniqueConstraint("branch_id", "month", "measure"),)

    measure: Mapped[str] = mapped_column(String(80))
    month: Mapped[str] = mapped_column(String(7))
    amount: Mapped[Decimal] = mapped_column(Quantity)
    whole: Mapped[Decimal | None] = mapped_column(Quantity)
    target: Mapped[Decimal | None] = mapped_column(Quantity)
    entered: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20))
    basis_id: Mapped[int | None] = mapped_column(ForeignKey("core_rule_basis.id"))
    worked_on: Mapped[date]
    worked_at: Mapped[datetime] = mapped_column(default=clock.now)
    final: Mapped[bool] = mapped_column(default=False)

    basis: Mapped[RuleBasis | None] = relationship(viewonly=True)
