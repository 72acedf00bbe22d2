"""What was handed in: a report of a branch for one period, with all that it said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, RowVersion, UserError
from core.data.marks import N_
from core.reports.states import DRAFT, FILED

NEVER_CHANGED = N_("A report that was handed in never changes. Have it sent back first.")
SAID = ("kind", "first_on", "last_on", "content", "remarks")


class FiledReport(RowVersion, BranchOwned, Base):
    """A report (报表) of one kind for `first_on` to `last_on`: one in a branch.

    `content` is what the data said at `filled_at`, as JSON with English texts (`core.reports.content`); `digest` tells
    whether they still say so. It is owed on the days `owed_first_on` to `owed_last_on`, and was due on `due_on`, where
    anybody asked for it. `first_handed_in_on` stays when it was sent back and handed in again. While it is handed in or
    signed off, nothing of what it says changes.
    """

    __tablename__ = "core_report"
    __table_args__ = (
        UniqueConstraint("branch_id", "kind", "first_on"),
        Index("ix_core_report_first_on", "branch_id", "first_on", "id"),
        Index("ix_core_report_state", "branch_id", "state", "id"),
    )

    kind: Mapped[str] = mapped_column(String(80))
    first_on: Mapped[date]
    last_on: Mapped[date]
    owed_first_on: Mapped[date]
    owed_last_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=DRAFT, active_history=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    filled_at: Mapped[datetime]
    remarks: Mapped[str | None] = mapped_column(Text)
    handed_in_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    handed_in_on: Mapped[date | None]
    first_handed_in_on: Mapped[date | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    signed_on: Mapped[date | None]
    sent_back_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    sent_back_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))


@event.listens_for(FiledReport, "before_update")
def _stays_as_it_was(_mapper: Any, _connection: Any, report: FiledReport) -> None:
    known = inspect(report).attrs
    states = known.state.history
    before = (*states.deleted, *states.unchanged)
    if any(each in FILED for each in before) and any(known[name].history.has_changes() for name in SAID):
        raise UserError(NEVER_CHANGED, status=409)


@event.listens_for(FiledReport, "before_delete")
def _stays(_mapper: Any, _connection: Any, report: FiledReport) -> None:
    if report.state in FILED:
        raise UserError(NEVER_CHANGED, status=409)
