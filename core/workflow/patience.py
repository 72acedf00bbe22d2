"""How long a move waits before anybody is asked for it: said by an approval rule, refused with its why."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data.marks import N_
from core.handbook.facts import FactsOf
from core.handbook.kinds import Approval, Refusal, Settings
from core.handbook.refusing import refuse
from core.handbook.values import DAYS, WEEKS
from core.workdays import Period, due
from core.workdays.kept import calendar_of

TOO_EARLY = N_("It is too early: counted from %(since)s, this is possible from %(day)s on.")


def demand_waited(session: Session, rule: Approval, settings: Settings, facts: FactsOf, day: date) -> None:
    """Raise RuleRefusedError before the wait of an approval rule is over; the refusal is kept as a finding."""
    first = first_day(session, rule, settings, facts, current_branch_id())
    if first is None or day >= first:
        return
    refusal = Refusal(TOO_EARLY, {"since": facts[rule.since], "day": first}, (rule.since,))
    refuse(session, rule, settings, facts, refusal, day)


def first_day(
    session: Session, rule: Approval, settings: Settings, facts: FactsOf, branch_id: int
) -> date | None:
    """The day from which on the move may be asked for; None where nobody waits."""
    length = settings[rule.wait] if rule.wait else None
    since = facts[rule.since] if length is not None else None
    if length is None or since is None:
        return None
    return due(since, _period(rule.setting(rule.wait).kind, length), calendar_of(session, branch_id)).nominal


def _period(kind: str, length: int) -> Period:
    return Period(length * 7, DAYS) if kind == WEEKS else Period(length, kind)
