"""What is late: told once, raised by the ladder, and given up as missed; one day at a time, one statement a rule."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, literal, select, update
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, table_of
from core.data import clock
from core.handbook.kinds import Obliging
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.worklist.events import event_of, happened, tell_due
from core.worklist.models import MISSED, OPEN, Obligation

OBLIGATION = table_of(Obligation)


def fall_late(session: Session, rule: Obliging, day: date) -> int:
    """As the day begins: what is due is told, what was due before it is late, climbs its ladder, and is given up in the
    end.

    Each becomes an event of its subject on that day. Safe to do twice.
    """
    own = OBLIGATION
    tell_due(session, rule, day)
    late = [own.c.due_on < day, own.c.late_on.is_(None)]
    count = _mark(session, rule, "late", late, day, late_on=day)
    settings = settings_on(session, rule, current_branch_id(), day) if rule.ladder else {}
    for number, step in enumerate(rule.ladder, start=1):
        days = step.days_by(settings)
        if days is not None:
            reached = [own.c.due_on <= day - timedelta(days=days), own.c.step < number]
            _mark(session, rule, f"step{number}", reached, day, step=number)
    if rule.missed_after is not None:
        over = [own.c.due_on < day - timedelta(days=rule.missed_after)]
        _mark(session, rule, "missed", over, day, state=MISSED, closed_at=clock.now())
    return count


def _mark(
    session: Session,
    rule: Obliging,
    what: str,
    conditions: list[ColumnElement[bool]],
    day: date,
    **values: object,
) -> int:
    own = OBLIGATION
    of_rule = (own.c.rule == rule.id, own.c.state == OPEN, own.c.paused_on.is_(None), *conditions)
    event = event_of(rule, what)
    if book().on_event(event):
        subjects = select(own.c.record_id, own.c.branch_id, literal(day)).where(*of_rule)
        duties = select(own.c.record_id, own.c.id).where(*of_rule).order_by(own.c.id)
        happened(session, event, subjects, owed=duties)
    return change(session, Obligation, update(own).where(*of_rule).values(**values))


def rules_with_open(session: Session) -> frozenset[str]:
    """The rules that something is open under, in the active branch."""
    own = OBLIGATION
    return frozenset(
        row[0] for row in fetch(session, select(own.c.rule).where(own.c.state == OPEN).distinct())
    )
