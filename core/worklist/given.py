"""A few rows of values as a table inside a statement: due dates are worked out once, and joined to rows by the
thousand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CTE, Boolean, Text, cast, column, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

STORED_INSTANT = "%Y-%m-%d %H:%M:%S.%f"


def given(
    session: Session, name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[Sequence[Any]]
) -> CTE:
    """`rows` as a table with `columns`; days, aware instants, numbers, texts, yes or no, and None.

    It is taken apart once, before it is joined: read within a join, the text would be for each row beside it.
    """
    text = json.dumps([[_plain(value) for value in row] for row in rows])
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(literal(text, Text)).table_valued("value", name=f"{name}_each")
        cells = [
            type_coerce(func.json_extract(each.c.value, f"$[{place}]"), kind).label(known)
            for place, (known, kind) in enumerate(columns.items())
        ]
    else:
        each = func.jsonb_array_elements(cast(literal(text, Text), JSONB)).table_valued(
            column("value", JSONB), name=f"{name}_each"
        )
        cells = [
            cast(each.c.value.op("->>", return_type=Text())(place), kind).label(known)
            for place, (known, kind) in enumerate(columns.items())
        ]
    return select(*cells).select_from(each).cte(name).prefix_with("MATERIALIZED")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(STORED_INSTANT)
    return value.isoformat() if isinstance(value, date) else value


YES_NO = Boolean()
