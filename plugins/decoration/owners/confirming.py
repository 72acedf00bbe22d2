"""What a customer confirms on their page. Each is done once, however often it is sent, by nobody of the firm; the
record's time line tells it. The caller commits."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.entities.service import SAVED, claim, tell
from plugins.decoration import appointments
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.design import Appointment
from plugins.decoration.models.owner import OwnerLink
from plugins.decoration.owners import showing
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_design as d

CHANGED = N_("The day has changed meanwhile. Look at it again, then confirm.")
NOT_YET = N_("This acceptance cannot be confirmed now. Call us if you have a question.")
NAME = N_("Enter your name; it stands for your signature.")
NOT_THERE = N_("There is nothing here")
TOO_OFTEN = N_("Too many attempts. Wait a minute, then try again.")
LONGEST_NAME, LONGEST_REMARK = 60, 500


def confirm_appointment(session: Session, link: OwnerLink, number: int, day: str) -> None:
    """The customer comes to an appointment on the day that the page showed."""
    row = _held(session, Appointment, number, showing.appointments_of(link))
    if row.state == d.CONFIRMED:
        return
    _demand_day(row.planned_on, day)
    appointments.confirm(session, row, d.PAGE)


def confirm_day(session: Session, link: OwnerLink, number: int, day: str) -> None:
    """The customer comes to an acceptance on the day that the page showed."""
    row = _held(session, Acceptance, number, showing.acceptances_of(link))
    if row.owner_day is not None and row.owner_day == row.planned_on:
        return
    if row.state not in (c.ANNOUNCED, c.NOTIFIED):
        raise UserError(NOT_YET, status=409)
    _demand_day(row.planned_on, day)
    _write(session, row, owner_day=row.planned_on, owner_confirmed_at=clock.now())


def sign(session: Session, link: OwnerLink, number: int, name: str, remark: str) -> None:
    """The customer signs what came of an acceptance with their name, with a remark or without."""
    row = _held(session, Acceptance, number, showing.acceptances_of(link))
    if row.owner_signed_at is not None:
        return
    if row.state not in showing.RESULTS:
        raise UserError(NOT_YET, status=409)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name or not name.isprintable():
        raise UserError(NAME, status=422)
    said = "".join(each for each in remark if each.isprintable() or each == "\n").strip()[:LONGEST_REMARK]
    _write(session, row, owner_signed_at=clock.now(), owner_name=name, owner_remark=said or None)


def _held(session: Session, model: Any, number: int, own: Any) -> Any:
    """The row, if it is the link's; of two at the same moment the second waits and reads what the first has written."""
    if session.scalar(select(model.id).where(model.id == number, *own)) is None:
        raise UserError(NOT_THERE, status=404)
    setwise.hold(session, model, number)
    return session.scalars(
        select(model).where(model.id == number, *own), execution_options={"populate_existing": True}
    ).one()


def _demand_day(planned: date | None, shown: str) -> None:
    if planned is None or planned.isoformat() != shown:
        raise UserError(CHANGED, status=409)


def _write(session: Session, row: Acceptance, **values: Any) -> None:
    with session.no_autoflush:
        for name, value in values.items():
            setattr(row, name, value)
        claim(session, row)
    session.flush()
    tell(session, entity_by_id(c.ACCEPTANCE), row, SAVED)
