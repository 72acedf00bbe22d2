"""The worker's day: drafts are collected once, and what was approved is released when it is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch, BranchPlugin
from core.branches.setwise import AT_ONCE
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned
from core.people.access import today_in
from plugins.decoration.care import collecting, sending
from plugins.decoration.models.care import CareDay, CareMessage
from plugins.decoration.rules.names_care import APPROVED, BATCH

COLLECT, RELEASE = "collect", "release"
PLUGIN = "decoration"


def to_start(session: Session) -> list[tuple[int, dict[str, Any]]]:
    """The branches whose day is not collected yet, or where approved messages are due."""
    on = select(Branch.id).join(BranchPlugin, BranchPlugin.branch_id == Branch.id)
    on = on.where(Branch.active, BranchPlugin.plugin == PLUGIN, BranchPlugin.enabled)
    known = {row[0]: row[1] for row in session.execute(select(CareDay.branch_id, CareDay.collected_on))}
    found = []
    for branch_id in session.scalars(on.order_by(Branch.id)).all():
        day = today_in(session, branch_id)
        if known.get(branch_id) != day or _is_due(session, branch_id, day):
            found.append((branch_id, {"day": day.isoformat()}))
    return found


def _is_due(session: Session, branch_id: int, day: date) -> bool:
    of_branch = (CareMessage.branch_id == branch_id, CareMessage.state == APPROVED)
    asked = select(CareMessage.id).where(*of_branch, CareMessage.due_on <= day).limit(1)
    return session.scalar(asked) is not None


def plan(session: Session, job: JobContext) -> Planned:
    day = date.fromisoformat(job.params["day"])
    due = sending.count_due(session, day)
    steps = [{"do": COLLECT}, *({"do": RELEASE} for _each in range(-(-due // AT_ONCE)))]
    return Planned(steps, len(steps))


def work(session: Session, job: JobContext, chunk: Chunk) -> Done:
    day = date.fromisoformat(job.params["day"])
    if chunk["do"] == COLLECT:
        return Done(1, {"drafts": collecting.collect(session, day)})
    return Done(1, {"released": sending.release(session, day)})


JOBS = (
    JobKind(
        id="decoration.care",
        label=_("Care messages of the day"),
        entity=BATCH,
        right="approve",
        plan=plan,
        work=work,
        daily=to_start,
    ),
)
