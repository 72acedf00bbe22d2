"""Two of one kind for one subject that fall on one day are one."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.branches.setwise import change, table_of
from core.data import clock
from core.handbook.kinds import Obliging
from core.worklist.models import DROPPED, OPEN, Obligation

OBLIGATION = table_of(Obligation)


def merge(session: Session, rule: Obliging) -> int:
    """Of open obligations of a rule for one subject on one day (or one instant) the first stays; answers how many
    were merged into it."""
    own, first = OBLIGATION, OBLIGATION.alias("first")
    kept = (
        select(func.min(first.c.id))
        .where(
            first.c.rule == rule.id,
            first.c.state == OPEN,
            first.c.record_id == own.c.record_id,
            first.c.due_on == own.c.due_on,
            func.coalesce(first.c.due_at, first.c.due_on) == func.coalesce(own.c.due_at, own.c.due_on),
        )
        .correlate(own)
        .scalar_subquery()
    )
    statement = (
        update(own)
        .where(own.c.rule == rule.id, own.c.state == OPEN, own.c.id > kept)
        .values(state=DROPPED, merged_into=kept, closed_at=clock.now())
    )
    return change(session, Obligation, statement)
