"""What is owed rests (停办) from an event on, and runs on after another: its dates are put off by the days of rest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Subquery, select, update
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, table_of
from core.handbook.kinds import Obliging
from core.workdays import Calendar
from core.worklist.given import given
from core.worklist.merging import merge
from core.worklist.models import OPEN, Obligation
from core.worklist.places import place_of
from core.worklist.reckoning import Reckoned, put_off
from core.worklist.ways import entity_of_event, led

OBLIGATION = table_of(Obligation)


def pause(session: Session, rule: Obliging, event: str, source: Subquery, path: str, day: date) -> int:
    """From `day` on nothing is asked of what the event's records lead to; answers how many rest now."""
    own = OBLIGATION
    statement = update(own).where(*_open(rule, event, source, path), own.c.paused_on.is_(None))
    return change(session, Obligation, statement.values(paused_on=day))


def resume(session: Session, rule: Obliging, event: str, source: Subquery, path: str, day: date) -> int:
    """What was left of the time runs on: every date is put off by the days of rest. Answers how many run again."""
    own = OBLIGATION
    resting = (*_open(rule, event, source, path), own.c.paused_on.is_not(None))
    columns = (own.c.paused_on, own.c.nominal_on, own.c.due_at)
    alike = fetch(session, select(*columns).where(*resting).distinct())
    calendar = place_of(session, current_branch_id()).calendar
    ids = [row[0] for row in fetch(session, select(own.c.id).where(*resting))]
    if not ids:
        return 0
    of_them = own.c.id.in_(
        select(given(session, "resting", {"id": Integer()}, [(each,) for each in ids]).c.id)
    )
    for paused_on, nominal_on, due_at in alike:
        rested = (day - paused_on).days
        same = (own.c.paused_on == paused_on, own.c.nominal_on == nominal_on)
        at = own.c.due_at.is_(None) if due_at is None else own.c.due_at == due_at
        values = _later(rule, nominal_on, due_at, rested, calendar) if rested else {}
        runs = {"paused_on": None, "paused_days": own.c.paused_days + rested, **values}
        change(session, Obligation, update(own).where(of_them, *same, at).values(**runs))
    merge(session, rule, of_them)
    return len(ids)


def _later(
    rule: Obliging, nominal_on: date, due_at: datetime | None, rested: int, calendar: Calendar
) -> dict[str, Any]:
    before = Reckoned(nominal_on, nominal_on, nominal_on, False, due_at)
    found = put_off(before, rested, rule, calendar)
    dates = {"nominal_on": found.nominal_on, "due_on": found.due_on, "due_at": found.due_at}
    return {**dates, "provisional": found.provisional}


def _open(rule: Obliging, event: str, source: Subquery, path: str) -> tuple[Any, ...]:
    subjects = led(entity_of_event(event), path, source, not rule.entity).subquery("led")
    own = OBLIGATION
    return (own.c.rule == rule.id, own.c.state == OPEN, own.c.record_id.in_(select(subjects.c.subject)))
