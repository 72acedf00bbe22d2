"""Moves by REST: `POST /api/v1/<plugin>/<entity>/<id>/<transition>` with what the move asks for as a JSON object."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask_appbuilder import BaseView, expose
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.data import UserError
from core.entities import service
from core.entities.registry import demand, entity_of
from core.entities.rest import FieldsError, json_body
from core.entities.spec import Entity
from core.entities.wire import plain_value, read, write
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.ui.shell_form import ShellForm
from core.workflow.forms import entered, form_for_move, witness_names, witnessed
from core.workflow.kinds import Transition
from core.workflow.moving import move
from core.workflow.service import IllegalMoveError, demand_legal, found_by_hand

WITNESSES = "witnesses"


class WorkflowApi(BaseView):
    """Moves of records."""

    route_base = "/api/v1"

    @expose("/<string:plugin>/<string:name>/<int:id>/<string:transition>", methods=["POST"])
    def move(self, plugin: str, name: str, id: int, transition: str) -> Any:
        """200 with the record as it stands then; 202 while it waits for approval; 409 with what is allowed."""
        entity = entity_of(plugin, name)
        workflow, asked = found_by_hand(entity, transition)
        demand(entity, asked.right)
        session = _session()
        record = service.find(session, entity, id)
        demand_token()
        try:
            demand_legal(workflow, asked, record)
            form = _judged(session, entity, record, asked)
            service.check_version(record, form)
            values, people = entered(entity, asked, form), witnessed(asked, form)
            request = move(session, entity, record, asked.id, values, people, current_user_id())
        except IllegalMoveError as error:
            note_error(error)
            session.rollback()
            return jsonify(message=str(error), allowed=error.allowed), error.status
        session.commit()
        answer = {"id": record.id, "result": write(entity, record)}
        if request is None:
            return jsonify(answer)
        return jsonify({**answer, "waits_for": request.id}), 202


def _judged(session: Session, entity: Entity, record: Any, asked: Transition) -> ShellForm:
    body = json_body()
    known = {*asked.entered, "row_version", *((WITNESSES,) if asked.witnesses is not None else ())}
    unknown = [name for name in body if name not in known]
    if unknown:
        raise UserError(
            "These fields do not exist or cannot be written: %(fields)s.", fields=", ".join(unknown)
        )
    sent = {
        name: read(entity, entity.field(name), body[name] if name in body else _plain(entity, record, name))
        for name in asked.entered
    }
    people = body.get(WITNESSES, [])
    if not isinstance(people, list) or not all(type(each) is int for each in people):
        raise UserError("A JSON %(type)s is expected here.", type="array", field=WITNESSES)
    sent |= dict(zip(witness_names(asked), map(str, people), strict=False))
    sent["row_version"] = str(body["row_version"]) if body.get("row_version") is not None else ""
    given = MultiDict({name: value for name, value in sent.items() if value is not None})
    form = form_for_move(session, entity, record, asked, given, csrf=False)
    if not form.validate():
        raise FieldsError({name: [str(each) for each in errors] for name, errors in form.errors.items()})
    return form


def _plain(entity: Entity, record: Any, name: str) -> Any:
    """What stands in a field that the body does not name, as the body would write it."""
    return plain_value(entity.kind(entity.field(name)), getattr(record, name))


def _session() -> Session:
    return installation().database.session()
