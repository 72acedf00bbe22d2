"""`/core/round/...`: the screen of a round, what a phone asks for, and where it sends visits."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify, make_response, request
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, clock
from core.entities.registry import demand, entity_by_id
from core.installation import installation
from core.people.access import Person, current_person
from core.people.doors.csrf import demand_token
from core.ui.assets import STATIC
from core.ui.form_token import form_token
from core.ui.page import render
from core.visits import sent, service, shown
from core.visits.kinds import Round

WORKER = "js/round-worker.js"
LONGEST_BOOK = 80


class RoundView(BaseView):
    """A round is walked by whoever holds its right and may see its stops."""

    route_base = "/core/round"

    @expose("/worker.js", methods=["GET"])
    def worker(self) -> Response:
        """The service worker: it lies here because it answers only for addresses beside and below its own."""
        answer = make_response((STATIC / WORKER).read_bytes())
        answer.headers["Content-Type"] = "text/javascript; charset=utf-8"
        return answer

    @expose("/<string:plugin>/<string:name>/", methods=["GET"])
    def page(self, plugin: str, name: str) -> str:
        """The screen. It names nobody and holds no stop, as a phone keeps it for when it has no connection."""
        round_, _person = _walked(plugin, name)
        return render(
            "visits/round.html",
            round=round_,
            most_photos=sent.MOST_PHOTOS,
            largest_photo=sent.LARGEST_PHOTO,
        )

    @expose("/<string:plugin>/<string:name>/now", methods=["GET"])
    def now(self, plugin: str, name: str) -> Response:
        """Who walks the round here and now, with the token that sending needs."""
        _round, person = _walked(plugin, name)
        branch = person.branch
        return jsonify(
            person=str(person.user_id),
            branch={"code": branch.code, "name": branch.name(str(get_locale() or "en"))} if branch else None,
            token=form_token(),
            time=clock.now().isoformat(),
        )

    @expose("/<string:plugin>/<string:name>/stops", methods=["GET"])
    def stops(self, plugin: str, name: str) -> Response:
        """The stops of a book, or the books where none is named and the round has some."""
        round_, _person = _walked(plugin, name)
        wanted = request.args.get("book")
        books = round_.books(_session()) if round_.books is not None else None
        if books is None:
            return jsonify(book="", **shown.stops(round_.stops(_session(), None)))
        if not wanted:
            return jsonify(books=[shown.book(each) for each in books])
        if wanted[:LONGEST_BOOK] not in {each.id for each in books}:
            raise NotFound
        return jsonify(book=wanted, **shown.stops(round_.stops(_session(), wanted)))

    @expose("/<string:plugin>/<string:name>/visits", methods=["POST"])
    def send(self, plugin: str, name: str) -> Response:
        """One visit, as `visit` (JSON) and files. Answers what became of it; 200 also when it is refused."""
        round_, person = _walked(plugin, name)
        demand_token()
        return jsonify(asdict(_judged(round_, person)))


def _judged(round_: Round, person: Person) -> service.Answer:
    try:
        outside = sent.envelope(request.form.get("visit", ""), request.files)
    except UserError as error:
        return service.Answer(service.REFUSED, str(error))
    branch = person.branch.code if person.branch else ""
    return service.take(_session(), round_, outside, branch, person.user_id)


def _walked(plugin: str, name: str) -> tuple[Round, Person]:
    round_ = installation().rounds.get(f"{plugin}.{name}")
    if round_ is None:
        raise NotFound
    demand(entity_by_id(round_.stop_entity), "see")
    demand(entity_by_id(round_.entity), round_.right)
    person = current_person()
    if person is None:
        raise NotFound
    return round_, person


def _session() -> Session:
    return installation().database.session()
