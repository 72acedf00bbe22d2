"""Whether the tokens are those of the rows: a look at some of them, bounded whatever the size of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.search.plans import Plan
from core.search.writing import QUIETLY, tokens_of_values, values_of

LOOKED_AT = 200
STRETCHES = 5


def wrong_among(session: Session, plan: Plan) -> tuple[int, int]:
    """(how many records were looked at, how many of them have other tokens than they should); in the system's scope.

    The records lie in a few stretches between the first and the last.
    """
    rows: dict[int, Mapping[str, Any]] = {}
    for row in _some(session, plan):
        rows[row[0]] = dict(zip([each.name for each in plan.fields], row[-len(plan.fields) :], strict=True))
    standing = _standing(session, plan, list(rows))
    wrong = [key for key, values in rows.items() if _wanted(plan, values) != standing.get(key, set())]
    return len(rows), len(wrong)


def _some(session: Session, plan: Plan) -> Iterator[Any]:
    key = plan.table.c.id
    ends = session.execute(select(func.min(key), func.max(key)), execution_options=QUIETLY).one()
    if ends[0] is None:
        return
    first, last = int(ends[0]), int(ends[1])
    for number in range(STRETCHES):
        start = first + (last - first) * number // STRETCHES
        wanted = values_of(plan, plan.fields).where(key >= start).order_by(key).limit(LOOKED_AT // STRETCHES)
        yield from session.execute(wanted, execution_options=QUIETLY)


def _wanted(plan: Plan, values: Mapping[str, Any]) -> set[tuple[int, str]]:
    return {(each["field_id"], each["token"]) for each in tokens_of_values(plan.fields, values)}


def _standing(session: Session, plan: Plan, ids: list[int]) -> dict[int, set[tuple[int, str]]]:
    tokens: Any = plan.tokens.__table__
    field_ids = [number for each in plan.fields for number in each.ids]
    wanted = select(tokens.c.record_id, tokens.c.field_id, tokens.c.token).where(
        tokens.c.field_id.in_(field_ids), tokens.c.record_id.in_(ids)
    )
    found: dict[int, set[tuple[int, str]]] = {}
    for record_id, field_id, token in session.execute(wanted, execution_options=QUIETLY):
        found.setdefault(record_id, set()).add((field_id, token))
    return found
