"""REST of every entity: `/api/v1/<plugin>/<name>/`. Log-in, right and row are judged before body and CSRF."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import prison
from flask import jsonify, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, MethodNotAllowed

from core.data import UserError
from core.entities import service
from core.entities.changing import demand_open
from core.entities.filters import clean
from core.entities.forms import form_for, is_written
from core.entities.query import MAX_PAGE, Filter, ListQuery, attributes_of, run
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.entities.wire import read, read_default, shown_fields, write, writer
from core.installation import installation
from core.people.doors.csrf import demand_token
from core.ui.shell_form import ShellForm

MAX_PAGE_SIZE = 100


class EntityApi(BaseView):
    """List, read, add, change and delete records of every entity as JSON."""

    route_base = "/api/v1"

    @expose("/<string:plugin>/<string:name>/", methods=["GET"])
    def list(self, plugin: str, name: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "see")
        only = attributes_of(entity, [each.name for each in shown_fields(entity)])
        page, written = run(_session(), entity, _query(entity), titled=(), only=only), writer(entity)
        return jsonify(
            count=page.count,
            count_is_capped=page.capped,
            ids=[record.id for record in page.records],
            result=[written(record) for record in page.records],
        )

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["GET"])
    def get(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        return jsonify(id=record.id, result=write(entity, record))

    @expose("/<string:plugin>/<string:name>/", methods=["POST"])
    def post(self, plugin: str, name: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "add")
        if entity.form_endpoint:
            raise MethodNotAllowed(["GET"])
        demand_token()
        record = self._save(entity, None)
        return jsonify(id=record.id, result=write(entity, record)), 201

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["PUT"])
    def put(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "edit")
        record = service.find(_session(), entity, id)
        demand_token()
        demand_open(entity, record)
        record = self._save(entity, record)
        return jsonify(id=record.id, result=write(entity, record))

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["DELETE"])
    def delete(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "delete")
        record = service.find(_session(), entity, id)
        demand_token()
        service.remove(_session(), entity, record)
        _session().commit()
        return jsonify(message="OK")

    def _save(self, entity: Entity, record: Any) -> Any:
        form = _judged(entity, record, json_body())
        if record is not None:
            service.check_version(record, form)
        saved = service.save(_session(), entity, record, form)
        _session().commit()
        return saved


class FieldsError(Exception):
    """What is wrong with the fields of a REST body: field name -> messages."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("fields")
        self.errors = errors


def json_body() -> dict[str, Any]:
    """The body's object; figures with decimals stay exact. UserError for what is none."""
    try:
        body = json.loads(
            request.get_data(), parse_float=Decimal, parse_constant=_no_figure, object_pairs_hook=_named_once
        )
    except (ValueError, RecursionError):
        body = None
    if not request.is_json or not isinstance(body, dict):
        raise UserError("Send a JSON object with the fields of the record.")
    return body


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; one that says two things of a field says nothing."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_figure(text: str) -> Any:
    raise ValueError(text)


def _judged(entity: Entity, record: Any, body: dict[str, Any]) -> ShellForm:
    """The form that judges the body. A change judges only the fields that it names."""
    unknown = [key for key in body if key not in entity.by_name and key != "row_version"]
    fixed = [
        key for key in body if key in entity.by_name and not is_written(entity, entity.field(key), record)
    ]
    if unknown or fixed:
        names = ", ".join([*unknown, *fixed])
        raise UserError("These fields do not exist or cannot be written: %(fields)s.", fields=names)
    only = [key for key in body if key in entity.by_name] if record is not None else None
    form = form_for(entity, record, formdata=_as_form(entity, record, body), csrf=False, only=only)
    if not form.validate():
        raise FieldsError({name: [str(each) for each in errors] for name, errors in form.errors.items()})
    return form


def _as_form(entity: Entity, record: Any, body: dict[str, Any]) -> MultiDict[str, str]:
    """The body as form data; a new record starts with the defaults."""
    values: dict[str, str | None] = {}
    for each in entity.fields:
        if not is_written(entity, each, record):
            continue
        if each.name in body:
            values[each.name] = read(entity, each, body[each.name])
        elif record is None:
            values[each.name] = read_default(entity, each)
    if "row_version" in body:
        version = body["row_version"]
        if not isinstance(version, int) or isinstance(version, bool):
            raise UserError("A JSON %(type)s is expected here.", type="number", field="row_version")
        values["row_version"] = str(version)
    return MultiDict({key: value for key, value in values.items() if value is not None})


def _query(entity: Entity) -> ListQuery:
    """Read `q`, a Rison object with page, page_size, order_column, order_direction, filters and search."""
    text = request.args.get("q", "")
    try:
        asked = prison.loads(text) if text else {}
        page, size = int(asked.get("page", 0)), int(asked.get("page_size", 20))
        filters = tuple(
            Filter(str(f["col"]), str(f["opr"]), str(f["value"]), by_day=False)
            for f in asked.get("filters", [])
        )
    except Exception:
        raise BadRequest(
            gettext("The parameter q is not a Rison object such as (page:0,page_size:100).")
        ) from None
    return ListQuery(
        search=clean(str(asked.get("search", ""))),
        filters=filters,
        sort=str(asked.get("order_column", "")),
        descending=asked.get("order_direction") == "desc",
        page=min(max(page, 0), MAX_PAGE),
        size=min(max(size, 1), MAX_PAGE_SIZE),
    )


def _session() -> Any:
    return installation().database.session()
