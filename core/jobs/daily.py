"""Starts what is due once a day of each branch; a worker looks for it now and then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import branch_scope, system_scope
from core.data import UserError, clock
from core.data.database import Database
from core.jobs import queue
from core.jobs.kinds import JobKind
from core.jobs.models import CANCELLED, FAILED, Job

DAILY = "daily"
"""The key under which at most one such job of a kind is live in a branch."""


def start_daily(app: Flask, database: Database, kinds: Iterable[JobKind]) -> int:
    """Put into the queue what is due; answers how many. What another worker has put there already stays alone."""
    started = 0
    for kind in kinds:
        if kind.daily is None:
            continue
        with (
            app.app_context(),
            system_scope(f"what is due today of {kind.id}"),
            database.sessions() as session,
        ):
            due = kind.daily(session)
        for branch_id, params in due:
            started += _start(app, database, kind, branch_id, params)
    return started


def _start(app: Flask, database: Database, kind: JobKind, branch_id: int, params: dict[str, object]) -> bool:
    try:
        with app.app_context(), branch_scope(branch_id), database.sessions.begin() as session:
            if _failed_of_late(session, kind):
                return False
            queue.start(session, kind.id, params, single_key=DAILY)
    except UserError:  # it runs already
        return False
    return True


def _failed_of_late(session: Session, kind: JobKind) -> bool:
    """What failed is tried again after an hour, not with every look."""
    of_late = clock.now() - timedelta(hours=1)
    own = select(Job.id).where(Job.kind == kind.id, Job.single_key == DAILY, Job.finished_at > of_late)
    return session.scalar(own.where(Job.state.in_((FAILED, CANCELLED))).limit(1)) is not None
