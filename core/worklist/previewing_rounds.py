"""What the rounds of the last months would have been under another setting of how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.handbook.kinds import Cadence
from core.handbook.models import RuleSetting
from core.handbook.preview import Otherwise, Previewed
from core.handbook.settings import Shelf
from core.people.access import today_in
from core.worklist.models import BRANCH_ENTITY, DROPPED, Obligation
from core.worklist.rounds import ONE_DAY, of_period


def of_rounds(session: Session, rule: Cadence, row: RuleSetting, found: Previewed) -> None:
    """The days on which rounds were due, or would have been; each that falls away, and each that comes beside them."""
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    for branch_id, owed in _owed(session, rule, found.since).items():
        today = today_in(session, branch_id)
        would: set[date] = set()
        for last, first in owed.items():
            for day in _days(first, min(last, today)):
                settings = then.settings(rule, branch_id, day)
                is_as_before = settings == now.settings(rule, branch_id, day)
                again = None if is_as_before else of_period(rule, settings, day)
                would |= {last} if is_as_before else {again.due_on} if again is not None else set()
        found.judged += len(would | set(owed))
        for day in sorted(would ^ set(owed), reverse=True):
            before, after = (day, None) if day in owed else (None, day)
            found.add(Otherwise(branch_id, BRANCH_ENTITY, branch_id, day, before, after))


def _owed(session: Session, rule: Cadence, since: date) -> dict[int, dict[date, date]]:
    """By branch, the last day of each period in which something was asked for, with its first."""
    own = Obligation
    found: defaultdict[int, dict[date, date]] = defaultdict(dict)
    kept = select(own.branch_id, own.starts_on, own.nominal_on).order_by(own.branch_id, own.nominal_on)
    for branch_id, starts_on, last in session.execute(
        kept.where(own.rule == rule.id, own.nominal_on >= since, own.state != DROPPED)
    ):
        found[branch_id][last] = starts_on + ONE_DAY
    return found


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))
