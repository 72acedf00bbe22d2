"""Values in the words of JSON, the same from both databases: so a row's line, and its checksum, are the same."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

Row = Sequence[Any]


def line_of(row: Row, kinds: Sequence[str]) -> bytes:
    """One row as a line. `row` is as the driver gave it."""
    values = [None if value is None else _OUT[kind](value) for value, kind in zip(row, kinds, strict=True)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes, kinds: Sequence[str], sqlite: bool) -> list[Any]:
    """The values of a line as the driver of the database takes them. Raises ValueError for a line that is none."""
    values = json.loads(line)
    into = _INTO_SQLITE if sqlite else _INTO_POSTGRESQL
    return [
        None if value is None else into.get(kind, _same)(value)
        for value, kind in zip(values, kinds, strict=True)
    ]


def _same(value: Any) -> Any:
    return value


def _date(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _instant(value: datetime | str) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds")


def _time(value: time | str) -> str:
    return (time.fromisoformat(value) if isinstance(value, str) else value).isoformat(timespec="microseconds")


def _decimal(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def _bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _with_space(value: str) -> str:
    return value.replace("T", " ", 1)


_OUT: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "integer": _same,
    "float": float,
    "decimal": _decimal,
    "datetime": _instant,
    "date": _date,
    "time": _time,
    "json": str,
    "bytes": _bytes,
    "text": str,
    "other": str,
}
_INTO_SQLITE: dict[str, Callable[[Any], Any]] = {
    "boolean": int,
    "datetime": _with_space,
    "bytes": base64.b64decode,
}
_INTO_POSTGRESQL: dict[str, Callable[[Any], Any]] = {"bytes": base64.b64decode}
