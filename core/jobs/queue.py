"""Start, cancel and watch jobs. Works in the caller's transaction; a worker process does the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.data.marks import N_
from core.installation import installation
from core.jobs.kinds import JobContext, JobKind
from core.jobs.meanwhile import Meanwhile
from core.jobs.models import CANCELLED, DONE, LIVE, QUEUED, RUNNING, Job

RUNS_ALREADY = N_("This work is running already. Wait until it is finished, or stop it first.")
NO_SUCH_JOB = N_("There is no such job in this branch. Check the number.")
STOPPED_BY_PERSON = N_("Stopped by hand. What was finished before stays.")
STOPPED_WHOLE = N_("Stopped by hand. Nothing was kept of it.")


def start(
    session: Session,
    kind_id: str,
    params: Mapping[str, Any],
    *,
    subject_id: int | None = None,
    single_key: str | None = None,
    started_by: int | None = None,
) -> Job:
    """Put a job into the queue of the active branch, in the caller's transaction: both commit, or neither.

    `params` must be JSON-able. With `single_key`, a second live job of the same kind and key in the branch is
    refused: UserError 409. Raises LookupError for a kind that no running plugin declares.
    """
    if kind_id not in installation().jobs:
        raise LookupError(f"no running plugin declares the job {kind_id}")
    if single_key is not None and _live(session, kind_id, single_key):
        raise UserError(RUNS_ALREADY, status=409)
    job = Job(
        kind=kind_id,
        params=dict(params),
        subject_id=subject_id,
        single_key=single_key,
        started_by=started_by,
    )
    session.flush()
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Two people pressed at the same moment. Any other broken constraint is not ours to explain.
        if single_key is None or not _live(session, kind_id, single_key):
            raise
        raise UserError(RUNS_ALREADY, status=409) from None
    return job


def cancel(session: Session, job_id: int) -> None:
    """Ask a job of the active branch to stop: at once while it waits; while it runs, after the present chunk, or inside
    of it where that tells how far it is.

    Nothing happens to a job that is over. Raises UserError 404 when the branch has no such job.
    """
    job = session.scalar(select(Job).where(Job.id == job_id))
    if job is None:
        raise UserError(NO_SUCH_JOB, status=404)
    kind = installation().jobs.get(job.kind)
    if job.state == RUNNING:
        Meanwhile(job.workflow_id).ask_to_stop()  # first: on SQLite, what follows waits for the chunk in hand
    waiting = update(Job).where(Job.id == job_id, Job.state == QUEUED, Job.chunks_done == 0)
    ended: Any = session.execute(
        waiting.values(
            state=CANCELLED,
            cancel_requested=True,
            finished_at=clock.now(),
            message=stopped_by_person(kind),
        )
    )
    if ended.rowcount:
        if kind is not None and kind.cancelled is not None:
            kind.cancelled(session, context_of(job))
        return
    session.execute(update(Job).where(Job.id == job_id, Job.state.in_(LIVE)).values(cancel_requested=True))


def progress(job: Job, told: int | None = None) -> dict[str, Any]:
    """`{state, done, total, percent, counts}`; 100 percent is kept for a job that is done.

    `told` is what is done with the chunk in hand (`meanwhile.done_of`), where that is asked for.
    """
    done = job.done if told is None else told
    unfinished = min(99, done * 100 // job.total) if job.total else 0
    return {
        "state": job.state,
        "done": done,
        "total": job.total,
        "percent": 100 if job.state == DONE else unfinished,
        "counts": dict(job.counts),
    }


def stopped_by_person(kind: JobKind | None) -> str:
    """What is said of a job that somebody stopped."""
    return STOPPED_WHOLE if kind is not None and kind.whole else STOPPED_BY_PERSON


def context_of(job: Job) -> JobContext:
    """What a kind's functions are told of the job."""
    return JobContext(
        job_id=job.id, branch_id=job.branch_id, started_by=job.started_by, params=dict(job.params)
    )


def _live(session: Session, kind_id: str, single_key: str) -> bool:
    found = select(Job.id).where(Job.kind == kind_id, Job.single_key == single_key, Job.state.in_(LIVE))
    return session.scalar(found.limit(1)) is not None
