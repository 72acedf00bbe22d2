"""What waits for the reader's approval, as work on their home page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.installation import installation
from core.people.access import current_person, may
from core.work.kinds import WorkItem, WorkKind
from core.workflow.approvals import said_of, voice
from core.workflow.models import WAITING, MoveRequest

MOST = 500


def mine(session: Session) -> list[MoveRequest]:
    """The requests of the active branch that the reader may decide now, the oldest first; two statements."""
    person = current_person()
    if person is None or person.branch is None or not person.held:
        return []
    seen = [each for each in installation().workflows if may(each, "see")]
    wanted = select(MoveRequest).where(
        MoveRequest.branch_id == current_branch_id(),
        MoveRequest.state == WAITING,
        MoveRequest.entity.in_(seen),
    )
    found = session.scalars(wanted.order_by(MoveRequest.id).limit(MOST)).all() if seen else []
    said = said_of(session, found)
    return [each for each in found if voice(each, said[each.id]) is not None]


def waiting_approvals(session: Session, _day: date) -> Sequence[WorkItem]:
    """All of them in one line."""
    return [WorkItem(gettext("Approvals that wait for me"), len(mine(session)), url_for("ApprovalView.all"))]


WORK = (WorkKind("core.approvals", waiting_approvals, icon="clipboard-check"),)
