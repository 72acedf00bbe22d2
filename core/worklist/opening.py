"""Opens what an event makes due, for one record or thousands: one statement for each rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Integer,
    Select,
    Subquery,
    Text,
    cast,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from core.branches.scope import current_branch_id
from core.branches.setwise import fetch, insert_select, table_of
from core.data import UtcDateTime
from core.handbook import stored
from core.handbook.basis import basis_of
from core.handbook.kinds import Deadline, Obliging
from core.handbook.settings import settings_of_branches
from core.worklist.given import given
from core.worklist.merging import merge
from core.worklist.models import BRANCH_ENTITY, OPEN, Obligation
from core.worklist.places import place_of
from core.worklist.reckoning import Reckoned, by_deadline
from core.worklist.ways import entity_of_event, led, narrowed_by, person_of, subjects_of, way_to

COLUMNS = (
    "rule",
    "entity",
    "owner_position",
    "state",
    "record_id",
    "owner_id",
    "occurrence",
    "basis_id",
    "starts_on",
    "nominal_on",
    "due_on",
    "due_at",
    "provisional",
    "inputs",
    "paused_days",
)
RECKONED: dict[str, TypeEngine[Any]] = {
    "day": Date(),
    "nominal_on": Date(),
    "due_on": Date(),
    "due_at": UtcDateTime(),
    "provisional": Boolean(),
    "basis_id": Integer(),
    "occurrence": Text(),
    "inputs": JSON(),
}
OBLIGATION = table_of(Obligation)
FIELD = "told_by"
"""Under which name the inputs keep the field that told the day of the event."""


def begin(session: Session, rule: Deadline, source: Subquery, at: datetime | None, field: str = "") -> int:
    """Open what an event makes due, unless that time of it is open or was; answers how many.

    `source` has the id and day of the event's records; `at` is the instant from which hours are counted on its own day,
    where it is known, `field` names the field of the records that tells the day, where one does.
    """
    event = entity_of_event(rule.event)
    led_to = _each_once(rule, led(event, way_to(event, rule), source, not rule.entity))
    days = [row[0] for row in fetch(session, select(led_to.c.day).distinct())]
    reckoned = _reckoned(session, rule, days, at, field)
    if not reckoned:
        return 0
    when = given(session, "reckoned", RECKONED, reckoned)
    subject: Any = table_of(subjects_of(rule).entity.model).alias("subject")
    rows: Any = subject if rule.entity else table_of(event.model).alias("subject")
    joined = led_to.join(when, when.c.day == led_to.c.day).join(
        rows, rows.c.id == (led_to.c.subject if rule.entity else led_to.c.record)
    )
    occurrence: Any = when.c.occurrence
    if not rule.entity:  # several records of a day make the branch owe several times
        occurrence = occurrence + "#" + cast(led_to.c.record, Text)
    chosen = fresh(rule, led_to.c.subject, occurrence, when, when.c.day, person_of(rule, rows))
    chosen = chosen.select_from(joined).where(narrowed_by(rule, (*rule.where, *rule.while_), rows))
    count = insert_select(session, Obligation, COLUMNS, chosen)
    if count:
        merge(session, rule, OBLIGATION.c.record_id.in_(select(led_to.c.subject)))
    return count


def _each_once(rule: Obliging, found: Select[Any]) -> Subquery:
    """Several events of a day make a record owe once; the branch owes for each of them."""
    rows = found.subquery("found")
    if not rule.entity:
        return select(rows.c.subject, rows.c.record, rows.c.day).distinct().subquery("led")
    once = select(rows.c.subject, func.max(rows.c.record).label("record"), rows.c.day)
    return once.group_by(rows.c.subject, rows.c.day).subquery("led")


def fresh(
    rule: Obliging, subject: Any, occurrence: Any, when: Any, starts_on: Any, person: Any, put_off: Any = None
) -> Select[Any]:
    """The columns of new obligations, of which none of the same occurrence is there."""
    there = OBLIGATION.alias("there")
    known = exists(
        select(1).where(
            there.c.rule == rule.id, there.c.record_id == subject, there.c.occurrence == occurrence
        )
    )
    return select(
        literal(rule.id).label("rule"),
        literal(rule.entity or BRANCH_ENTITY).label("entity"),
        literal(rule.owner).label("owner_position"),
        literal(OPEN).label("state"),
        subject.label("record_id"),
        (person if person is not None else cast(null(), Integer)).label("owner_id"),
        occurrence.label("occurrence"),
        when.c.basis_id.label("basis_id"),
        starts_on.label("starts_on"),
        when.c.nominal_on.label("nominal_on"),
        when.c.due_on.label("due_on"),
        when.c.due_at.label("due_at"),
        when.c.provisional.label("provisional"),
        when.c.inputs.label("inputs"),
        (put_off if put_off is not None else literal(0)).label("paused_days"),
    ).where(~known)


def _reckoned(
    session: Session, rule: Deadline, days: Sequence[date], at: datetime | None, field: str
) -> list[tuple[Any, ...]]:
    """The dates for each day of an event, worked out once however many records there are."""
    branch_id = current_branch_id()
    place = place_of(session, branch_id)
    rows = []
    settings = settings_of_branches(session, rule, (branch_id,), days)
    for day in days:
        here = settings[branch_id, day]
        moment = at if at is not None and place.local(at).date() == day else None
        found = by_deadline(rule, here, day, place, moment)
        if found is not None:
            basis = basis_of(session, rule, here).id
            instant = {"at": moment} if found.due_at is not None and moment is not None else {}
            inputs = {"day": day, **instant, **({FIELD: field} if field else {})}
            rows.append(as_row(found, basis, found.starts_on.isoformat(), inputs))
    return rows


def as_row(found: Reckoned, basis: int, occurrence: str, inputs: dict[str, Any]) -> tuple[Any, ...]:
    return (
        found.starts_on,
        found.nominal_on,
        found.due_on,
        found.due_at,
        found.provisional,
        basis,
        occurrence,
        json.dumps(stored.plain_map(inputs)),
    )


def count_open(session: Session, rule: Obliging) -> int:
    """How many obligations of a rule are open in the active branch."""
    asked = select(func.count()).where(OBLIGATION.c.rule == rule.id, OBLIGATION.c.state == OPEN)
    return int(fetch(session, asked)[0][0])
