"""More records of a list than somebody would wait for: a worker tries what would become of them, and does it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.data import UserError
from core.data.marks import N_
from core.entities.lists import bulk
from core.entities.lists.bulk_steps import BulkStep, list_of, step_of
from core.entities.registry import entity_by_id
from core.installation import installation
from core.jobs import queue
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned, about_entity
from core.jobs.models import Job
from core.people.access import current_user_id
from core.people.behalf import in_the_name_of

TRY, DO = "core.bulk-preview", "core.bulk-act"
NOT_AS_IT_WAS = N_("What was entered does not hold any more. Select the records once more.")
MOVED = N_("Some of these records have changed meanwhile, so nothing was done. Select them once more.")


def try_later(session: Session, step: BulkStep) -> str:
    """For `Installation.try_later`: puts the work into the queue and commits; answers the address of its page."""
    address = _queued(session, TRY, step)
    session.commit()
    return address


def do_later(session: Session, step: BulkStep) -> str:
    """For `Installation.do_later`: puts it into the queue, and the caller commits; answers where it is watched."""
    return _queued(session, DO, step, seen=step.fingerprint)


def _queued(session: Session, kind: str, step: BulkStep, **more: str) -> str:
    about = {"entity": step.entity.id, "right": step.act.right, "locale": str(get_locale() or "en")}
    sent = [list(each) for each in step.resent()]
    params = {**about, "act": step.act.id, "sent": sent, "asked_of": step.asked_of, **more}
    job = queue.start(session, kind, params, started_by=current_user_id())
    return url_for("JobView.run", id=job.id)


def step_in(session: Session, params: dict[str, Any]) -> BulkStep:
    """What was sent, once more. UserError where nothing is left of it."""
    entity = entity_by_id(params["entity"])
    sent = MultiDict[str, str]([(name, text) for name, text in params["sent"]])
    step = step_of(session, list_of(session, entity, sent), bulk.act_of(entity, params["act"]), sent)
    step.asked_of = params["asked_of"]
    if not step.is_entered:
        raise UserError(NOT_AS_IT_WAS, status=404)
    return step


@contextlib.contextmanager
def _in_their_name(session: Session, job: JobContext) -> Iterator[None]:
    with in_the_name_of(
        session, job.started_by, job.branch_id, about_entity(job.params), job.params["locale"]
    ):
        yield


def _plan(session: Session, job: JobContext) -> Planned:
    with _in_their_name(session, job):
        return Planned([{}], len(step_in(session, job.params).records))


def _try(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    """In a session of its own, which whoever is asked meanwhile uses too, as in a request; all of it is undone."""
    with _in_their_name(session, job):
        trial = installation().database.session()
        try:
            step = step_in(trial, job.params)
            stays = step.foreseen(job.told)
            ids = sorted(stays.staying)
            result = {"stays": [list(each) for each in stays.refused], "ids": ids, "seen": step.fingerprint}
            tried = len(step.records)
        finally:
            trial.rollback()
    session.get_one(Job, job.job_id).result = result
    return Done(tried)


def _do(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    """As one transaction with the job's own, which whoever is asked meanwhile uses too."""
    with _in_their_name(session, job), installation().database.used_by_all(session):
        step = step_in(session, job.params)
        if step.fingerprint != job.params["seen"]:
            raise UserError(MOVED, status=409)
        many, outcome = len(step.records), step.do(job.told)
    refused = [list(each) for each in outcome.refused]
    result = {"done": outcome.done, "waiting": outcome.waiting, "stays": refused}
    session.get_one(Job, job.job_id).result = result
    return Done(many)


def done_by(job: Job) -> bulk.Outcome:
    """What came of it when it was done."""
    kept: dict[str, Any] = job.result or {}
    refused = [(title, reason) for title, reason in kept["stays"]]
    return bulk.Outcome(done=kept["done"], waiting=kept["waiting"], refused=refused)


def came_to(job: Job) -> tuple[bulk.Outcome, str]:
    """What a trial that is done came to, and what the records looked like then."""
    kept: dict[str, Any] = job.result or {}
    refused = [(title, reason) for title, reason in kept["stays"]]
    return bulk.Outcome(refused=refused, staying=set(kept["ids"])), str(kept["seen"])


TRIAL = JobKind(
    id=TRY,
    label=_("Preview of a change to many records"),
    entity="core.job",
    right="see",
    plan=_plan,
    work=_try,
    result_endpoint="ManyView.tried",
    about=about_entity,
    private=True,
    whole=True,
    keeps_result=True,
    reads_first=True,
)
DEED = JobKind(
    id=DO,
    label=_("Change to many records"),
    entity="core.job",
    right="see",
    plan=_plan,
    work=_do,
    result_endpoint="ManyView.done",
    about=about_entity,
    private=True,
    whole=True,
    keeps_result=True,
)
