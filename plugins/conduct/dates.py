"""Until when an appeal is in time and has to be answered; the branch's own day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.data import clock
from core.handbook.kinds import Deadline
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.workdays import Calendar, Period, due

APPEAL_RULE, ANSWER_RULE = "HR-R08", "HR-R09"


def today(session: Session) -> date:
    """The business date of the active branch."""
    with session.no_autoflush:
        branch = session.get(Branch, current_branch_id())
    return clock.today(branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE)


def until(session: Session, rule_id: str, start: date) -> date | None:
    """The last day of a deadline that starts on a day, which is not counted; None while its length is unset."""
    rule = book().rules[rule_id]
    if not isinstance(rule, Deadline):
        raise KeyError(f"{rule_id} is a {rule.kind}, not a deadline")
    setting = rule.setting(rule.within)
    length = settings_on(session, rule, current_branch_id(), start)[rule.within]
    if length is None:
        return None
    return due(start, Period(int(length), setting.kind), Calendar(), roll=rule.roll).day
