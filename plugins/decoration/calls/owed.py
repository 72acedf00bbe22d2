"""Call-backs that were due (回访): the rules that ask for them, and how many of them were made."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.worklist.models import DONE, DROPPED, Obligation

CALL_RULES = ("DEC-R03", "DEC-R14", "DEC-R30", "DEC-R32", "DEC-R63", "DEC-R70", "DEC-R74", "DEC-R75")
"""Under which a call-back is owed; those that a branch has not set ask for none."""
IS_DUE = (Obligation.rule.in_(CALL_RULES), Obligation.state != DROPPED)
MADE = func.count(case((Obligation.state == DONE, 1)))


def due_and_done(session: Session, branch_id: int, first: date, last: date) -> tuple[int, int]:
    """Call-backs that were due on some days, and those of them that were made."""
    wanted = select(func.count(Obligation.id), MADE).where(
        Obligation.branch_id == branch_id, *IS_DUE, Obligation.due_on.between(first, last)
    )
    due, made = session.execute(wanted).one()
    return due, made
