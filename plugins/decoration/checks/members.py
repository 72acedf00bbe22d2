"""What is judged before a member, or what is done for one, is saved."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from core.entities.service import ADDED
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.customers import Customer, Member, MemberCare
from plugins.decoration.rules.names_customers import ADMITTED

NOT_YET = N_("This is in the future. Enter it once it was done.")
NO_MEMBER = N_("This customer is no member.")


def check_member(member: Member) -> None:
    """A member is called as the customer is."""
    with session().no_autoflush:
        found = session().get(Customer, member.customer_id) if member.customer_id else None
    member.called = found.name if found is not None else ""
    if not member.id:
        member.proposed_on = member.proposed_on or today()
        member.proposed_by = member.proposed_by or current_user_id()


def check_care(care: MemberCare) -> None:
    """The line is about the member's customer, whoever wrote it."""
    if care.done_on is not None and care.done_on > today():
        raise UserError(NOT_YET, field="done_on")
    with session().no_autoflush:
        member = session().get(Member, care.member_id)
    if member is None or member.state != ADMITTED:
        raise UserError(NO_MEMBER, field="member_id")
    care.customer_id = member.customer_id
    if not care.id:
        care.done_by = care.done_by or current_user_id()


def after_care(session: Session, care: MemberCare, what: str) -> None:
    """The member says when something was last done."""
    if what == ADDED:
        last = select(func.max(MemberCare.done_on)).where(MemberCare.member_id == care.member_id)
        session.get_one(Member, care.member_id).cared_on = session.scalar(last)
        session.flush()
