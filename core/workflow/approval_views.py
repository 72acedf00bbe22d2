"""The screens of approvals: what waits for the reader, and one request with yes and no."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized
from wtforms import TextAreaField
from wtforms.validators import Length

from core.data import UserError
from core.entities import service
from core.entities.reading import title_for_reader
from core.entities.registry import demand, entity_by_id
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_person
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.people.rights.words import names_of
from core.ui import format as shown
from core.ui.page import render
from core.ui.shell_form import ShellForm, refuse, status_of
from core.workflow.approvals import present_step, said_of, voice
from core.workflow.models import MoveRequest
from core.workflow.moving import decide, request_of
from core.workflow.positions import position_words
from core.workflow.texts import told
from core.workflow.waiting import mine

LONGEST = 500


class AnswerForm(ShellForm):
    why = TextAreaField(
        lazy_gettext("Why"),
        description=lazy_gettext("Needed when you refuse."),
        validators=[Length(max=LONGEST)],
        render_kw={"rows": 3},
    )


class ApprovalView(BaseView):
    """`/core/approval/`: requests that the reader may decide."""

    route_base = "/core/approval"
    default_view = "all"

    @expose("/", methods=["GET"])
    def all(self) -> Any:
        if current_person() is None:
            raise Unauthorized
        found = mine(_session())
        names = names_of(_session(), {each.asked_by or 0 for each in found})
        labels = (
            gettext("Matter to decide"),
            gettext("Transition"),
            gettext("Asked for by"),
            gettext("Asked for at"),
        )
        return render(
            "workflow/approvals.html",
            title=gettext("Approvals that wait for me"),
            columns=[{"label": each, "numeric": False} for each in labels],
            rows=[_row(each, names) for each in found],
        )

    @expose("/<int:id>", methods=["GET", "POST"])
    def one(self, id: int) -> Any:
        if current_person() is None:
            raise Unauthorized
        asked = request_of(_session(), id)
        entity = _entity(asked)
        demand(entity, "see")
        record = service.find(_session(), entity, asked.record_id)
        form = AnswerForm()
        if request.method == "POST":
            demand_token()
            return _decided(entity, record, asked, form)
        if voice(asked, said_of(_session(), [asked])[asked.id]) is None:
            return redirect(f"{entity.path}{record.id}")
        return _page(entity, record, asked, form)


def _decided(entity: Entity, record: Any, asked: MoveRequest, form: AnswerForm) -> Any:
    url, yes = f"{entity.path}{record.id}", request.form.get("answer") == "yes"
    if not form.validate():
        return _page(entity, record, asked, form), 422
    try:
        decide(_session(), entity, asked, yes, (form.why.data or "").strip())
        _session().commit()
    except UserError as error:
        note_error(error)
        _session().rollback()
        refuse(form, error)
        return _page(entity, record, asked, form), status_of(form)
    except Forbidden:
        _session().rollback()
        raise
    flash(gettext("Approved.") if yes else gettext("Refused."), "success")
    return redirect(url)


def _page(entity: Entity, record: Any, asked: MoveRequest, form: AnswerForm) -> Any:
    said = said_of(_session(), [asked])[asked.id]
    names = names_of(_session(), {each.user_id for each in said} | {asked.asked_by or 0})
    step = present_step(asked)
    facts = [
        {"label": gettext("Transition"), "value": _move(entity, asked)},
        {"label": gettext("Asked for by"), "value": names.get(asked.asked_by or 0, shown.DASH)},
        {"label": gettext("Asked for at"), "value": asked.asked_at},
        {"label": gettext("Rule"), "value": ", ".join((step["rule"], *step.get("also", ())))},
        {"label": gettext("To be decided by"), "value": position_words(step["positions"])},
    ]
    return render(
        "workflow/approval.html",
        title=gettext("Decide: %(thing)s", thing=title_for_reader(entity, record)),
        entity=entity,
        record_url=f"{entity.path}{record.id}",
        facts=facts,
        said=[{"who": names.get(each.user_id, ""), "at": each.at, "why": each.why} for each in said],
        form=form,
    )


def _row(asked: MoveRequest, names: dict[int, str]) -> dict[str, Any]:
    entity = _entity(asked)
    cells = (
        f"{entity.label} #{asked.record_id}",
        _move(entity, asked),
        names.get(asked.asked_by or 0, shown.DASH),
        asked.asked_at,
    )
    return {"url": f"/core/approval/{asked.id}", "cells": [{"value": each} for each in cells]}


def _entity(asked: MoveRequest) -> Entity:
    entity = entity_by_id(asked.entity)
    if entity.id not in installation().workflows:
        raise NotFound
    return entity


def _move(entity: Entity, asked: MoveRequest) -> str:
    transition = installation().workflows[entity.id].transition(asked.transition)
    return told(transition.label) if transition is not None else asked.transition


def _session() -> Session:
    return installation().database.session()
