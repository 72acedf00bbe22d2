"""My work: reports that wait to be signed off, and those that were sent back."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.reports.kinds import ENTITY, Report
from core.reports.models import FiledReport
from core.reports.reach import every_kind, fills, signs
from core.reports.states import HANDED_IN, SENT_BACK
from core.work.kinds import WorkItem, WorkKind


def find(session: Session, _day: date) -> list[WorkItem]:
    """A line for each kind that waits for the reader's signature or was sent back to them; one statement."""
    reports = {each.id: each for each in every_kind()}
    if not reports:
        return []
    own = FiledReport
    rows = session.execute(
        select(own.kind, own.state, func.count(), func.min(own.first_on))
        .where(
            own.branch_id == current_branch_id(),
            own.kind.in_(reports),
            own.state.in_((HANDED_IN, SENT_BACK)),
        )
        .group_by(own.kind, own.state)
    )
    lines = [_line(reports[kind], state, count, first) for kind, state, count, first in rows]
    return [each for each in lines if each is not None]


def _line(report: Report, state: str, count: int, first: date) -> WorkItem | None:
    whole = f"/core/report/?{urlencode({'f_kind': report.id, 'f_state': state})}"
    if state == HANDED_IN and signs(report):
        return WorkItem(str(report.label), count, whole, hint=gettext("to be signed off"))
    if state == SENT_BACK and fills(report):
        url = f"{report.path}?on={first.isoformat()}" if count == 1 else whole
        return WorkItem(str(report.label), count, url, hint=gettext("sent back"))
    return None


WORK = WorkKind("core.reports", find, entity=ENTITY, icon="report")
