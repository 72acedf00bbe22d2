"""The day of an event is corrected: what the event made due is counted anew from the right day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, table_of
from core.data import clock
from core.entities.spec import Entity
from core.handbook import stored
from core.handbook.basis import basis_of
from core.handbook.judging import day_of
from core.handbook.kinds import Deadline
from core.handbook.own.moments import ADDED
from core.handbook.own.rules import on_event
from core.handbook.registry import book
from core.handbook.settings import settings_of_branches
from core.history import one_entry
from core.people.access import time_zone, today_in
from core.worklist.merging import merge
from core.worklist.models import DROPPED, OPEN, Obligation
from core.worklist.opening import FIELD
from core.worklist.places import place_of
from core.worklist.reckoning import by_deadline, put_off
from core.worklist.ways import way_to

OBLIGATION = table_of(Obligation)


def correct(session: Session, entity: Entity, record: Any) -> int:
    """Count anew what events of a record made due by the day that one of its fields tells; answers how many moved.

    What is done, waived or missed stays. What follows from its lateness stays too: that was so by what was known.
    """
    if not entity.day or getattr(record, entity.day) is None:
        return 0
    day, moved = day_of(session, entity, record, current_branch_id()), 0
    own = on_event(session, f"{entity.id}.{ADDED}", current_branch_id())
    for rule in (*book().of_kind(Deadline), *(each.rule for each in own if each.has(day))):
        if isinstance(rule, Deadline) and rule.event.rpartition(".")[0] == entity.id:
            moved += _correct(session, rule, entity, record, day)
    return moved


def _correct(session: Session, rule: Deadline, entity: Entity, record: Any, day: date) -> int:
    way = way_to(entity, rule)
    subject = (getattr(record, way) if way else record.id) if rule.entity else current_branch_id()
    own = OBLIGATION
    asked = select(
        own.c.id, own.c.starts_on, own.c.occurrence, own.c.paused_days, own.c.late_on, own.c.inputs
    )
    of_rule = (own.c.rule == rule.id, own.c.record_id == subject, own.c.state == OPEN)
    rows = fetch(session, asked.where(*of_rule, own.c.starts_on != day).order_by(own.c.id))
    stale = [each for each in rows if each.inputs.get(FIELD) == entity.day]
    if not rule.entity:
        stale = [each for each in stale if each.occurrence.endswith(f"#{record.id}")]
    elif stale and way:
        others = _days_of_others(session, entity, record, way)
        stale = [each for each in stale if each.starts_on not in others]
    if not stale:
        return 0
    with one_entry(session, Obligation, rule=rule.id, corrected=entity.day):
        for each in stale:
            _move(session, rule, each, day, entity.day)
        merge(session, rule, own.c.record_id == subject)
    return len(stale)


def _days_of_others(session: Session, entity: Entity, record: Any, way: str) -> set[date]:
    """The days of other events that lead to the same subject: what they made due is theirs."""
    table = table_of(entity.model)
    same = (table.c[way] == getattr(record, way), table.c.id != record.id)
    zone = time_zone(session, current_branch_id())
    days = [row[0] for row in fetch(session, select(table.c[entity.day]).where(*same))]
    return {clock.local(each, zone).date() if isinstance(each, datetime) else each for each in days}


def _move(session: Session, rule: Deadline, row: Any, day: date, field: str) -> None:
    """Where nothing is due by the settings of the right day, or that was asked for already, it is dropped."""
    own, branch_id = OBLIGATION, current_branch_id()
    place = place_of(session, branch_id)
    settings = settings_of_branches(session, rule, (branch_id,), (day,))[branch_id, day]
    found = by_deadline(rule, settings, day, place)
    occurrence = day.isoformat() + "".join(row.occurrence.partition("#")[1:])
    this = update(own).where(own.c.id == row.id, own.c.state == OPEN)
    same = (own.c.rule == rule.id, own.c.occurrence == occurrence, own.c.id != row.id)
    there = select(own.c.id).where(*same, own.c.record_id == _subject(row)).limit(1)
    if found is None or fetch(session, there):
        change(session, Obligation, this.values(state=DROPPED, closed_at=clock.now()))
        return
    found = put_off(found, row.paused_days, rule, place.calendar)
    late = {} if found.due_on < today_in(session, branch_id) else {"late_on": None, "step": 0}
    values = {
        "occurrence": occurrence,
        "starts_on": found.starts_on,
        "nominal_on": found.nominal_on,
        "due_on": found.due_on,
        "due_at": found.due_at,
        "provisional": found.provisional,
        "basis_id": basis_of(session, rule, settings).id,
        "inputs": stored.plain_map({"day": day, FIELD: field}),
    }
    change(session, Obligation, this.values(**values, **late))


def _subject(row: Any) -> Any:
    return select(OBLIGATION.c.record_id).where(OBLIGATION.c.id == row.id).scalar_subquery()
