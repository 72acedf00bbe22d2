"""My work: the rounds that wait for the person, today's and those left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.inspections.models import FINISHED, Inspection, InspectionResult
from core.inspections.rounds import FILL, INSPECTION, Standing, left_open, own_rounds, standing
from core.work.kinds import WorkItem, WorkKind


def find(session: Session, day: date) -> list[WorkItem]:
    """A line for each round that is not finished in its period, due on the period's last day."""
    rounds, branch_id = own_rounds(), current_branch_id()
    now = [
        each
        for each in standing(session, rounds, branch_id, day)
        if each.inspection is None or each.inspection.state != FINISHED
    ]
    open_ = left_open(session, rounds, branch_id, day)
    begun = [*open_, *(each.inspection for each in now if each.inspection is not None)]
    judged = _judged(session, begun)
    known = {each.id: each for each in rounds}
    late = [
        WorkItem(
            title=str(known[each.round].label),
            count=max(judged[each.id][0] - judged[each.id][1], 1),
            url=f"{known[each.round].path}?on={each.first_on.isoformat()}",
            due=each.due_on,
            hint=_hint(*judged[each.id]),
        )
        for each in open_
    ]
    return [*late, *(_line(each, judged) for each in now)]


def _line(each: Standing, judged: dict[int, tuple[int, int]]) -> WorkItem:
    every, done = len(each.items), 0
    if each.inspection is not None:
        every, done = judged[each.inspection.id]
    return WorkItem(
        title=str(each.round.label),
        count=max(every - done, 1),
        url=each.round.path,
        due=each.period.last,
        hint=_hint(every, done) if done else "",
    )


def _hint(every: int, done: int) -> str:
    return gettext("%(done)s of %(all)s judged", done=done, all=every)


def _judged(session: Session, begun: Sequence[Inspection]) -> dict[int, tuple[int, int]]:
    """By inspection: its items, and how many of them are judged."""
    found = {each.id: (0, 0) for each in begun}
    if found:
        model = InspectionResult
        rows = session.execute(
            select(model.inspection_id, func.count(model.id), func.count(model.verdict))
            .where(model.inspection_id.in_(found))
            .group_by(model.inspection_id)
        )
        found.update({inspection: (every, done) for inspection, every, done in rows})
    return found


WORK = WorkKind("core.inspections", find, entity=INSPECTION, right=FILL, icon="checklist")
