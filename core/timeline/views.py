"""Further parts of a record's time line, and the messages that people write on it."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import get_template_attribute, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from core.data import UserError, once
from core.entities import service
from core.entities.reading import title_for_reader
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.timeline.box import timeline_box
from core.timeline.models import LONGEST, Message
from core.timeline.reading import read_place
from core.timeline.rights import works_on
from core.ui.notices import back_to, tell
from core.ui.page import render

MACROS = "macros/timeline.html"


class TimelineView(BaseView):
    """`/core/timeline/<plugin>/<name>/<id>`: whoever may see the record sees its time line."""

    route_base = "/core/timeline"
    default_view = "part"

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["GET"])
    def part(self, plugin: str, name: str, id: int) -> Any:
        """The time line from a place on; for a script the part alone, else a page."""
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        only, before = request.args.get("only", ""), read_place(request.args.get("before", ""))
        box = timeline_box(entity, record, only, before)
        if _in_place():
            macro = "entries" if before is not None else "inside"
            return get_template_attribute(MACROS, macro)(box)
        return _page(entity, record, box)

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["POST"])
    def write(self, plugin: str, name: str, id: int) -> Any:
        """Write a message; for a script the time line with it, else back to the record."""
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        if not works_on(entity, record):
            raise Forbidden
        demand_token()
        text = request.form.get("text", "").strip().replace("\r\n", "\n")
        fault = _fault(text)
        if not fault:
            _store(entity, record, text)
            if _in_place():
                box = timeline_box(entity, record)
                return get_template_attribute(MACROS, "inside")(box, said=gettext("Your message is there."))
            tell(gettext("Your message is there."))
            return redirect(back_to(f"{entity.path}{id}"))
        box = timeline_box(entity, record, fault=fault, text=text)
        answer = get_template_attribute(MACROS, "inside")(box) if _in_place() else _page(entity, record, box)
        return answer, 422


def _store(entity: Entity, record: Any, text: str) -> None:
    """Once, however often it is sent."""
    session, user_id = _session(), current_user_id() or 0
    key = once.known_key(request.form.get("once"))
    if once.earlier_result(session, key, user_id):
        return
    session.add(Message(entity=entity.id, record_id=record.id, user_id=user_id, text=text))
    try:
        once.remember(session, key, user_id, f"{entity.path}{record.id}")
        session.commit()
    except UserError:
        session.rollback()
        if not once.earlier_result(session, key, user_id):
            raise


def _fault(text: str) -> str:
    if not text:
        return gettext("Write something first.")
    if len(text) > LONGEST:
        return gettext("Use at most %(max)d characters.", max=LONGEST)
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" for each in text):
        return gettext("This entry holds characters that cannot be stored.")
    return ""


def _page(entity: Entity, record: Any, box: dict[str, Any]) -> str:
    return render(
        "timeline/record.html",
        entity=entity,
        title=title_for_reader(entity, record),
        record_url=f"{entity.path}{record.id}",
        timeline=box,
    )


def _in_place() -> bool:
    return "HX-Request" in request.headers


def _session() -> Session:
    return installation().database.session()
