"""Two of one kind for one subject that fall on one day are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, func, select, update
from sqlalchemy.orm import Session

from core.branches.setwise import change, fetch, table_of
from core.data import clock
from core.handbook.kinds import Obliging
from core.worklist.given import given
from core.worklist.models import DROPPED, OPEN, Obligation

OBLIGATION = table_of(Obligation)
AT_ONCE = 5_000


def merge(session: Session, rule: Obliging, *among: ColumnElement[bool]) -> int:
    """Of open obligations of a rule for one subject on one day (or at one instant) the first stays; answers how many
    were merged into it. `among` narrows where is looked."""
    own = OBLIGATION
    alike = (own.c.record_id, own.c.due_on, own.c.due_at)
    first = func.min(own.c.id).over(partition_by=alike)
    open_ones = select(own.c.id, first.label("first")).where(
        own.c.rule == rule.id, own.c.state == OPEN, *among
    )
    rows = open_ones.subquery("alike")
    doubles = fetch(session, select(rows.c.id, rows.c.first).where(rows.c.id != rows.c.first))
    for some in _batches(doubles):
        into = given(session, "doubles", {"id": Integer(), "first": Integer()}, [tuple(row) for row in some])
        kept = select(into.c.first).where(into.c.id == own.c.id).correlate(own).scalar_subquery()
        statement = update(own).where(own.c.id.in_(select(into.c.id)))
        change(
            session,
            Obligation,
            statement.values(state=DROPPED, merged_into=kept, closed_at=clock.now()),
        )
    return len(doubles)


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
