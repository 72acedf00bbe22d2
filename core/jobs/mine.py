"""A person's own runs in the active branch, the latest first, with the way to their results."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.installation import installation
from core.jobs.kinds import JobKind
from core.jobs.labels import TONES, state_label
from core.jobs.meanwhile import done_of
from core.jobs.models import DONE, FINAL, Job
from core.jobs.pace import taken
from core.jobs.queue import progress
from core.people.access import current_person, may
from core.ui import format as shown


def own_kinds() -> list[str]:
    """Of which kinds the person's own runs are shown: those that they may start, and those whose right depends."""
    known = installation().jobs.values()
    return [each.id for each in known if each.about is not None or may(each.entity, each.right)]


def my_runs(session: Session, limit: int, offset: int = 0, state: str = "") -> list[Job]:
    """Those of kinds that the person may still start, only those in a state where one is given; one statement."""
    person = current_person()
    kinds = own_kinds()
    if person is None or not kinds:
        return []
    own = select(Job).where(
        Job.branch_id == current_branch_id(), Job.started_by == person.user_id, Job.kind.in_(kinds)
    )
    if state:
        own = own.where(Job.state == state)
    return list(session.scalars(own.order_by(Job.id.desc()).limit(limit).offset(offset)))


def result_url(job: Job, kind: JobKind) -> str:
    """Where the result of a job is; empty when it has none (yet)."""
    if kind.keeps_result:
        return url_for(kind.result_endpoint, id=job.id) if job.state == DONE else ""
    if job.state not in FINAL or not kind.result_endpoint or job.subject_id is None:
        return ""
    return url_for(kind.result_endpoint, id=job.subject_id)


def runs_table(jobs: list[Job]) -> dict[str, Any]:
    """The runs as columns and rows of a table."""
    return {
        "columns": [
            {"label": gettext("Work")},
            {"label": gettext("State")},
            {"label": gettext("Finished"), "numeric": True},
            {"label": gettext("Asked for")},
            {"label": gettext("Took"), "numeric": True},
            {"label": gettext("Result")},
        ],
        "rows": [_row(each) for each in jobs],
    }


def _row(job: Job) -> dict[str, Any]:
    kind = installation().jobs[job.kind]
    told = done_of(job)
    done = gettext("%(done)s of %(total)s", done=shown.number(told), total=shown.number(job.total))
    result = result_url(job, kind)
    cells = [
        {"value": str(kind.label)},
        {"value": state_label(job), "badge": TONES[job.state]},
        {"value": f"{done} · {progress(job, told)['percent']}%"},
        {"value": shown.datetime(job.created_at)},
        {"value": shown.duration(taken(job))},
        {"value": gettext("See the result"), "url": result} if result else {"value": None},
    ]
    return {"url": url_for("JobView.run", id=job.id), "cells": cells}
