"""The job that judges many records again, and keeps only what it came to."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from core.data import UserError
from core.handbook.changing import Change, proposed
from core.handbook.explain import GONE, known_rule
from core.handbook.kinds import Rule
from core.handbook.own.models import OwnRule
from core.handbook.own.previewing import previewed
from core.handbook.own.rules import rule_of
from core.handbook.preview import Previewed, expected, preview, said_otherwise
from core.handbook.screens.previewed import shown_preview
from core.jobs import queue
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned, about_entity
from core.jobs.models import Job
from core.jobs.shown import status
from core.people.access import Person, current_user_id
from core.people.behalf import in_the_name_of

PREVIEW = "core.rule-preview"


def preview_later(session: Session, right: tuple[str, str], of: dict[str, Any]) -> dict[str, Any]:
    """For `Installation.preview_later`: puts the work into the queue and commits; answers what is shown meanwhile."""
    entity, action = right
    params = {"entity": entity, "right": action, "locale": str(get_locale() or "en"), "of": of}
    job = queue.start(session, PREVIEW, params, started_by=current_user_id())
    session.commit()
    return {"can": True, "job": {**status(job), "part": "preview"}}


def _rule(of: dict[str, Any]) -> Rule:
    found = rule_of(OwnRule(**of["own"])) if "own" in of else known_rule(of["rule"])
    if found is None:
        raise UserError(GONE, status=404)
    return found


def _previewed(session: Session, person: Person, job: JobContext) -> tuple[Previewed | None, tuple[str, ...]]:
    """What it came to, and what the rule says before and after."""
    of = job.params["of"]
    if "own" not in of:
        rule = _rule(of)
        row = proposed(rule, Change.of_plain(of["change"]), job.started_by)
        found = preview(session, person, rule, row, told=job.told)
        return found, said_otherwise(session, rule, row)
    earlier = None if of["earlier"] is None else OwnRule(**of["earlier"])
    return previewed(session, person, OwnRule(**of["own"]), earlier, told=job.told), ()


def _plan(session: Session, job: JobContext) -> Planned:
    right = about_entity(job.params)
    with in_the_name_of(session, job.started_by, job.branch_id, right, job.params["locale"]) as person:
        of = job.params["of"]
        return Planned([{}], expected(session, person, _rule(of), is_draft="own" in of))


def _make(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    right = about_entity(job.params)
    with in_the_name_of(session, job.started_by, job.branch_id, right, job.params["locale"]) as person:
        found, says = _previewed(session, person, job)
        session.get_one(Job, job.job_id).result = shown_preview(found, *says)
    return Done(found.judged if found is not None else 0)


JOBS = (
    JobKind(
        id=PREVIEW,
        label=_("Preview of a rule"),
        entity="core.rule",
        right="change",
        plan=_plan,
        work=_make,
        result_endpoint="PreviewView.kept",
        about=about_entity,
        private=True,
        whole=True,
        keeps_result=True,
        reads_first=True,
    ),
)
