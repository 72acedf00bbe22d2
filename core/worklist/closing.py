"""How obligations end: by the record that fulfils them, by a note, by a waiver, or because their ground is gone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, select, true, update
from sqlalchemy.orm import Session

from core.branches.setwise import change, table_of
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.spec import Entity
from core.handbook.kinds import Cadence, Deadline, Obliging
from core.handbook.registry import book
from core.worklist.models import DONE, DROPPED, OPEN, WAIVED, Obligation
from core.worklist.ways import entity_of_event, led, narrowed_by, subjects_of

OBLIGATION = table_of(Obligation)
LONGEST_NOTE = 500

NOT_OPEN = N_("This is not open any more. Open the page again to see what became of it.")
NEEDS_RECORD = N_("This is closed by the record that fulfils it, not by hand.")
NO_NOTE = N_("Write how it was done.")
NO_REASON = N_("Write why it is waived.")
TOO_LONG = N_("This is longer than %(limit)s characters.")


def fulfil(session: Session, rule: Obliging, event: str, source: Subquery, path: str, by: int | None) -> int:
    """Close what the records of an event fulfil; answers how many.

    Of a deadline all that had begun, of a cadence the first that is open and has begun: what is late is made good
    before what is to come. An inspection ends what is owed for its own period alone, and so does a record of an entity
    that `covers` days.
    """
    entity = entity_of_event(event)
    own, led_to = OBLIGATION, led(entity, path, source, not rule.entity).subquery("led")
    of_its_time = _covered(rule, own, entity, led_to) if entity.covers else _begun(rule, own, led_to.c.day)
    mine = and_(led_to.c.subject == own.c.record_id, of_its_time)
    with_record = select(func.max(led_to.c.record)).where(mine).correlate(own).scalar_subquery()
    conditions = [own.c.rule == rule.id, own.c.state == OPEN, exists(select(1).where(mine).correlate(own))]
    if isinstance(rule, Cadence) and not rule.round and not entity.covers:
        conditions.append(own.c.id.in_(_first_open(rule, led_to)))
    statement = (
        update(own)
        .where(*conditions)
        .values(
            state=DONE,
            closed_at=clock.now(),
            closed_by=by,
            closed_entity=entity.id,
            closed_record=with_record,
        )
    )
    return change(session, Obligation, statement)


def _begun(rule: Obliging, rows: Any, day: Any) -> ColumnElement[bool]:
    if isinstance(rule, Cadence | Deadline) and rule.before:  # it is counted back from a day that is to come
        return true()
    if isinstance(rule, Cadence) and rule.round:
        return and_(rows.c.starts_on < day, rows.c.nominal_on >= day)
    begun: ColumnElement[bool] = (
        rows.c.starts_on < day if isinstance(rule, Cadence) else rows.c.starts_on <= day
    )
    return begun


def _covered(rule: Obliging, rows: Any, entity: Entity, led_to: Any) -> ColumnElement[bool]:
    """Whether the record speaks of the day of the deadline's event, or of the cadence's date."""
    record: Any = table_of(entity.model).alias("covering")
    first, last = (record.c[name] for name in entity.covers)
    day = rows.c.nominal_on if isinstance(rule, Cadence) else rows.c.starts_on
    return exists(
        select(1).where(record.c.id == led_to.c.record, day.between(first, last)).correlate(rows, led_to)
    )


def _first_open(rule: Obliging, led_to: Subquery) -> Any:
    rows = OBLIGATION.alias("open_ones")
    place = func.row_number().over(partition_by=rows.c.record_id, order_by=(rows.c.due_on, rows.c.id))
    ranked = select(rows.c.id, place.label("place")).where(rows.c.rule == rule.id, rows.c.state == OPEN)
    asked = ranked.where(rows.c.record_id.in_(select(led_to.c.subject))).subquery("ranked")
    return select(asked.c.id).where(asked.c.place == 1)


def close(session: Session, record: Obligation, note: str, by: int | None) -> None:
    """Done, as its owner says. UserError for what is not open, without a note, or closed by a record alone."""
    rule = book().get(record.rule)
    if isinstance(rule, Obliging) and rule.closed_by:
        raise UserError(NEEDS_RECORD, status=409)
    _end(session, record, DONE, _written(note, NO_NOTE), by)


def waive(session: Session, record: Obligation, reason: str, by: int | None) -> None:
    """Not asked for any more, for a reason that stays on record."""
    _end(session, record, WAIVED, _written(reason, NO_REASON), by)


def _written(text: str, missing: str) -> str:
    found = text.strip()
    if not found:
        raise UserError(missing, field="note")
    if len(found) > LONGEST_NOTE:
        raise UserError(TOO_LONG, field="note", limit=LONGEST_NOTE)
    return found


def _end(session: Session, record: Obligation, state: str, note: str, by: int | None) -> None:
    """Of two who end it at the same time only one does."""
    session.flush()
    own = OBLIGATION
    statement = (
        update(own)
        .where(own.c.id == record.id, own.c.state == OPEN)
        .values(
            state=state,
            note=note,
            closed_by=by,
            closed_at=clock.now(),
            row_version=own.c.row_version + 1,
        )
    )
    if not change(session, Obligation, statement):
        raise UserError(NOT_OPEN, status=409)
    session.refresh(record)


def drop_failed(session: Session, entity: Entity, record_id: int | None = None) -> int:
    """Drop what is owed on records of an entity (or on one) that its rule is not about any more.

    A deadline stays open while `while_` holds of its subject.
    """
    dropped = 0
    for rule in book().of_kind(Deadline):
        if rule.while_ and subjects_of(rule).entity.id == entity.id and rule.entity:
            dropped += drop(session, rule, record_id)
    return dropped


def drop(session: Session, rule: Deadline, record_id: int | None = None) -> int:
    """Drop open obligations of a rule whose subject does not meet its conditions, or is gone."""
    own, subject = OBLIGATION, table_of(subjects_of(rule).entity.model).alias("subject")
    holds = select(1).where(subject.c.id == own.c.record_id, narrowed_by(rule, rule.while_, subject))
    conditions = [own.c.rule == rule.id, own.c.state == OPEN, ~exists(holds.correlate(own))]
    if record_id is not None:
        conditions.append(own.c.record_id == record_id)
    statement = update(own).where(*conditions).values(state=DROPPED, closed_at=clock.now())
    return change(session, Obligation, statement)


def is_closable(record: Any) -> bool:
    """Whether its owner may close it by hand."""
    rule = book().get(record.rule)
    return record.state == OPEN and not (isinstance(rule, Obliging) and rule.closed_by)


def is_open(record: Any) -> bool:
    return bool(record.state == OPEN)
