"""What the core says of long previews through the hooks: their job, and the page of what it came to."""

from __future__ import annotations

from typing import Any

from core.hooks import hookimpl
from core.jobs.kinds import JobKind


@hookimpl
def views() -> list[type[Any]]:
    from core.previews.views import ManyView, PreviewView

    return [PreviewView, ManyView]


@hookimpl
def jobs() -> list[JobKind]:
    from core.previews.jobs import JOBS
    from core.previews.many import DEED, TRIAL

    return [*JOBS, TRIAL, DEED]
