"""What a long preview came to."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_appbuilder import BaseView, expose
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound, Unauthorized

from core.entities.lists.bulk import act_of
from core.entities.lists.bulk_steps import list_of
from core.entities.lists.bulk_views import DONE as DONE_MARK
from core.entities.lists.bulk_views import tell
from core.entities.registry import entity_by_id
from core.installation import installation
from core.jobs.models import DONE, Job
from core.people.access import current_person, require
from core.previews.jobs import PREVIEW
from core.previews.many import DO, TRY, came_to, done_by, step_in
from core.ui.page import render


class PreviewView(BaseView):
    """Seen by who asked for it, as long as they may ask."""

    route_base = "/core/preview"
    default_view = "kept"

    @expose("/<int:id>", methods=["GET"])
    def kept(self, id: int) -> Any:
        """What the records would have come to."""
        job = _own(_session(), id, PREVIEW)
        kind, of = installation().jobs[PREVIEW], job.params["of"]
        return render(
            "previews/kept.html",
            title=str(kind.label),
            about=of["own"]["name"] if "own" in of else of["rule"],
            back_url=url_for("JobView.run", id=id),
            previewed=job.result,
        )


class ManyView(BaseView):
    """What would become of many records, and what did: seen by who asked for it."""

    route_base = "/core/preview/many"
    default_view = "tried"

    @expose("/<int:id>", methods=["GET"])
    def tried(self, id: int) -> Any:
        job = _own(_session(), id, TRY)
        step, (stays, seen) = step_in(_session(), job.params), came_to(job)
        return step.preview_page(stays, seen, moved=seen != step.fingerprint)

    @expose("/<int:id>/done", methods=["GET"])
    def done(self, id: int) -> Any:
        """Back to the list, which says it and forgets what was selected."""
        job = _own(_session(), id, DO)
        entity = entity_by_id(job.params["entity"])
        act = act_of(entity, job.params["act"])
        tell(act, done_by(job))
        sent = MultiDict[str, str]([(name, text) for name, text in job.params["sent"]])
        return redirect(f"{list_of(_session(), entity, sent).address()}#{DONE_MARK}")


def _own(session: Session, id: int, kind: str) -> Job:
    """A preview that is done, after log-in, row and right were judged."""
    person = current_person()
    if person is None:
        raise Unauthorized
    own = select(Job).where(Job.id == id, Job.kind == kind, Job.started_by == person.user_id)
    job = session.scalar(own.where(Job.state == DONE))
    if job is None or job.result is None:
        raise NotFound
    require(job.params["entity"], job.params["right"])
    return job


def _session() -> Session:
    return installation().database.session()
