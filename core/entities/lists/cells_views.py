"""One cell of a list, changed where it stands; without scripts its pencil leads to the record's form."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import get_template_attribute, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from core.data import UserError
from core.entities import service
from core.entities.cells import cell
from core.entities.forms import form_for, is_written
from core.entities.lists.asked import asked_for
from core.entities.lists.inline import inline_of
from core.entities.query import titles
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.installation import installation
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.ui.notices import tell
from core.ui.shell_form import ShellForm

MACROS = "macros/cells.html"


class CellView(BaseView):
    """`/<plugin>/<name>/<id>/cell/<field>`: right, row and field are judged before what was sent."""

    route_base = ""

    @expose("/<string:plugin>/<string:name>/<int:id>/cell/<string:field>", methods=["GET", "POST"])
    def change(self, plugin: str, name: str, id: int, field: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "edit")
        record = service.find(_session(), entity, id)
        if not _is_open(entity, field, record):
            raise NotFound
        if request.method == "GET":
            form = form_for(entity, record, csrf=False, only=[field])
            form.row_version.data = str(getattr(record, "row_version", "") or "")
            return _editor(entity, record, form, field)
        demand_token()
        form = form_for(entity, record, csrf=False, only=[field])
        if not form.validate():
            return _editor(entity, record, form, field), 422
        return _saved(entity, record, form, field, id)

    @expose("/<string:plugin>/<string:name>/<int:id>/move", methods=["POST"])
    def move(self, plugin: str, name: str, id: int) -> Any:
        """A card of the board goes into another column; the record's own check judges it."""
        entity = entity_of(plugin, name)
        demand(entity, "edit")
        record = service.find(_session(), entity, id)
        if not entity.board or not is_written(entity, entity.field(entity.board), record):
            raise NotFound
        demand_token()
        back = asked_for(
            _session(), entity, dict(parse_qsl(request.form.get("address", ""))) or {"q": ""}
        ).address()
        sent = MultiDict({entity.board: request.form.get("to", "")})
        form = form_for(entity, record, formdata=sent, csrf=False, only=[entity.board])
        form.row_version.data = request.form.get("row_version", "")
        try:
            if not form.validate():
                raise UserError("Choose one of the options.")
            service.check_version(record, form)
            service.save(_session(), entity, record, form)
            _session().commit()
        except UserError as error:
            note_error(error)
            _session().rollback()
            tell(str(error), "danger")
        return redirect(back)


def _is_open(entity: Entity, name: str, record: Any) -> bool:
    return (
        name in entity.by_name
        and entity.field(name).inline
        and is_written(entity, entity.field(name), record)
    )


def _saved(entity: Entity, record: Any, form: ShellForm, field: str, record_id: int) -> Any:
    session = _session()
    try:
        service.check_version(record, form)
        service.save(session, entity, record, form)
        session.commit()
    except UserError as error:
        note_error(error)
        session.rollback()
        record = service.find(session, entity, record_id)
        return _refused(entity, record, form, field, error)
    return get_template_attribute(MACROS, "shown")(_shown(entity, record, field))


def _refused(entity: Entity, record: Any, form: ShellForm, field: str, error: UserError) -> Any:
    """The field again with what was entered. After somebody else's change, with what is stored now beside it."""
    if isinstance(error, service.StaleError):
        form.row_version.data = str(record.row_version)
        fault = gettext(
            "Somebody else has changed this record meanwhile. Save again to put yours in its place."
        )
        return _editor(entity, record, form, field, fault, _shown(entity, record, field)["value"]), 409
    fault = str(error)
    if error.field and error.field != field and error.field in entity.by_name:
        fault = f"{entity.field(error.field).label}: {fault}"
    return _editor(entity, record, form, field, fault), 409 if error.status == 409 else 422


def _editor(
    entity: Entity, record: Any, form: ShellForm, field: str, fault: str = "", stored: str = ""
) -> str:
    url = f"{entity.path}{record.id}/cell/{field}"
    draw = get_template_attribute(MACROS, "editor")
    return str(draw(form, field, url, entity.field(field).label, fault, stored))


def _shown(entity: Entity, record: Any, field: str) -> dict[str, Any]:
    found = titles(_session(), entity, [record], [field])
    shown = cell(entity, entity.field(field), record, found)
    return {**shown, "value": shown["text"], "inline": inline_of(entity, field, record)}


def _session() -> Session:
    return installation().database.session()
