"""What waits of complaints, penalties and repairs, each for whoever makes the next move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.data.marks import N_
from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
from plugins.decoration.models.complaints import Complaint, Involved, Penalty, Repair
from plugins.decoration.rules import names_complaints as c

Found = Callable[[Session, date], Sequence[WorkItem]]


def complaints_in(state: str, title: str, on: Any = Complaint.received_on) -> Found:
    """The complaints in a state, with the first day among them."""

    def find(session: Session, _day: date) -> Sequence[WorkItem]:
        wanted = (Complaint.state == state,)
        return line(session, c.COMPLAINT, gettext(title), wanted, f"f_state={state}", on)

    return find


def own_complaints(session: Session, _day: date) -> Sequence[WorkItem]:
    """What the reader handles, by the day that was promised."""
    me = current_user_id()
    found: list[WorkItem] = []
    for state, title in (
        (c.ASSIGNED, gettext("Complaints to begin with")),
        (c.HANDLING, gettext("Complaints that I handle")),
    ):
        wanted = (Complaint.state == state, Complaint.handler_id == me)
        query = f"f_state={state}&f_handler_id={me}"
        found += line(session, c.COMPLAINT, title, wanted, query, Complaint.handle_until)
    return found


def own_measures(session: Session, _day: date) -> Sequence[WorkItem]:
    """What the reader was named for in a complaint and has not noted as done."""
    wanted = (Involved.person_id == current_user_id(), Involved.done_on.is_(None))
    query = f"f_person_id={current_user_id()}&f_done_on.none=1"
    title = gettext("Measures to take in complaints")
    return line(session, c.INVOLVED, title, wanted, query, Involved.due_on)


def provisional(session: Session, _day: date) -> Sequence[WorkItem]:
    wanted = (Penalty.state == c.PROVISIONAL,)
    title = gettext("Penalties decided for the time being")
    return line(session, c.PENALTY, title, wanted, f"f_state={c.PROVISIONAL}", Penalty.decided_on)


def repairs_in(state: str, title: str, on: Any) -> Found:
    """The repairs in a state, with the first day among them."""

    def find(session: Session, _day: date) -> Sequence[WorkItem]:
        return line(session, c.REPAIR, gettext(title), (Repair.state == state,), f"f_state={state}", on)

    return find


def complaints_to_close(session: Session, _day: date) -> Sequence[WorkItem]:
    """Complaints that were called back about, but not closed with the call: the customer had problems, or something is
    missing."""
    wanted = (Complaint.state == c.VERIFIED, Complaint.called_back_on.is_not(None))
    query = f"f_state={c.VERIFIED}&f_called_back_on.some=1"
    title = gettext("Complaints to close or to handle again")
    return line(session, c.COMPLAINT, title, wanted, query, Complaint.called_back_on)


def repairs_to_close(session: Session, _day: date) -> Sequence[WorkItem]:
    """The same for repairs."""
    wanted = (Repair.state == c.ACCEPTED, Repair.called_back_on.is_not(None))
    query = f"f_state={c.ACCEPTED}&f_called_back_on.some=1"
    return line(session, c.REPAIR, gettext("Repairs to file"), wanted, query, Repair.called_back_on)


WORK = (
    WorkKind(
        "decoration.complaints-to-record",
        complaints_in(c.RECEIVED, N_("Complaints to record")),
        c.COMPLAINT,
        "record",
        icon="clipboard-text",
    ),
    WorkKind(
        "decoration.complaints-to-assign",
        complaints_in(c.RESPONDED, N_("Complaints without anybody responsible")),
        c.COMPLAINT,
        "assign",
        icon="user-check",
    ),
    WorkKind("decoration.own-complaints", own_complaints, c.COMPLAINT, "resolve", icon="tool"),
    WorkKind("decoration.own-measures", own_measures, c.INVOLVED, "edit", icon="users-group"),
    WorkKind(
        "decoration.complaints-to-verify",
        complaints_in(c.RESOLVED, N_("Results to verify"), Complaint.resolved_on),
        c.COMPLAINT,
        "verify",
        icon="eye-check",
    ),
    WorkKind(
        "decoration.complaints-to-close",
        complaints_to_close,
        c.COMPLAINT,
        "verify",
        icon="checks",
    ),
    WorkKind("decoration.provisional-penalties", provisional, c.PENALTY, "decide", icon="gavel"),
    WorkKind(
        "decoration.repairs-to-appoint",
        repairs_in(c.REPORTED, N_("Repairs without an appointment"), Repair.reported_on),
        c.REPAIR,
        "move",
        icon="calendar-plus",
    ),
    WorkKind(
        "decoration.repairs-appointed",
        repairs_in(c.APPOINTED, N_("Repairs that were appointed"), Repair.appointed_on),
        c.REPAIR,
        "move",
        icon="tool",
    ),
    WorkKind(
        "decoration.repairs-to-accept",
        repairs_in(c.DONE, N_("Repairs to be accepted"), Repair.done_on),
        c.REPAIR,
        "move",
        icon="thumb-up",
    ),
    WorkKind(
        "decoration.repairs-to-file",
        repairs_to_close,
        c.REPAIR,
        "call-back",
        icon="folder",
    ),
)
