"""Call-backs that were due (回访), and how many of them were made."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.worklist.models import DONE, DROPPED, Obligation
from plugins.decoration.calls.listing import call_rules

MADE = func.count(case((Obligation.state == DONE, 1)))


def due_and_done(session: Session, branch_id: int, first: date, last: date) -> tuple[int, int]:
    """Call-backs that rules asked for on some days, and those of them that were made."""
    wanted = select(func.count(Obligation.id), MADE).where(
        Obligation.branch_id == branch_id,
        Obligation.rule.in_(call_rules()),
        Obligation.state != DROPPED,
        Obligation.due_on.between(first, last),
    )
    due, made = session.execute(wanted).one()
    return due, made
