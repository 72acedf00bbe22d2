"""The first page after log-in: my work, or the dashboard of those who look after the figures."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Unauthorized

from core.branches.scope import branch_scope
from core.data import UserError
from core.entities.counting import told
from core.entities.lists.arguments import VIEW
from core.entities.lists.keeping import is_mine, views_of_lists
from core.entities.lists.models import ListView
from core.entities.registry import allowed
from core.entities.spec import Entity
from core.installation import installation
from core.jobs import queue
from core.jobs.daily import DAILY
from core.jobs.mine import my_runs, runs_table
from core.jobs.models import Job
from core.measures.board import branches_shown, dashboard, may_see
from core.measures.keeping import FIGURES
from core.measures.reach import TARGET
from core.people.access import Person, current_person, require
from core.people.doors.csrf import demand_token
from core.ui import format as shown
from core.ui.notices import tell
from core.ui.page import render
from core.work.groups import OVERDUE, TODAY, WAITING, Line, today, waiting

RUNS = 5
MOST_VIEWS = 30


class HomeView(BaseView):
    """`/my-work/`: what waits for the person. `/dashboard/`: figures against targets. `/`: whichever is theirs."""

    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        person = _somebody()
        found = _dashboard() if may_see() else None
        return render("dashboard.html", **found) if found else render("home.html", **my_work(person))

    @expose("/my-work/")
    def work(self) -> Any:
        return render("home.html", **my_work(_somebody()))

    @expose("/dashboard/")
    def dashboard(self) -> Any:
        require(TARGET, "see")
        found = _dashboard()
        return render("dashboard.html", **(found or {"title": gettext("Dashboard"), "figures": []}))

    @expose("/dashboard/anew", methods=["POST"])
    def anew(self) -> Any:
        """Have the figures that are shown worked out anew, where that is not being done already."""
        require(TARGET, "see")
        demand_token()
        session, person = installation().database.session(), _somebody()
        jobs = [job for each in branches_shown() if (job := _work_out(session, each, person.user_id))]
        session.commit()
        here = [each for each in jobs if person.branch is not None and each.branch_id == person.branch.id]
        if len(jobs) == 1 and here:
            return redirect(url_for("JobView.run", id=here[0].id))
        tell(gettext("The figures are being worked out. Look again in a moment."))
        return redirect(url_for("HomeView.dashboard", month=request.args.get("month") or None))


def _work_out(session: Session, branch_id: int, user_id: int) -> Job | None:
    """Start it in a branch; None where it runs already."""
    with branch_scope(branch_id):
        try:
            return queue.start(session, FIGURES, {}, single_key=DAILY, started_by=user_id)
        except UserError:
            return None


def _somebody() -> Person:
    person = current_person()
    if person is None:
        raise Unauthorized
    return person


def _dashboard() -> dict[str, Any] | None:
    """The dashboard's context; None where the person gets no figures in the active branch."""
    session, person = installation().database.session(), _somebody()
    found = dashboard(session, today(), request.args.get("month", ""))
    if found is None:
        return None
    groups = [each for each in work_groups(session) if each["lines"]]
    here = {"title": gettext("Dashboard"), "subtitle": str(person.branch), "groups": groups}
    return {**found, **here, "cards": _cards()}


def _cards() -> list[dict[str, Any]]:
    return [card for _owner, make in installation().home_cards for card in make()]


def my_work(person: Person) -> dict[str, Any]:
    """The context of the page: groups of work, cards, views, runs."""
    if person.branch is None:
        nothing = gettext("You hold no appointment today. Ask the administrator.")
        return {"title": gettext("My work"), "subtitle": nothing, "groups": [], "cards": []}
    session = installation().database.session()
    found = my_runs(session, RUNS)
    return {
        "title": gettext("My work"),
        "subtitle": str(person.branch),
        "groups": work_groups(session),
        "cards": _cards(),
        "views": _views(session),
        "runs": runs_table(found) if found else None,
    }


def work_groups(session: Session) -> list[dict[str, Any]]:
    """The three groups with their lines, each with what is said when it is empty."""
    found = waiting(session)
    titles = {
        OVERDUE: (gettext("Overdue"), gettext("Nothing is overdue."), "danger"),
        TODAY: (gettext("Due today"), gettext("Nothing is due today."), "warning"),
        WAITING: (gettext("Waiting for me"), gettext("Nothing waits for you."), "neutral"),
    }
    return [
        {"id": group, "title": title, "empty": empty, "lines": [_line(each, tone) for each in found[group]]}
        for group, (title, empty, tone) in titles.items()
    ]


def _line(line: Line, tone: str) -> dict[str, Any]:
    item = line.item
    return {
        "title": item.title,
        "subject": item.subject,
        "count": told(item.count, item.cap),
        "url": item.url,
        "icon": line.icon,
        "hint": item.hint,
        "tone": tone,
        "due": gettext("first due %(date)s", date=shown.date(item.due)) if item.due else "",
    }


def _views(session: Session) -> list[dict[str, Any]]:
    """The saved views whose lists the person may see."""
    known = installation().entities
    found = ((each, known.get(each.entity)) for each in views_of_lists(session))
    seen = [(view, entity) for view, entity in found if entity is not None and allowed(entity, "see")]
    return [_view(*each) for each in seen[:MOST_VIEWS]]


def _view(view: ListView, entity: Entity) -> dict[str, Any]:
    return {
        "label": view.name,
        "list": str(entity.label_plural),
        "icon": entity.icon,
        "url": f"{entity.path}?{VIEW}={view.id}",
        "shared": gettext("shared") if not is_mine(view) else "",
    }
