"""The work of conduct that waits for people: slips to sign, to witness and to issue, and appeals. What waits for
approval is told by the core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind
from plugins.conduct.models import Appeal, Slip
from plugins.conduct.rules.names import APPEAL, DRAFTED, FILED, ISSUED, REFUSED, SLIP, WITNESS


def slips_to_sign(session: Session, _day: date) -> Sequence[WorkItem]:
    """The reader's own slips."""
    mine = Slip.subject_id == current_user_id(), Slip.state == ISSUED
    url = f"/conduct/slip/?f_state={ISSUED}&f_subject_id={current_user_id()}"
    return _counted(session, Slip, mine, gettext("Slips to sign"), url)


def slips_to_witness(session: Session, _day: date) -> Sequence[WorkItem]:
    """Refused slips of others."""
    wanted = (
        Slip.state == REFUSED,
        Slip.subject_id.is_distinct_from(current_user_id()),
        Slip.issued_by.is_distinct_from(current_user_id()),
    )
    return _counted(session, Slip, wanted, gettext("Slips to witness"), f"/conduct/slip/?f_state={REFUSED}")


def slips_to_issue(session: Session, _day: date) -> Sequence[WorkItem]:
    return _counted(
        session,
        Slip,
        (Slip.state == DRAFTED,),
        gettext("Slips to issue"),
        f"/conduct/slip/?f_state={DRAFTED}",
    )


def appeals_to_answer(session: Session, _day: date) -> Sequence[WorkItem]:
    """Each with the day by which it has to be answered (HR-R09)."""
    rows = session.execute(
        select(Appeal.answer_until, func.count(Appeal.id))
        .where(Appeal.state == FILED)
        .group_by(Appeal.answer_until)
        .order_by(Appeal.answer_until)
    )
    return [
        WorkItem(
            gettext("Appeals to answer"),
            count,
            f"/conduct/appeal/?f_state={FILED}&f_answer_until={day}",
            due=day,
        )
        for day, count in rows
    ]


def _counted(
    session: Session, model: type[Any], wanted: tuple[Any, ...], title: str, url: str
) -> list[WorkItem]:
    count = session.scalar(select(func.count(model.id)).where(*wanted)) or 0
    return [WorkItem(title, count, url)] if count else []


WORK = (
    WorkKind("conduct.slips-to-sign", slips_to_sign, SLIP, "sign", icon="signature"),
    WorkKind("conduct.slips-to-witness", slips_to_witness, WITNESS, "add", icon="eye"),
    WorkKind("conduct.slips-to-issue", slips_to_issue, SLIP, "issue", icon="send"),
    WorkKind("conduct.appeals-to-answer", appeals_to_answer, APPEAL, "edit", icon="message-exclamation"),
)
