"""The OpenAPI document of everything that REST offers, made from the descriptions of the entities."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask_appbuilder import BaseView, expose
from werkzeug.exceptions import Unauthorized

from core.data import RowVersion
from core.entities.forms import can_be_written
from core.entities.spec import Entity
from core.entities.wire import schema_of
from core.handbook.screens.documented import rule_operations
from core.installation import installation
from core.people.access import current_person
from core.search.screens.documented import search_operation
from core.workflow.registry import workflow_of
from core.workflow.texts import told

ERRORS = {
    "400": "Bad request",
    "401": "Not logged in",
    "403": "Not allowed",
    "404": "Not found",
    "409": "Refused",
}


class OpenApiView(BaseView):
    """`/api/v1/_openapi`; any logged-in person may read it."""

    route_base = "/api/v1"

    @expose("/_openapi")
    def document(self) -> Any:
        if current_person() is None:
            raise Unauthorized
        return jsonify(document())


def document() -> dict[str, Any]:
    """The whole document (OpenAPI 3.0.3)."""
    paths: dict[str, Any] = {
        "/api/v1/security/login": {"post": _login()},
        "/api/v1/search": {"get": search_operation(ERRORS)},
        **rule_operations(ERRORS),
    }
    schemas: dict[str, Any] = {}
    for entity in installation().entities.values():
        schemas[entity.id] = _schema(entity)
        paths[entity.api_path] = _collection(entity)
        paths[f"{entity.api_path}{{id}}"] = _item(entity)
        paths.update(_moves(entity))
    return {
        "openapi": "3.0.3",
        "info": {"title": "Zhidu", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _login() -> dict[str, Any]:
    names = {
        "username": {"type": "string"},
        "password": {"type": "string"},
        "provider": {"type": "string", "enum": ["db"]},
    }
    body = {"type": "object", "properties": names, "required": list(names)}
    answer = {"type": "object", "properties": {"access_token": {"type": "string"}}}
    return {
        "summary": "Get a bearer token",
        "security": [],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _content("Logged in", answer),
            **{code: {"description": ERRORS[code]} for code in ("400", "401")},
        },
    }


def _schema(entity: Entity) -> dict[str, Any]:
    properties: dict[str, Any] = {"id": {"type": "integer", "readOnly": True}}
    properties.update({each.name: schema_of(entity, each.name) for each in entity.fields})
    if issubclass(entity.model, RowVersion):
        properties["row_version"] = {
            "type": "integer",
            "title": "Send it back with a change that must not be lost",
        }
    required = [
        each.name for each in entity.fields if can_be_written(entity, each, None) and entity.is_required(each)
    ]
    schema: dict[str, Any] = {"type": "object", "title": str(entity.label), "properties": properties}
    return {**schema, "required": required} if required else schema


def _collection(entity: Entity) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{entity.id}"}
    listed = {
        "type": "object",
        "properties": {
            "count": {"type": "integer"},
            "count_is_capped": {"type": "boolean"},
            "ids": {"type": "array", "items": {"type": "integer"}},
            "result": {"type": "array", "items": reference},
        },
    }
    query = {
        "name": "q",
        "in": "query",
        "description": "Rison: (page:0,page_size:100,order_column:id,order_direction:desc,"
        "filters:!((col:id,opr:gt,value:5)))",
        "schema": {"type": "string"},
    }
    found: dict[str, Any] = {}
    if "see" in entity.rights:
        found["get"] = _operation(entity, "List", {"200": _content("A page", listed)}, [query])
    if "add" in entity.rights and not entity.form_endpoint:
        found["post"] = _operation(
            entity, "Add", {"201": _content("Added", _answer(reference))}, [], reference
        )
    return found


def _item(entity: Entity) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{entity.id}"}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    answer = _content("The record", _answer(reference))
    found: dict[str, Any] = {}
    if "see" in entity.rights:
        found["get"] = _operation(entity, "Read", {"200": answer}, [key])
    if "edit" in entity.rights:
        found["put"] = _operation(entity, "Change", {"200": answer}, [key], reference)
    if "delete" in entity.rights:
        found["delete"] = _operation(entity, "Delete", {"200": {"description": "Deleted"}}, [key])
    return found


def _moves(entity: Entity) -> dict[str, Any]:
    """The moves of the entity's workflow."""
    workflow = workflow_of(entity)
    reference = {"$ref": f"#/components/schemas/{entity.id}"}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    answers = {
        "200": _content("Moved", _answer(reference)),
        "202": _content("Waits for approval", _answer(reference)),
    }
    found: dict[str, Any] = {}
    for each in workflow.transitions if workflow is not None else ():
        if not each.right:
            continue
        properties: dict[str, Any] = {name: schema_of(entity, name) for name in each.entered}
        for schema in properties.values():
            schema.pop("readOnly", None)
        properties["row_version"] = {"type": "integer"}
        if each.witnesses is not None:
            properties["witnesses"] = {"type": "array", "items": {"type": "integer"}}
        body: dict[str, Any] = {"type": "object", "properties": properties}
        operation = _operation(entity, told(each.label), answers, [key], body)
        operation["operationId"] = f"{each.id}.{entity.id}"
        found[f"{entity.api_path}{{id}}/{each.id}"] = {"post": operation}
    return found


def _answer(reference: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {"id": {"type": "integer"}, "result": reference}}


def _content(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _operation(
    entity: Entity,
    verb: str,
    answers: dict[str, Any],
    parameters: list[Any],
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    errors = {code: {"description": text} for code, text in ERRORS.items()}
    operation: dict[str, Any] = {
        "tags": [entity.id],
        "summary": f"{verb}: {entity.label}",
        "operationId": f"{verb.lower()}.{entity.id}",
        "parameters": parameters,
        "responses": {**answers, **errors},
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation
