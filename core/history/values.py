"""Values as the history keeps them: plain JSON, exact, and never a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from flask_appbuilder.models.sqla import Model as FrameworkModel
from sqlalchemy import Boolean, Column, Date, DateTime, Table
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Mapper

from core.data import Base, Money, Quantity, Unrecorded, UtcDateTime

SECRET_VALUE = "***"  # noqa: S105 - what stands in place of one
NOT_RECORDED = frozenset(
    {"id", "row_version", "changed_at", "changed_on", "changed_by_fk", "created_by_fk"}
    | {"last_login", "login_count", "fail_login_count"}
)
"""Columns that say nothing a reader asks for: every entry has its time and person."""

_SECRET = re.compile(
    r"(^|_)(password|passwd|secret|secrets|token|tokens|otp|totp|salt|hash|hashes|hashed|api_key|private_key"
    r"|recovery|recovery_code|recovery_codes|credential|credentials)(_|$)"
)


def is_secret(column: Column[Any]) -> bool:
    """Whether a column's values must not be kept: it says `info={"secret": True}`, or its name does.

    `info={"secret": False}` on a column says that its name misleads.
    """
    said = column.info.get("secret")
    return bool(said) if said is not None else names_a_secret(column.name)


def names_a_secret(name: str) -> bool:
    """Whether what has this name is taken for a secret."""
    return _SECRET.search(name.lower()) is not None


def is_recorded(column: Column[Any]) -> bool:
    """Whether changes of a column are worth an entry; `info={"history": False}` says that they are not."""
    return column.name not in NOT_RECORDED and column.info.get("history", True) is not False


@cache
def recorded_columns(mapper: Mapper[Any]) -> dict[str, Column[Any]]:
    """The columns of a mapped class whose values the history keeps, by attribute name."""
    found = ((each.key, each.columns[0]) for each in mapper.column_attrs)
    return {key: column for key, column in found if isinstance(column, Column) and is_recorded(column)}


def is_recorded_model(model: type[Any]) -> bool:
    return not issubclass(model, Unrecorded)


_MODELS: dict[str, Any] = {}
"""The mapped classes by their tables' names, as they were asked for."""


def mappers() -> Iterator[Mapper[Any]]:
    """Every mapped class of the installation, the framework's included."""
    yield from Base.registry.mappers
    yield from FrameworkModel.registry.mappers


def model_of(table: Any) -> Any:
    """The mapped class of a table, or None."""
    if not isinstance(table, Table):
        return None
    # By name: in a statement over a mapped class stands an annotated copy of the table.
    if table.name not in _MODELS:
        named = (each for each in mappers() if getattr(each.local_table, "name", "") == table.name)
        found = next((each.class_ for each in named), None)
        if found is None:
            return None
        _MODELS[table.name] = found
    return _MODELS[table.name]


def kept(column: Column[Any] | None, value: Any) -> Any:
    """A value of a column as it is kept; a secret only as being there."""
    if column is not None and value is not None and is_secret(column):
        return SECRET_VALUE
    if (
        column is not None
        and isinstance(column.type, Money | Quantity)
        and isinstance(value, Decimal | int | str)
    ):
        return _figure(column.type, value)
    return plain(value)


def _figure(kind: Money | Quantity, value: Decimal | int | str) -> str:
    """One figure is written one way, whether it came from the database or from a person."""
    try:
        return format(Decimal(value).quantize(kind.places), "f")
    except InvalidOperation:
        return str(value)


def plain(value: Any) -> Any:
    """A value as JSON: figures exact, as text; dates and instants in ISO 8601."""
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain_inside(str(key), each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return str(value)


def _plain_inside(key: str, value: Any) -> Any:
    return SECRET_VALUE if names_a_secret(key) and value is not None else plain(value)


def typed(column: Column[Any], value: Any) -> Any:
    """A kept value as its column takes it. Raises ValueError for one that does not fit any more."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, Money | Quantity):
        return Decimal(value)
    if isinstance(kind, UtcDateTime | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Boolean):
        return bool(value)
    return value


def attribute_names(model: type[Any]) -> dict[str, str]:
    """Attribute names by the names of their columns."""
    return {each.columns[0].name: each.key for each in sa_inspect(model).column_attrs}
