"""Values of records as JSON: money and quantities as exact strings, dates and instants in ISO 8601."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.data import UserError
from core.entities.cells import values_of
from core.entities.reading import is_shown, readable
from core.entities.spanning import BRANCH, spans
from core.entities.spec import Entity, Field
from core.people.rights.masks import masked

_AS_THEY_ARE = frozenset({str, int, bool})
_JSON_NAMES: dict[type[Any], str] = {bool: "boolean", int: "number", str: "string"}


def write(entity: Entity, record: Any) -> dict[str, Any]:
    """A record as JSON-able values by field name, with its id and row version; hidden fields are left out."""
    return writer(entity)(record)


def shown_fields(entity: Entity) -> tuple[Field, ...]:
    """The fields that this reader gets, be it masked."""
    return tuple(each for each in entity.fields if is_shown(entity, each.name))


def writer(entity: Entity) -> Callable[[Any], dict[str, Any]]:
    """What writes each of several records: rights and kinds are asked for once a field, not once a record."""
    fixed = ["id", *([BRANCH] if spans(entity) else [])]
    parts = [
        (each.name, values_of(each), entity.kind(each), None if readable(entity, each.name) else each.mask)
        for each in shown_fields(entity)
    ]
    is_versioned = hasattr(entity.model, "row_version")

    def written(record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {name: getattr(record, name) for name in fixed}
        for name, value_of, kind, mask in parts:
            value = value_of(record)
            if value is not None and value.__class__ not in _AS_THEY_ARE:
                value = plain_value(kind, value)
            found[name] = value if mask is None or value is None else masked(mask, str(value))
        if is_versioned:
            found["row_version"] = record.row_version
        return found

    return written


def plain_value(kind: str, value: Any) -> Any:
    """A value of a field of that kind as JSON."""
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
    value = plain_value(entity.kind(each), entity.default_of(each))
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
    if getattr(column, "nullable", False):
        schema["nullable"] = True
    if kind == "choice" and not schema.get("nullable"):
        schema["enum"] = [code for code, _ in each.options]
    schema["title"] = str(each.label)
    if not entity.writable(each):
        schema["readOnly"] = True
    return schema
