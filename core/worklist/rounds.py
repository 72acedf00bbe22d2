"""Rounds of looking (检查) that the branch owes: one obligation for each period in which something is looked at.

A round is not asked for ahead, as nobody can make it before its time: what is owed is opened on the first day of its
period. Days that the planner missed are gone through one after another, so none is left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import fetch, insert_select, table_of
from core.handbook.basis import basis_of
from core.handbook.kinds import Cadence, Rule, Settings
from core.handbook.periods import Period
from core.handbook.settings import Shelf
from core.inspections.asking import asked, rules_of
from core.inspections.kinds import InspectionRound, finished
from core.inspections.models import FINISHED, Inspection
from core.inspections.own import always_asked
from core.inspections.rhythm import period_by
from core.installation import installation
from core.worklist.closing import fulfil
from core.worklist.events import tell_of
from core.worklist.given import given
from core.worklist.models import OPEN, Obligation
from core.worklist.opening import COLUMNS, RECKONED, as_row, fresh
from core.worklist.reckoning import Reckoned
from core.worklist.series import drop_open

OBLIGATION = table_of(Obligation)
ONE_DAY = timedelta(days=1)


def plan(session: Session, rule: Cadence, day: date) -> int:
    """Open what the period of `day` asks for, unless it is open or was; answers how many are new. Safe to do twice.

    What the settings do not ask for any more is dropped: of today, and of yesterday, where they changed after the night
    before it.
    """
    round_, branch_id = _round(rule), current_branch_id()
    if round_ is None:
        return 0
    shelf, still = Shelf(session, [rule, *rules_of(round_)]), _still_to_make(session, rule)
    period, own = None, always_asked(session, branch_id)
    for each in (day - ONE_DAY, day):
        settings_of = partial(_settings, shelf, branch_id, each)
        period = asked(round_, each, settings_of, own)
        others = {key for key, of in still.items() if of.first <= each <= of.last and of != period}
        if others:
            drop_open(session, rule, OBLIGATION.c.id.in_(others))
            still = {key: of for key, of in still.items() if key not in others}
    if period is None or period in still.values():
        return 0
    return _open(session, rule, period, shelf.settings(rule, branch_id, day))


def _settings(shelf: Shelf, branch_id: int, day: date, rule: Rule) -> Settings:
    return shelf.settings(rule, branch_id, day)


def of_period(rule: Cadence, settings: Settings, day: date) -> Reckoned | None:
    """The dates of the time that a day lies in; None where how often is unset, or the round is gone."""
    round_ = _round(rule)
    period = period_by(round_, day, lambda _rule: settings) if round_ is not None else None
    return _reckoned(period) if period is not None else None


def _round(rule: Cadence) -> InspectionRound | None:
    return installation().inspections.get(rule.round)


def _reckoned(period: Period) -> Reckoned:
    return Reckoned(period.first - ONE_DAY, period.last, period.last, False)


def _still_to_make(session: Session, rule: Cadence) -> dict[int, Period]:
    """By id, the periods of what is open and not late."""
    own = OBLIGATION.c
    open_ones = (own.rule == rule.id, own.state == OPEN, own.late_on.is_(None))
    rows = fetch(session, select(own.id, own.starts_on, own.nominal_on).where(*open_ones))
    return {key: Period(starts_on + ONE_DAY, last) for key, starts_on, last in rows}


def _open(session: Session, rule: Cadence, period: Period, settings: Settings) -> int:
    basis = basis_of(session, rule, settings).id
    row = as_row(_reckoned(period), basis, period.last.isoformat(), {})
    when = given(session, "reckoned", RECKONED, [row])
    chosen = fresh(rule, literal(current_branch_id()), when.c.occurrence, when, when.c.day, None)
    count = insert_select(session, Obligation, COLUMNS, chosen.select_from(when))
    if count:
        _end_made(session, rule, period)
    return count


def _end_made(session: Session, rule: Cadence, period: Period) -> None:
    """The round was made before it was asked for: the planner came late."""
    own, event = Inspection, finished(rule.round)
    of_period = (own.round == rule.round, own.first_on == period.first, own.due_on == period.last)
    made: Any = session.execute(
        select(own.id, own.day, own.finished_by).where(*of_period, own.state == FINISHED)
    ).first()
    if made is None:
        return
    source = select(literal(made.id).label("id"), literal(made.day).label("day")).subquery("made")
    fulfil(session, rule, event, source, "", made.finished_by)
    tell_of(session, rule, "done", source, "", event)
