"""Runs that ended badly, as work on the home page of whoever started them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import clock
from core.jobs.mine import own_kinds
from core.jobs.models import FAILED, Job
from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind

DAYS = 7
"""So long a run that failed is shown as work."""


def failed_runs(session: Session, _day: date) -> Sequence[WorkItem]:
    """The person's own runs that failed of late, all in one line."""
    kinds = own_kinds()
    if not kinds:
        return []
    counted = select(func.count()).where(
        Job.branch_id == current_branch_id(),
        Job.started_by == current_user_id(),
        Job.kind.in_(kinds),
        Job.state == FAILED,
        Job.finished_at >= clock.now() - timedelta(days=DAYS),
    )
    url = url_for("JobView.mine", state=FAILED)
    return [WorkItem(gettext("Runs that failed"), session.scalar(counted) or 0, url)]


WORK = (WorkKind("core.runs", failed_runs, icon="alert-triangle"),)
