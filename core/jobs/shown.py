"""A job as pages show it: its bar, its pace, the button that stops it, its result."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.installation import installation
from core.jobs import queue
from core.jobs.kinds import JobKind
from core.jobs.labels import TONES, state_label
from core.jobs.meanwhile import done_of
from core.jobs.mine import result_url
from core.jobs.models import FINAL, Job
from core.jobs.pace import left_text, pace, speed_text


def status(job: Job, kind: JobKind | None = None) -> dict[str, Any]:
    """What `macros/job.html` shows of a job."""
    kind = kind or installation().jobs[job.kind]
    final = job.state in FINAL
    stoppable = not final and not job.cancel_requested
    found = pace(job, clock.now()) if stoppable else None
    return {
        **queue.progress(job, done_of(job)),
        "speed": speed_text(found),
        "left": left_text(found),
        "label": state_label(job),
        "tone": TONES[job.state],
        "final": final,
        "whole": kind.whole,
        "final_states": FINAL,
        "status_url": url_for("JobView.progress", id=job.id),
        "cancel_url": url_for("JobView.cancel", id=job.id) if stoppable else "",
        "result_url": result_url(job, kind),
        "error": str(UserError(job.message, **job.message_params)) if job.message else "",
    }


def latest(session: Session, subject_id: int, *kinds: str) -> Job | None:
    """The last job of these kinds about something."""
    about = select(Job).where(Job.subject_id == subject_id, Job.kind.in_(kinds))
    return session.scalar(about.order_by(Job.id.desc()).limit(1))
