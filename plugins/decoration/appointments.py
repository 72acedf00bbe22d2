"""What is known of appointments, what follows when one is put off, and how one is confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities.service import ADDED, SAVE, SAVED, judged, tell
from core.entities.spec import Entity
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.installation import installation
from core.people.access import current_user_id, today_in
from core.workflow.service import carry_out
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d


def entity_of_appointments() -> Entity:
    return installation().entities[d.APPOINTMENT]


def today(session: Session) -> date:
    """The business date of the active branch."""
    return today_in(session, current_branch_id())


def confirm(session: Session, appointment: Appointment, how: str) -> None:
    """The customer will come: by telephone, short message, in person, or on their own page. The caller commits.

    UserError where the appointment is not one that can be confirmed any more.
    """
    carry_out(session, entity_of_appointments(), appointment, d.CONFIRM, {"confirmed_how": how})


def after_appointment(session: Session, appointment: Appointment, what: str) -> None:
    """What is put off is asked for again on the new day; a prospect who was called and is booked now moves on
    (DEC-W1)."""
    if what == d.MOVED:
        _asked_again(session, appointment)
    elif what in d.BOOKED:
        customer = session.get_one(Customer, appointment.customer_id)
        if customer.state == n.CONTACTED:
            carry_out(session, installation().entities[n.CUSTOMER], customer, "book", {})


def _asked_again(session: Session, earlier: Appointment) -> None:
    entity = entity_of_appointments()
    same = ("customer_id", "commission_id", "stage", "minutes", "place", "designer_id", "engineer_id")
    following = Appointment(
        **{name: getattr(earlier, name) for name in (*same, "participants", "branch_id")},
        planned_on=earlier.new_on,
        starts=earlier.new_starts,
        earlier_id=earlier.id,
        asked_by=current_user_id(),
    )
    with session.no_autoflush:
        if entity.check is not None:
            entity.check(following)
        kept = judged(session, entity, following, SAVE)
    session.add(following)
    session.flush()
    kept()
    for each in (ADDED, SAVED):
        tell(session, entity, following, each)


def call_off_of(session: Session, commission: Commission) -> None:
    """What was to come of a design that is given up."""
    ahead = select(Appointment).where(
        Appointment.commission_id == commission.id, Appointment.state.in_(d.AHEAD)
    )
    for each in session.scalars(ahead.order_by(Appointment.id)).all():
        carry_out(session, entity_of_appointments(), each, d.CALL_OFF, {})


# ---------------------------------------------------------------- facts


def is_booked_ahead(session: Session, appointment: Appointment) -> bool:
    """Whether the customer is booked in time before this stage (DEC-R05)."""
    settings = settings_on(session, book().rules["DEC-R05"], current_branch_id(), today(session))
    return appointment.stage in settings["design_stages"]


def is_ahead(session: Session, appointment: Appointment) -> bool:
    """Whether its day is still to come."""
    return appointment.planned_on > today(session)


def clashes_with(session: Session, appointment: Appointment) -> str:
    """Another appointment of the designer that lies at the same time; empty where there is none."""
    if appointment.designer_id is None:
        return ""
    other = select(Appointment).where(
        Appointment.designer_id == appointment.designer_id,
        Appointment.planned_on == appointment.planned_on,
        Appointment.state.in_((*d.AHEAD, d.HELD)),
        Appointment.starts < appointment.ends,
        Appointment.ends > appointment.starts,
    )
    if appointment.id is not None:
        other = other.where(Appointment.id != appointment.id)
    found = session.scalar(other.order_by(Appointment.starts).limit(1))
    return found.called if found is not None else ""


def meetings_held(session: Session, commission: Commission) -> tuple[str, ...]:
    """The stages whose meeting was held with the customer."""
    held: Any = select(Appointment.stage).where(
        Appointment.commission_id == commission.id, Appointment.state == d.HELD
    )
    return tuple(sorted(set(session.scalars(held))))


def review_held(session: Session, commission: Commission) -> bool:
    """Whether designer and customer have met over the rendering (DEC-R09)."""
    return d.RENDERING in meetings_held(session, commission)
