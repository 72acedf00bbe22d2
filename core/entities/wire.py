"""Values of records as JSON: money and quantities as exact strings, dates and instants in ISO 8601."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.data import UserError
from core.entities.reading import is_shown, readable
from core.entities.spanning import BRANCH, spans
from core.entities.spec import Entity, Field
from core.people.rights.masks import masked

_JSON_NAMES: dict[type[Any], str] = {bool: "boolean", int: "number", str: "string"}


def write(entity: Entity, record: Any) -> dict[str, Any]:
    """A record as JSON-able values by field name, with its id and row version; hidden fields are left out."""
    found: dict[str, Any] = {"id": record.id}
    if spans(entity):
        found[BRANCH] = record.branch_id
    for each in entity.fields:
        if not is_shown(entity, each.name):
            continue
        value = each.value(record) if each.value is not None else getattr(record, each.name)
        plain = _plain(entity.kind(each), value)
        whole = value is None or readable(entity, each.name)
        found[each.name] = plain if whole else masked(each.mask, str(plain))
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


_TYPES: dict[str, tuple[type[Any], ...]] = {
    "yes_no": (bool,),
    "integer": (int, str),
    "reference": (int, str),
    "money": (int, Decimal, str),
    "quantity": (int, Decimal, str),
}


def read(entity: Entity, each: Field, value: Any) -> str | None:
    """A JSON value as form data: null is an empty field, false an unticked box (None).

    Raises UserError for a value of a type that the field cannot have.
    """
    kind = entity.kind(each)
    expected = _TYPES.get(kind, (str,))
    if value is None and kind != "yes_no":
        return ""
    if not isinstance(value, expected) or (isinstance(value, bool) and kind != "yes_no"):
        raise UserError("A JSON %(type)s is expected here.", type=_JSON_NAMES[expected[0]], field=each.name)
    if kind == "yes_no":
        return "y" if value else None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def read_default(entity: Entity, each: Field) -> str | None:
    """What a new record starts with, as form data."""
    value = _plain(entity.kind(each), entity.default_of(each))
    return read(entity, each, value) if value is not None else None


def schema_of(entity: Entity, name: str) -> dict[str, Any]:
    """The OpenAPI schema of a field."""
    each = entity.field(name)
    kind, column = entity.kind(each), entity.column(name)
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
    length = getattr(column.type, "length", None) if column is not None else None
    if kind == "text" and length:
        schema["maxLength"] = length
    if column is not None and column.nullable:
        schema["nullable"] = True
    if kind == "choice" and not schema.get("nullable"):
        schema["enum"] = [code for code, _ in each.options]
    schema["title"] = str(each.label)
    if not entity.writable(each):
        schema["readOnly"] = True
    return schema
