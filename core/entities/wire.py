"""Values of records as JSON: money and quantities as exact strings, dates and instants in ISO 8601."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.entities.spec import Entity


def write(entity: Entity, record: Any) -> dict[str, Any]:
    """A record as JSON-able values by field name, with its id and row version."""
    found: dict[str, Any] = {"id": record.id}
    for each in entity.fields:
        value = each.value(record) if each.value is not None else getattr(record, each.name)
        found[each.name] = _plain(entity.kind(each), value)
    if hasattr(record, "row_version"):
        found["row_version"] = record.row_version
    return found


def _plain(kind: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}" if kind == "money" else format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return str(value)


def read(value: Any) -> str | None:
    """A JSON value as form data: None is an empty field, False an unticked box."""
    if value is None or value is False:
        return None
    if value is True:
        return "y"
    return str(value)


def schema_of(entity: Entity, name: str) -> dict[str, Any]:
    """The OpenAPI schema of a field."""
    each = entity.field(name)
    kind = entity.kind(each)
    kinds: dict[str, dict[str, Any]] = {
        "integer": {"type": "integer"},
        "reference": {"type": "integer"},
        "yes_no": {"type": "boolean"},
        "money": {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"},
        "quantity": {"type": "string", "pattern": r"^-?\d+(\.\d{1,4})?$"},
        "date": {"type": "string", "format": "date"},
        "instant": {"type": "string", "format": "date-time"},
        "json": {},
    }
    schema = dict(kinds.get(kind, {"type": "string"}))
    if kind == "choice":
        schema["enum"] = [code for code, _ in each.options]
    schema["title"] = str(each.label)
    if not entity.writable(each):
        schema["readOnly"] = True
    return schema
