"""What was looked at: a round in its period, and each item with its verdict."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches.models import BranchOwned
from core.data import Base
from core.handbook import stored
from core.handbook.models import RuleBasis

OPEN, FINISHED = "open", "finished"


class Inspection(BranchOwned, Base):
    """A round that was begun (检查记录): once in its period, whose days are `first_on` to `due_on`.

    `day` is the day on which it was begun; the rules in force then say what is looked at.
    """

    __tablename__ = "core_inspection"
    __table_args__ = (UniqueConstraint("branch_id", "round", "first_on"),)

    round: Mapped[str] = mapped_column(String(80))
    first_on: Mapped[date]
    due_on: Mapped[date]
    day: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))

    results: Mapped[list[InspectionResult]] = relationship(
        back_populates="inspection", order_by="InspectionResult.position"
    )


class InspectionResult(BranchOwned, Base):
    """An item of an inspection (检查项). `verdict` is empty until it is judged.

    `item` is the key of the rule's item, empty where the rule's sentence is the only one; `text` is its English text,
    under which catalogues know it. Round and day are the inspection's, beside each item for the report; `finished`
    once the whole round is.
    """

    __tablename__ = "core_inspection_result"
    __table_args__ = (
        UniqueConstraint("inspection_id", "rule", "item"),
        Index("ix_core_inspection_result_report", "branch_id", "day", "round"),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("core_inspection.id"), index=True)
    round: Mapped[str] = mapped_column(String(80))
    day: Mapped[date]
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(String(40), default="")
    basis_id: Mapped[int] = mapped_column(ForeignKey("core_rule_basis.id"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    verdict: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str | None] = mapped_column(String(500))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    judged_at: Mapped[datetime | None]
    finished: Mapped[bool] = mapped_column(default=False)

    inspection: Mapped[Inspection] = relationship(back_populates="results")
    basis: Mapped[RuleBasis] = relationship(viewonly=True, lazy="selectin")

    @property
    def name(self) -> str:
        """By what a form names it."""
        return f"{self.rule}.{self.item}"

    @property
    def told(self) -> str:
        """The item in the reader's language, as it was asked: with the settings of its basis."""
        from core.inspections.items import told_item

        return told_item(self.text, self.rule, stored.live_map(self.basis.settings))
