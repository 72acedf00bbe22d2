"""How fast a job goes, and when it will be done: by its average since it began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from core.jobs.meanwhile import done_of
from core.jobs.models import RUNNING, Job
from core.ui import format as shown

LEAST_SECONDS = 2
"""Sooner nothing can be said."""


@dataclass(frozen=True)
class Pace:
    """`a_minute` counts what the plan counts (accounts, rows); `seconds_left` is a guess."""

    a_minute: int
    seconds_left: int


def pace(job: Job, now: datetime) -> Pace | None:
    """The pace of a job that runs; None as long as there is too little to go by."""
    if job.state != RUNNING or job.started_at is None:
        return None
    done = done_of(job)
    seconds = (now - job.started_at).total_seconds()
    if seconds < LEAST_SECONDS or done <= 0:
        return None
    left = max(job.total - done, 0)
    return Pace(round(done * 60 / seconds), round(left * seconds / done))


def speed_text(found: Pace | None) -> str:
    """`1,200 a minute`; empty without a pace."""
    if found is None:
        return ""
    if found.a_minute < 1:
        return gettext("less than one a minute")
    return gettext("%(count)s a minute", count=shown.number(found.a_minute))


def left_text(found: Pace | None) -> str:
    """`about 3 minutes left`; empty without a pace."""
    if found is None:
        return ""
    return gettext("about %(time)s left", time=shown.duration(max(found.seconds_left, 1)))


def taken(job: Job) -> float | None:
    """The seconds from the beginning to the end of a job that is over."""
    if job.started_at is None or job.finished_at is None:
        return None
    return (job.finished_at - job.started_at).total_seconds()
