"""What the states of a job are called on screens."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from core.installation import installation
from core.jobs.models import CANCELLED, DONE, FAILED, QUEUED, RUNNING, Job

ENTITY = "core.job"

STATES: tuple[tuple[str, Any], ...] = (
    (QUEUED, _("Waiting")),
    (RUNNING, _("Running")),
    (DONE, _("Done")),
    (FAILED, _("Failed")),
    (CANCELLED, _("Stopped")),
)
TONES = {QUEUED: "neutral", RUNNING: "info", DONE: "success", FAILED: "danger", CANCELLED: "warning"}


def state_label(job: Job) -> str:
    """The state in the reader's language; a job that was asked to stop says so."""
    if job.is_live and job.cancel_requested:
        return gettext("Stopping")
    return str(dict(STATES)[job.state])


def kind_choices() -> tuple[tuple[str, Any], ...]:
    """Every kind of job that a running plugin declares."""
    return tuple((each.id, each.label) for each in installation().jobs.values())
