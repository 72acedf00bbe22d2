"""What is judged, filled in and told before and after a complaint, and what belongs to one, is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError, clock
from core.data.marks import N_
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import current_user_id, time_zone
from core.work.groups import today
from plugins.decoration import repeats
from plugins.decoration.checks.belonging import demand_own_house
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.complaints import Complaint, Involved
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names_complaints as c

PREFIX = "TS"
FUTURE = N_("A complaint cannot have come in the future.")
OTHER_SITE = N_("This site belongs to another customer. Choose one of this customer's.")
OTHER_REPEAT = N_("This repeats a complaint of another customer. Choose an earlier one of this customer's.")
LATER = N_("A complaint repeats an earlier one, not itself or a later one.")
RATING = N_("A rating is from 1 to 5.")
NOT_CALLED_ON = N_("This department takes no part in complaints here: DEC-R64 names those that do.")
LOWEST, BEST = 1, 5


def check_complaint(complaint: Complaint) -> None:
    """A new sheet says when it came, by whom it was taken down and by when it is answered; what it repeats is found."""
    _received(complaint)
    _belongs(complaint)
    check_rating(complaint)
    _repeats(complaint)
    numbered(complaint, PREFIX)


def check_rating(record: Any) -> None:
    if record.rating is not None and not LOWEST <= record.rating <= BEST:
        raise UserError(RATING, field="rating")


def _received(complaint: Complaint) -> None:
    now = clock.now()
    if not complaint.received_at:
        complaint.received_at = now
    if complaint.received_at > now + timedelta(minutes=1):
        raise UserError(FUTURE, field="received_at")
    zone = time_zone(session(), current_branch_id())
    complaint.received_on = clock.local(complaint.received_at, zone).date()
    if not complaint.id:
        complaint.received_by = complaint.received_by or current_user_id()
        hours = settings_on(session(), book().rules["DEC-R59"], current_branch_id(), complaint.received_on)[
            "complaint_response_hours"
        ]
        complaint.respond_until = complaint.received_at + timedelta(hours=hours) if hours else None


def _belongs(complaint: Complaint) -> None:
    """What it is about is the customer's own; the house of a site and the phase of service are filled in."""
    with session().no_autoflush:
        site = session().get(Site, complaint.site_id) if complaint.site_id else None
        if complaint.site_id and (site is None or site.customer_id != complaint.customer_id):
            raise UserError(OTHER_SITE, field="site_id")
        if site is not None and complaint.house_id is None:
            complaint.house_id = site.house_id
        demand_own_house(complaint)
        if not complaint.phase:
            customer = session().get(Customer, complaint.customer_id)
            complaint.phase = customer.phase if customer is not None else ""


def _repeats(complaint: Complaint) -> None:
    """What it repeats is proposed where the kind is new, and counted; whoever knows better enters another, or none."""
    if complaint.repeat_of_id is None and inspect(complaint).attrs.kind.history.added:
        found = repeats.earlier(session(), complaint)
        complaint.repeat_of_id = found.id if found is not None else None
    with session().no_autoflush:
        before = session().get(Complaint, complaint.repeat_of_id) if complaint.repeat_of_id else None
    if complaint.repeat_of_id and (before is None or before.customer_id != complaint.customer_id):
        raise UserError(OTHER_REPEAT, field="repeat_of_id")
    if before is not None and complaint.id and before.id >= complaint.id:
        raise UserError(LATER, field="repeat_of_id")
    complaint.times = before.times + 1 if before is not None else 1


def after_complaint(session: Session, complaint: Complaint, what: str) -> None:
    """Whether it makes a batch, and whether it is a problem to be told of, is seen once its kind is known."""
    if complaint.kind is None or complaint.state == c.CLOSED:
        return
    repeats.mark_batch(session, complaint)
    repeats.tell_recurring(session, complaint, today())


def check_involved(involved: Involved) -> None:
    """Only departments take part that the rule book names (DEC-R64)."""
    rule = book().rules["DEC-R64"]
    named = settings_on(session(), rule, current_branch_id(), today())["counterpart_departments"]
    if involved.department not in (named or ()):
        raise UserError(NOT_CALLED_ON, field="department")
