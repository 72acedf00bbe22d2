"""Messages for the person of this request, under the bell; and the calls that wait, as work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches.scope import current_branch_id
from core.installation import installation
from core.messages.entities import reached
from core.messages.kinds import CALL_LIST, IN_APP
from core.messages.models import DEAD, WAITING, Outgoing
from core.notices.kinds import Notice, NoticeKind
from core.people.access import current_user_id, may
from core.work.kinds import WorkItem, WorkKind

MOST = 30
OUTBOX = "core.outgoing"


def told(session: Session, since: datetime) -> Sequence[Notice]:
    """What was told to the person in the active branch, of records that they may see; one statement."""
    wanted = select(Outgoing).where(
        Outgoing.branch_id == current_branch_id(),
        Outgoing.user_id == current_user_id(),
        Outgoing.channel == IN_APP,
        Outgoing.written_at >= since,
    )
    found = session.scalars(wanted.order_by(Outgoing.written_at.desc(), Outgoing.id.desc()).limit(MOST))
    entities = installation().entities
    return [
        Notice(
            each.subject, f"{entities[each.entity].path}{each.record_id}", each.written_at, each.body[:120]
        )
        for each in found
        if each.entity in entities and may(each.entity, "see")
    ]


def calls(session: Session, _day: date) -> Sequence[WorkItem]:
    """Who has still to be called, in one line."""
    counted = select(func.count()).where(*_here(), Outgoing.channel == CALL_LIST, Outgoing.state == WAITING)
    url = f"/core/outgoing/?f_channel={CALL_LIST}&f_state={WAITING}"
    return [WorkItem(gettext("People to call"), session.scalar(counted) or 0, url)]


def dead_letters(session: Session, _day: date) -> Sequence[WorkItem]:
    """What could not be sent, in one line."""
    counted = select(func.count()).where(*_here(), Outgoing.state == DEAD)
    return [
        WorkItem(
            gettext("Messages that could not be sent"),
            session.scalar(counted) or 0,
            f"/core/outgoing/?f_state={DEAD}",
        )
    ]


def _here() -> list[ColumnElement[bool]]:
    """Messages of the active branch, as the list of them shows them."""
    return [Outgoing.branch_id == current_branch_id(), *reached()]


NOTICES = (NoticeKind("core.messages", told, icon="message"),)
WORK = (
    WorkKind("core.calls", calls, OUTBOX, "call", icon="phone"),
    WorkKind("core.dead-letters", dead_letters, OUTBOX, "send", icon="alert-triangle"),
)
