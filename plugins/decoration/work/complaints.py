"""What waits of complaints, penalties and repairs, each for whoever makes the next move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data.marks import N_
from core.entities.counting import COUNT_CAP
from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind
from plugins.decoration import reach, reach_complaints
from plugins.decoration.models.complaints import Complaint, Involved, Penalty, Repair
from plugins.decoration.rules import names_complaints as c

Found = Callable[[Session, date], Sequence[WorkItem]]
COMPLAINTS, PENALTIES, REPAIRS = (f"/decoration/{each}/" for each in ("complaint", "penalty", "repair"))


def complaints_in(state: str, title: str, on: Any = Complaint.received_on) -> Found:
    """The complaints in a state, with the first day among them."""

    def find(session: Session, _day: date) -> Sequence[WorkItem]:
        wanted = (Complaint.state == state, *reach_complaints.named_complaints())
        return _counted(session, Complaint, on, wanted, gettext(title), f"{COMPLAINTS}?f_state={state}")

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
        url = f"{COMPLAINTS}?f_state={state}&f_handler_id={me}"
        found += _counted(session, Complaint, Complaint.handle_until, wanted, title, url)
    return found


def own_measures(session: Session, _day: date) -> Sequence[WorkItem]:
    """What the reader was named for in a complaint and has not noted as done."""
    wanted = (Involved.person_id == current_user_id(), Involved.done_on.is_(None))
    url = f"/decoration/involved/?f_person_id={current_user_id()}&f_done_on.none=1"
    return _counted(
        session, Involved, Involved.due_on, wanted, gettext("Measures to take in complaints"), url
    )


def provisional(session: Session, _day: date) -> Sequence[WorkItem]:
    wanted = (Penalty.state == c.PROVISIONAL, *reach_complaints.own_penalties())
    title = gettext("Penalties decided for the time being")
    return _counted(
        session, Penalty, Penalty.decided_on, wanted, title, f"{PENALTIES}?f_state={c.PROVISIONAL}"
    )


def repairs_in(state: str, title: str, on: Any) -> Found:
    """The repairs in a state, with the first day among them."""

    def find(session: Session, _day: date) -> Sequence[WorkItem]:
        wanted = (Repair.state == state, *reach.of_own_customers(Repair)())
        return _counted(session, Repair, on, wanted, gettext(title), f"{REPAIRS}?f_state={state}")

    return find


def _counted(
    session: Session, model: Any, on: Any, wanted: tuple[Any, ...], title: str, url: str
) -> list[WorkItem]:
    """One line, counted no further than a list does; due on the first of the days."""
    some = select(on.label("day")).select_from(model).where(*wanted).order_by(on).limit(COUNT_CAP + 1)
    rows = some.subquery()
    count, first = session.execute(select(func.count(), func.min(rows.c.day))).one()
    return [WorkItem(title, count, url, due=first)] if count else []


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
        complaints_in(c.VERIFIED, N_("Customers to call back after a complaint"), Complaint.verified_on),
        c.COMPLAINT,
        "verify",
        icon="phone-check",
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
        "decoration.repairs-to-call-back",
        repairs_in(c.ACCEPTED, N_("Customers to call back after a repair"), Repair.customer_accepted_on),
        c.REPAIR,
        "call-back",
        icon="phone-check",
    ),
)
