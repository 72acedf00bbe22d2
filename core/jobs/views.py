"""The page of one job with its progress, and the button that stops it."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.installation import installation
from core.jobs import queue
from core.jobs.kinds import JobKind
from core.jobs.labels import ENTITY
from core.jobs.mine import my_runs, runs_table
from core.jobs.models import FAILED, Job
from core.jobs.pace import taken
from core.jobs.shown import status
from core.people.access import current_person, current_user_id, may, require
from core.ui.format import datetime as shown
from core.ui.format import duration
from core.ui.notices import back_to, tell
from core.ui.page import page_number, render

PAGE = 25


class JobView(BaseView):
    """Seen and stopped by whoever may start such a job in the active branch."""

    route_base = "/core/job"
    default_view = "run"

    @expose("/mine", methods=["GET"])
    def mine(self) -> Any:
        """Everything that the person started in this branch."""
        person = current_person()
        if person is None:
            raise Unauthorized
        if person.branch is None:
            raise NotFound
        number = page_number()
        state = FAILED if request.args.get("state") == FAILED else ""
        found = my_runs(_session(), PAGE + 1, (number - 1) * PAGE, state)
        title = gettext("Runs that failed") if state else gettext("My runs")
        context = {"title": title, **runs_table(found[:PAGE])}
        return render("jobs/mine.html", **context, page=_pager(number, len(found) > PAGE, state))

    @expose("/<int:id>", methods=["GET"])
    def run(self, id: int) -> Any:
        job, kind = _judged(id)
        return render(
            "jobs/run.html", title=str(kind.label), job=status(job, kind), facts=_facts(_session(), job)
        )

    @expose("/<int:id>/progress", methods=["GET"])
    def progress(self, id: int) -> Any:
        job, kind = _judged(id)
        found = status(job, kind)
        told = (
            "state",
            "done",
            "total",
            "percent",
            "counts",
            "speed",
            "left",
            "label",
            "result_url",
            "error",
        )
        return jsonify({name: found[name] for name in told})

    @expose("/<int:id>/cancel", methods=["POST"])
    def cancel(self, id: int) -> Any:
        job, _kind = _judged(id)
        queue.cancel(_session(), job.id)
        _session().commit()
        tell(gettext("The work is being stopped."))
        return redirect(back_to(url_for("JobView.run", id=id)))


def _judged(id: int) -> tuple[Job, JobKind]:
    """The job and its kind, after log-in, row, switch and right were judged."""
    if current_person() is None:
        raise Unauthorized
    job = _session().scalar(select(Job).where(Job.id == id))
    kind = installation().jobs.get(job.kind) if job else None
    if job is None or kind is None or (kind.private and job.started_by != current_user_id()):
        raise NotFound
    require(*kind.judged_by(job.params))
    return job, kind


def _facts(session: Session, job: Job) -> list[dict[str, Any]]:
    facts = {
        gettext("Started by"): _person(session, job.started_by),
        gettext("Asked for"): shown(job.created_at),
        gettext("Begun"): shown(job.started_at),
        gettext("Ended"): shown(job.finished_at),
    }
    if job.finished_at is not None:
        facts[gettext("Took")] = duration(taken(job))
    if job.error_place and may(ENTITY, "see"):
        facts[gettext("Place of the fault")] = job.error_place
    return [{"label": label, "value": value} for label, value in facts.items()]


def _pager(number: int, more: bool, state: str) -> dict[str, Any] | None:
    if number == 1 and not more:
        return None
    return {
        "number": number,
        "total_text": "",
        "prev_url": url_for("JobView.mine", page=number - 1, state=state or None) if number > 1 else None,
        "next_url": url_for("JobView.mine", page=number + 1, state=state or None) if more else None,
    }


def _person(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id is not None else None
    return f"{user.last_name}{user.first_name}".strip() or user.username if user else ""


def _session() -> Any:
    return installation().database.session()
