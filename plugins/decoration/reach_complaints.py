"""Whose complaints, penalties and repairs somebody sees (DEC 1.1: those named see what names them)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from core.people.access import current_user_id, may
from plugins.decoration import reach
from plugins.decoration.models.complaints import Complaint, Involved, Penalty
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names_complaints as c

ALL, OF_CUSTOMERS, OF_ENGINEERING = "see-all", "see-customers", "see-engineering"
"""Rights on complaints: everybody's, those of the customers that are seen, those in which engineering takes part."""


def named_complaints() -> Sequence[ColumnElement[bool]]:
    """What narrows complaints to those that name the reader; with the rights above, more."""
    if may(c.COMPLAINT, ALL):
        return ()
    me = current_user_id()
    own = [
        Complaint.responsible_id == me,
        Complaint.handler_id == me,
        Complaint.received_by == me,
        Complaint.id.in_(select(Involved.complaint_id).where(Involved.person_id == me)),
    ]
    if may(c.COMPLAINT, OF_ENGINEERING):
        engineering = select(Involved.complaint_id).where(Involved.department == c.OF_ENGINEERING)
        own.append(Complaint.id.in_(engineering))
    if may(c.COMPLAINT, OF_CUSTOMERS):
        own.append(Complaint.customer_id.in_(select(Customer.id).where(*reach.own_customers())))
    return (or_(*own),)


def of_named_complaints() -> Sequence[ColumnElement[bool]]:
    """The same for departments that take part."""
    narrowed = named_complaints()
    return (Involved.complaint_id.in_(select(Complaint.id).where(*narrowed)),) if narrowed else ()


def own_penalties() -> Sequence[ColumnElement[bool]]:
    """Those that the reader proposed or that are about the reader; with the right, all, and with the other those of
    crews, which engineering answers for."""
    if may(c.PENALTY, ALL):
        return ()
    me = current_user_id()
    own = [Penalty.proposed_by == me, Penalty.subject_id == me]
    if may(c.PENALTY, OF_ENGINEERING):
        own.append(Penalty.crew_id.is_not(None))
    return (or_(*own),)
