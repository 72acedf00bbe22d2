"""The work of the design stage that waits for people: to book, to record, to tell, to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext
from sqlalchemy import or_
from sqlalchemy.orm import Session

from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
from plugins.decoration.models.design import Appointment, Fee
from plugins.decoration.rules import names_design as d


def to_book(session: Session, _day: date) -> Sequence[WorkItem]:
    """Appointments that were asked for, to which nobody has invited the customer."""
    waiting = (Appointment.state == d.ASKED,)
    return line(session, d.APPOINTMENT, gettext("Customers to book"), waiting, f"f_state={d.ASKED}")


def to_record(session: Session, day: date) -> Sequence[WorkItem]:
    """Appointments of the reader's own whose day is over, of which nobody said what came of them."""
    me = current_user_id()
    waiting = (
        Appointment.state.in_((d.INVITED, d.CONFIRMED)),
        Appointment.planned_on < day,
        or_(Appointment.designer_id == me, Appointment.engineer_id == me, Appointment.invited_by == me),
    )
    states = f"{d.INVITED},{d.CONFIRMED}"
    query = f"f_state.in={states}&f_planned_on.lt={day}"
    return line(session, d.APPOINTMENT, gettext("Appointments to record"), waiting, query)


def todays(session: Session, day: date) -> Sequence[WorkItem]:
    """The reader's own appointments of the day."""
    me = current_user_id()
    waiting = (
        Appointment.state.in_(d.AHEAD),
        Appointment.planned_on == day,
        or_(Appointment.designer_id == me, Appointment.engineer_id == me),
    )
    query = f"f_planned_on={day}&f_state.in={','.join(d.AHEAD)}"
    return line(session, d.APPOINTMENT, gettext("Appointments today"), waiting, query, due=day)


def to_tell(session: Session, _day: date) -> Sequence[WorkItem]:
    """Deposits and fees of which the customer was not told."""
    title = gettext("Deposits and fees to tell customers of")
    return line(session, d.FEE, title, (Fee.state == d.OPEN,), f"f_state={d.OPEN}")


def to_confirm(session: Session, _day: date) -> Sequence[WorkItem]:
    """Deposits and fees that customers were told to pay."""
    title = gettext("Payments to confirm")
    return line(session, d.FEE, title, (Fee.state == d.NOTIFIED,), f"f_state={d.NOTIFIED}")


WORK = (
    WorkKind("decoration.appointments-today", todays, d.APPOINTMENT, "hold", icon="calendar-event"),
    WorkKind("decoration.customers-to-book", to_book, d.APPOINTMENT, "invite", icon="phone-outgoing"),
    WorkKind("decoration.appointments-to-record", to_record, d.APPOINTMENT, "hold", icon="pencil"),
    WorkKind("decoration.fees-to-tell", to_tell, d.FEE, "notify", icon="message"),
    WorkKind("decoration.payments-to-confirm", to_confirm, d.FEE, "confirm", icon="cash"),
)
