"""Handing one's own position to a colleague for a period: it ends by itself, or with the position."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.exceptions import NotFound

from core.data import UserError, clock
from core.people.access import Person
from core.people.models import ACTING, REGULAR, Appointment
from core.people.rights.colleagues import colleagues
from core.people.rights.holding import Held, holds_on

LONGEST = timedelta(days=366)


def own_positions(person: Person) -> list[Held]:
    """What a person may delegate: the positions that they hold in their own right in the active branch."""
    here = person.branch.id if person.branch is not None else 0
    return [each for each in person.held if each.appointment.kind == REGULAR and each.branch.id == here]


def delegate(
    session: Session, person: Person, appointment_id: int, to_id: int, first: date, last: date
) -> Appointment:
    """Let a colleague act in one of the person's own positions from a day to a day, both included. The caller commits.

    Raises UserError for what is not the person's own, for somebody who is no colleague, and for a wrong period.
    """
    own = next((each for each in own_positions(person) if each.appointment.id == appointment_id), None)
    if own is None:
        raise UserError(
            "You do not hold this position yourself, so you cannot delegate it.", field="position"
        )
    today = clock.today(own.branch.time_zone)
    if first < today:
        raise UserError("Choose today or a later day.", field="first")
    if last < first:
        raise UserError("The last day is before the first. Correct one of the two dates.", field="last")
    if last - first > LONGEST:
        raise UserError("Delegate for a year at most; delegate again after it.", field="last")
    if not colleagues(session, own.branch, person.user_id, person_id=to_id):
        raise UserError("Choose a colleague who works in this branch.", field="to")
    made = Appointment(
        user_id=to_id,
        branch_id=own.branch.id,
        position=own.appointment.position,
        valid_from=first,
        valid_to=last,
        kind=ACTING,
        acting_for_id=person.user_id,
    )
    session.add(made)
    session.flush()
    return made


def delegated_by(session: Session, user_id: int) -> list[Appointment]:
    """What a person has delegated and has not ended, the latest first."""
    return _listed(session, Appointment.acting_for_id == user_id)


def delegated_to(session: Session, user_id: int) -> list[Appointment]:
    """What others have delegated to a person."""
    return _listed(session, (Appointment.user_id == user_id) & Appointment.acting_for_id.is_not(None))


def _listed(session: Session, whose: object) -> list[Appointment]:
    statement = (
        select(Appointment)
        .where(whose, Appointment.kind == ACTING, Appointment.valid_to >= clock.today() - timedelta(days=1))  # type: ignore[arg-type]
        .options(joinedload(Appointment.branch), joinedload(Appointment.user))
        .order_by(Appointment.valid_from.desc(), Appointment.id.desc())
        .limit(100)
    )
    rows = session.scalars(statement)
    return [each for each in rows if each.valid_to and each.valid_to >= clock.today(each.branch.time_zone)]


def end(session: Session, person: Person, appointment_id: int) -> None:
    """End a delegation at once: either of the two may. NotFound for any other appointment. The caller commits."""
    row = session.get(Appointment, appointment_id)
    if row is None or row.kind != ACTING or row.acting_for_id is None:
        raise NotFound
    if person.user_id not in (row.acting_for_id, row.user_id):
        raise NotFound
    today = clock.today(row.branch.time_zone)
    if row.valid_to is None or row.valid_to >= today:
        if holds_on(row, today - timedelta(days=1)):
            row.valid_to = today - timedelta(days=1)
        else:
            session.delete(row)
    session.flush()
