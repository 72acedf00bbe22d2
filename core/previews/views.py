"""What a long preview came to."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_appbuilder import BaseView, expose
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.installation import installation
from core.jobs.models import DONE, Job
from core.people.access import current_person, require
from core.previews.jobs import PREVIEW
from core.previews.many import TRY, came_to, step_in
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
    """What would become of many records: seen by who asked for it, who then does it."""

    route_base = "/core/preview/many"
    default_view = "tried"

    @expose("/<int:id>", methods=["GET"])
    def tried(self, id: int) -> Any:
        job = _own(_session(), id, TRY)
        step, (stays, seen) = step_in(_session(), job.params), came_to(job)
        return step.preview_page(stays, seen, moved=seen != step.fingerprint)


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
