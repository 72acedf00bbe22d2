"""Until when an appeal is in time and has to be answered; the branch's own day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook.kinds import Deadline
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import today_in
from core.worklist.places import place_of
from core.worklist.reckoning import by_deadline

APPEAL_RULE, ANSWER_RULE = "HR-R08", "HR-R09"


def today(session: Session) -> date:
    """The business date of the active branch."""
    return today_in(session, current_branch_id())


def until(session: Session, rule_id: str, start: date) -> date | None:
    """The last day of a deadline that starts on a day, which is not counted; None while its length is unset."""
    rule, branch_id = book().rules[rule_id], current_branch_id()
    if not isinstance(rule, Deadline):
        raise KeyError(f"{rule_id} is a {rule.kind}, not a deadline")
    settings = settings_on(session, rule, branch_id, start)
    found = by_deadline(rule, settings, start, place_of(session, branch_id))
    return found.due_on if found is not None else None
