"""`/core/inspections/`: rounds are filled in here, and a month's report is read."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import jsonify, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.data import UserError, clock
from core.entities.registry import allowed, demand, entity_by_id
from core.inspections import duty, entered, service, shown, sums
from core.inspections.kinds import InspectionRound
from core.inspections.models import FINISHED, Inspection
from core.inspections.rounds import (
    FILL,
    INSPECTION,
    RESULT,
    Standing,
    demand_round,
    left_open,
    own_rounds,
    standing,
)
from core.installation import installation
from core.measures.months import FORM, month_of
from core.people.access import Person, current_person
from core.people.doors.refusals import note_error
from core.people.rights.colleagues import PICKER, names_here
from core.people.rights.forms import as_id
from core.ui.notices import tell
from core.ui.page import render

FINISH, KEEP = "finish", "keep"


class InspectionView(BaseView):
    """A round is filled in by whoever holds its position with the right to fill in."""

    route_base = "/core/inspections"
    default_view = "index"

    @expose("/", methods=["GET"])
    def index(self) -> Any:
        """The person's rounds, and where each stands today."""
        demand(entity_by_id(INSPECTION), FILL)
        _person, branch_id, day = _here()
        rounds = own_rounds()
        found = standing(_session(), rounds, branch_id, day)
        late = left_open(_session(), rounds, branch_id, day)
        context = shown.index(_session(), found, late)
        return render("inspections/index.html", may_see=allowed(entity_by_id(RESULT), "see"), **context)

    @expose("/report", methods=["GET"])
    def report(self) -> Any:
        """A month: the share of items in order by round and branch, and what was most often not."""
        demand(entity_by_id(RESULT), "see")
        person, _branch, day = _here()
        asked = request.args.get("month", "")
        month = asked if FORM.fullmatch(asked) and asked <= month_of(day) else month_of(day)
        counts, worst = sums.by_round(_session(), month), sums.worst(_session(), month)
        owed = duty.of_month(_session(), person.readable, month, day)
        return render("inspections/report.html", **shown.report(month, month_of(day), counts, worst, owed))

    @expose("/<string:plugin>/<string:name>", methods=["GET", "POST"])
    def fill(self, plugin: str, name: str) -> Any:
        """The items of a round. Sent by the page itself (`do=keep`) it answers what is kept, as JSON."""
        round_ = demand_round(plugin, name)
        found = _standing(round_)
        if request.method == "GET":
            if found.inspection is not None and found.inspection.state == FINISHED:
                return redirect(_page(found.inspection))
            return _form(found)
        try:
            return _sent(found, request.form.get("do", ""))
        except UserError as error:
            note_error(error)
            _session().rollback()
            if request.form.get("do") == KEEP:
                return jsonify(error=str(error), item=error.field or ""), error.status
            return _form(_standing(round_), error), error.status


def _sent(found: Standing, do: str) -> Any:
    person, branch_id, day = _here()
    session = _session()
    form, files = request.form, request.files  # the token is judged before anything is read
    if found.inspection is None:
        inspection = service.begun(session, found.round, found.period, found.items, day, person.user_id)
    else:
        inspection = service.held(session, found.round.id, found.period.first)
    names = [each.name for each in inspection.results]
    judged = entered.judged(form, names)
    named = {each.responsible_id for each in judged.values() if each.responsible_id is not None}
    people = names_here(session, branch_id, day, named)
    service.judge(session, inspection, judged, person.user_id, [*people])
    for name, photo in entered.photos(files, names):
        service.add_photo(session, inspection, name, photo.stream, photo.filename or "", person.user_id)
    answer = _kept(session, inspection)
    session.commit()  # what was judged stays, also where the round cannot be finished yet
    if do == FINISH:
        return _finished(session, found, person)
    if do == KEEP:
        return jsonify(answer)
    tell(answer["text"])
    return redirect(f"{found.round.path}?on={found.period.first.isoformat()}")


def _finished(session: Session, found: Standing, person: Person) -> Any:
    inspection = service.held(session, found.round.id, found.period.first)
    service.finish(session, inspection, person.user_id)
    address = _page(inspection)
    session.commit()
    tell(gettext("The round is finished."))
    return redirect(address)


def _kept(session: Session, inspection: Inspection) -> dict[str, Any]:
    """How far it is: for the page, and for whoever sends the form without scripts."""
    every, done = len(inspection.results), sum(1 for each in inspection.results if each.verdict)
    left = every - done
    photos = service.photos_of(session, inspection.results)
    return {
        "every": every,
        "done": done,
        "text": ngettext("Kept. %(num)s item is left.", "Kept. %(num)s items are left.", left)
        if left
        else gettext("Kept. Every item is judged."),
        "photos": {each.name: len(photos[each.id]) for each in inspection.results if each.id in photos},
    }


def _standing(round_: InspectionRound) -> Standing:
    """The period of today, or an earlier one that was left open (`?on=`, its first day)."""
    _person, branch_id, day = _here()
    asked = _day(request.args.get("on", ""))
    now = standing(_session(), [round_], branch_id, day)
    if asked is None or (now and now[0].period.first == asked):
        if not now:
            raise NotFound
        return now[0]
    for each in left_open(_session(), [round_], branch_id, day):
        if each.first_on == asked:
            return shown.left(round_, each)
    raise NotFound


def _form(found: Standing, error: UserError | None = None) -> Any:
    _person, branch_id, day = _here()
    context = shown.fill(_session(), found, request.form if error is not None else {}, error)
    chosen = {as_id(each["person"]) for each in context["items"]} - {0}
    people = names_here(_session(), branch_id, day, chosen)
    context |= {"people": {str(each): name for each, name in people.items()}, "people_url": PICKER}
    return render("inspections/fill.html", **context)


def _page(inspection: Inspection) -> str:
    """The inspection's own page for those who may see it, else the person's rounds."""
    entity = entity_by_id(INSPECTION)
    return f"{entity.path}{inspection.id}" if allowed(entity, "see") else "/core/inspections/"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _here() -> tuple[Person, int, date]:
    person = current_person()
    if person is None:
        raise Unauthorized
    if person.branch is None:
        raise NotFound
    return person, person.branch.id, clock.today(person.branch.time_zone)


def _session() -> Session:
    return installation().database.session()
