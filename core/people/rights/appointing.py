"""What has to hold of a person and an appointment, whichever channel they are changed by."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.branches.models import HEAD_OFFICE, Branch
from core.data import UserError, clock
from core.data.marks import N_
from core.installation import installation
from core.people.access import current_user_id
from core.people.models import ACTING, REGULAR, Appointment
from core.people.rights.reach import demand_branch, demand_person, demand_position
from core.people.service import ADMINISTRATOR, administrators_without, check_email

NOBODY_LEFT = N_(
    "This would leave nobody who administers the head office. Appoint another administrator first."
)
NOBODY_LASTS = N_(
    "This would leave nobody who administers the head office without a last day. Appoint another administrator first."
)


def check_person(user: User) -> None:
    """An address that can be one; within reach; and somebody who administers is left, whoever is shut out."""
    check_email(user.email or "")
    if user.id is not None:
        demand_person(user.id)
    if user.active:
        return
    if user.id == current_user_id():
        raise UserError("You cannot shut yourself out. Ask another administrator.", field="active")
    if not administrators_without(_session(), user_id=user.id):
        raise UserError(NOBODY_LEFT, field="active")


def check_appointment(appointment: Appointment) -> None:
    """The dates run forwards, who appoints reaches so far and holds as much, and the head office keeps somebody."""
    if appointment.valid_to is not None and appointment.valid_to < appointment.valid_from:
        raise UserError("The last day is before the first. Correct one of the two dates.", field="valid_to")
    session = _session()
    branch = session.get(Branch, appointment.branch_id)
    if appointment.position == ADMINISTRATOR and branch is not None and branch.kind != HEAD_OFFICE:
        raise UserError(
            "This position is held at the head office only. Choose the head office.", field="branch_id"
        )
    _check_acting(session, appointment)
    _check_reach(appointment)
    _keep_administrator(session, appointment)


def _check_acting(session: Session, appointment: Appointment) -> None:
    """An acting appointment ends by itself, and stands for somebody who holds the position."""
    if appointment.kind != ACTING:
        if appointment.acting_for_id is not None:
            raise UserError("Only an acting appointment is for somebody else.", field="acting_for_id")
        return
    if appointment.valid_to is None:
        raise UserError("An acting appointment has a last day. Enter it.", field="valid_to")
    if appointment.acting_for_id is None:
        return
    if appointment.acting_for_id == appointment.user_id:
        raise UserError("Nobody acts for themself. Choose somebody else.", field="acting_for_id")
    holds = select(Appointment.id).where(
        Appointment.user_id == appointment.acting_for_id,
        Appointment.branch_id == appointment.branch_id,
        Appointment.position == appointment.position,
        Appointment.kind == REGULAR,
    )
    if session.scalar(holds.limit(1)) is None:
        raise UserError(
            "This person does not hold the position in this branch, so nobody can act for them there.",
            field="acting_for_id",
        )


def _check_reach(appointment: Appointment) -> None:
    """As it was and as it will be, the appointment is one that this person may make."""
    history = inspect(appointment).attrs
    for branch_id in {*(history.branch_id.history.deleted or ()), appointment.branch_id} - {None}:
        demand_branch(branch_id)
    for user_id in {*(history.user_id.history.deleted or ()), appointment.user_id} - {None}:
        demand_person(user_id)
    for position_id in {*(history.position.history.deleted or ()), appointment.position}:
        position = installation().positions.get(position_id)
        if position is not None and appointment.branch_id is not None:
            demand_position(position, appointment.branch_id)


def _keep_administrator(session: Session, appointment: Appointment) -> None:
    if appointment.id is None or ADMINISTRATOR not in _before(appointment, "position"):
        return
    if not _administers(session, appointment) and not administrators_without(session, appointment.id):
        raise UserError(NOBODY_LEFT)
    ends = appointment.valid_to is not None and None in _before(appointment, "valid_to")
    if ends and not administrators_without(session, appointment.id, without_end=True):
        raise UserError(NOBODY_LASTS, field="valid_to")


def _before(appointment: Appointment, name: str) -> Any:
    """What stood in a column, as a tuple of one."""
    changed = inspect(appointment).attrs[name].history
    return tuple(changed.deleted or ()) or (getattr(appointment, name),)


def _administers(session: Session, appointment: Appointment) -> bool:
    today = clock.today()
    user, branch = session.get(User, appointment.user_id), session.get(Branch, appointment.branch_id)
    return (
        appointment.position == ADMINISTRATOR
        and appointment.kind == REGULAR
        and appointment.valid_from <= today
        and (appointment.valid_to is None or appointment.valid_to >= today)
        and user is not None
        and bool(user.active)
        and branch is not None
        and branch.active
    )


def _session() -> Session:
    return installation().database.session()
