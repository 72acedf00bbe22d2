"""A person's own runs that have ended, as notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.installation import installation
from core.jobs.labels import TONES, state_label
from core.jobs.mine import own_kinds
from core.jobs.models import FINAL, Job
from core.notices.kinds import Notice, NoticeKind
from core.people.access import current_user_id
from core.ui import format as shown

MOST = 30


def ended_runs(session: Session, since: datetime) -> Sequence[Notice]:
    """Those of kinds that the person may still start; one statement."""
    kinds = {each: installation().jobs[each] for each in own_kinds()}
    if not kinds:
        return []
    own = select(Job).where(
        Job.branch_id == current_branch_id(),
        Job.started_by == current_user_id(),
        Job.kind.in_(kinds),
        Job.state.in_(FINAL),
        Job.finished_at >= since,
    )
    return [
        Notice(
            gettext("%(work)s: %(state)s", work=str(kinds[each.kind].label), state=state_label(each)),
            url_for("JobView.run", id=each.id),
            each.finished_at,
            hint=gettext(
                "%(done)s of %(total)s", done=shown.number(each.done), total=shown.number(each.total)
            ),
            tone=TONES[each.state],
        )
        for each in session.scalars(own.order_by(Job.finished_at.desc(), Job.id.desc()).limit(MOST))
        if each.finished_at is not None
    ]


NOTICES = (NoticeKind("core.ended-runs", ended_runs, icon="progress"),)
