"""How many rounds of a month were due, and how many of them were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.switches import plugins_on
from core.handbook.kinds import Rule, Settings
from core.handbook.own.rules import Term
from core.handbook.periods import Period
from core.handbook.settings import Shelf
from core.inspections.asking import is_looked_at, lists_of, rules_of
from core.inspections.kinds import InspectionRound
from core.inspections.models import FINISHED, Inspection
from core.inspections.own import always_asked
from core.inspections.rhythm import period_by
from core.installation import installation
from core.measures.months import first_day, last_day


@dataclass(frozen=True)
class Duty:
    """Rounds that fell due, and those of them that were finished."""

    due: int
    made: int


def of_month(
    session: Session, branch_ids: Sequence[int], month: str, today: date
) -> dict[tuple[int, str], Duty]:
    """By branch and round, for the periods that end in a month and are over `today`; without rounds that rest.

    Nothing is due before the first inspection of all that is read: nobody made rounds then. Where none was ever
    begun, those of the present month are due.
    """
    begun = session.scalar(select(func.min(Inspection.first_on)))
    first = max(first_day(month), begun or today.replace(day=1))
    last = min(last_day(month), today - timedelta(days=1))
    rules = [each for round_ in installation().inspections.values() for each in rules_of(round_)]
    made, shelf, found = _made(session, first, last), Shelf(session, rules), {}
    for branch_id in branch_ids:
        on, own = plugins_on(session, branch_id), always_asked(session, branch_id)
        for round_ in installation().inspections.values():
            if round_.plugin in on:
                periods = _periods(round_, branch_id, (first, last), shelf, own)
                due = sum(period.last <= last for period in periods)
                if due:
                    found[branch_id, round_.id] = Duty(due, made.get((branch_id, round_.id), 0))
    return found


def _periods(
    round_: InspectionRound, branch_id: int, span: tuple[date, date], shelf: Shelf, own: Sequence[Term]
) -> set[Period]:
    """The periods of the days of a span on which something is asked for."""
    lists, found = lists_of(round_), set()
    further = [each for each in own if each.row.moment == round_.id]
    for number in range((span[1] - span[0]).days + 1):
        day = span[0] + timedelta(days=number)
        here = partial(_settings, shelf, branch_id, day)
        period = period_by(round_, day, here)
        if period is None or period in found:
            continue
        if is_looked_at(lists, here) or any(each.has(day) for each in further):
            found.add(period)
    return found


def _settings(shelf: Shelf, branch_id: int, day: date, rule: Rule) -> Settings:
    return shelf.settings(rule, branch_id, day)


def _made(session: Session, first: date, last: date) -> Mapping[tuple[int, str], int]:
    own = Inspection
    alike: Any = (own.branch_id, own.round)
    of_month = own.due_on.between(first, last)
    rows = session.execute(
        select(*alike, func.count()).where(of_month, own.state == FINISHED).group_by(*alike)
    )
    return {(row[0], row[1]): row[2] for row in rows}
