"""What is judged before records of VIPs are saved, and what follows when an archive moves (DEC-W6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.files.service import files_of
from core.handbook import amounts
from core.handbook.facts import FactsOf
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.installation import installation
from core.people.access import current_user_id
from core.work.groups import today
from core.worklist.events import happened
from plugins.decoration.calls.closing import tell_of_vip
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.vip import AreaVisit, Purchase, Reception, VipArchive, VipReview
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

PREFIX = "VIP"
NO_VIP = N_("Choose VIP or key account; who is an ordinary customer has no archive.")
FUTURE = N_("This day is still to come. Enter the day on which it was.")
NOT_COUNTED = N_("Enter how many customers were received; none is 0.")
NO_PRICE = N_("The price is more than nothing.")


def check_archive(archive: VipArchive) -> None:
    """A new archive gets its number, and who proposes it keeps it until the manager says otherwise."""
    if archive.customer_class == n.ORDINARY:
        raise UserError(NO_VIP, field="customer_class")
    if not archive.id and archive.keeper_id is None:
        archive.keeper_id = current_user_id()
    numbered(archive, PREFIX)


def after_archive(here: Session, archive: VipArchive, what: str) -> None:
    """The customer's file says what was decided: class, custodian, and the phase of VIP service."""
    if what not in (c.GRANTED, c.KEPT, c.ENDED):
        return
    if what == c.KEPT:
        keep_review(here, archive)
    customer = here.get_one(Customer, archive.customer_id)
    if what == c.ENDED:
        customer.customer_class, customer.keeper_id = n.ORDINARY, None
        customer.phase = n.AFTER_SALE if customer.phase == n.VIP_PHASE else customer.phase
    else:
        customer.customer_class, customer.keeper_id = archive.customer_class, archive.keeper_id
        customer.phase = n.VIP_PHASE if customer.phase == n.AFTER_SALE else customer.phase
    here.flush()


def keep_review(here: Session, archive: VipArchive) -> None:
    """The review that a move of the archive tells of, as the ones that are entered by themselves."""
    day = archive.last_reviewed_on
    known = select(VipReview.id).where(VipReview.archive_id == archive.id, VipReview.reviewed_on == day)
    if day is None or here.scalar(known.limit(1)) is not None:
        return
    review = VipReview(archive_id=archive.id, reviewed_on=day, reviewed_by=current_user_id())
    review.developments = archive.developments or ""
    here.add(review)
    happened(here, f"{c.VIP_REVIEW}.added", [review], day)


def count_files(here: Session, archive: VipArchive) -> int:
    """How many files hang on an archive: its electronic copy."""
    return len(files_of(here, c.VIP_ARCHIVE, archive.id)) if archive.id else 0


def check_review(review: VipReview) -> None:
    review.reviewed_on = review.reviewed_on or today()
    review.reviewed_by = review.reviewed_by or current_user_id()
    _demand_past(review, "reviewed_on")


def after_review(here: Session, review: VipReview, _what: str) -> None:
    """The archive says when it was looked into last, and what was new then."""
    archive = here.get_one(VipArchive, review.archive_id)
    if archive.last_reviewed_on is None or archive.last_reviewed_on <= review.reviewed_on:
        archive.last_reviewed_on, archive.developments = review.reviewed_on, review.developments
        here.flush()


def check_reception(reception: Reception) -> None:
    """Who enters it received the customer, unless another is named; by DEC-R28 the manager asks afterwards."""
    reception.received_on = reception.received_on or today()
    reception.received_by = reception.received_by or current_user_id()
    _demand_past(reception, "received_on")
    if reception.state == c.FOLLOWED or reception.state is None:
        asks = settings_on(session(), book().rules["DEC-R28"], _branch(reception), today())
        reception.for_manager = bool(asks["vip_manager_callback"])


def after_reception(here: Session, reception: Reception, what: str) -> None:
    """The summary has come to the manager, who asks the customer personally (DEC-R28)."""
    if what == c.SUMMED_UP and reception.for_manager:
        archive = here.get_one(VipArchive, reception.archive_id)
        tell_of_vip(here, archive.customer_id, reception.summed_up_on)


def check_purchase(purchase: Purchase) -> None:
    """The benefit is what the firm's discount makes of the price on the day."""
    if purchase.price is not None and purchase.price <= 0:
        raise UserError(NO_PRICE, field="price")
    purchase.bought_on = purchase.bought_on or today()
    _demand_past(purchase, "bought_on")
    span, _basis = amounts.amount(
        session(), "DEC-R23", _facts(purchase), purchase.bought_on, _branch(purchase)
    )
    purchase.benefit = span.low if span is not None else None


def after_purchase(here: Session, purchase: Purchase, _what: str) -> None:
    """Why the benefit is what it is, can be asked."""
    rule = ("DEC-R23", c.PURCHASE, purchase.id)
    amounts.keep_amount(here, *rule, _facts(purchase), purchase.bought_on, purchase.branch_id)


def check_area_visit(visit: AreaVisit) -> None:
    visit.visited_on = visit.visited_on or today()
    visit.visited_by = visit.visited_by or current_user_id()
    if (visit.received or 0) < 0:
        raise UserError(NOT_COUNTED, field="received")
    _demand_past(visit, "visited_on")


def _facts(record: Any) -> FactsOf:
    known = installation().entities
    return FactsOf(session(), known[c.PURCHASE], record, known)


def _branch(record: Any) -> int:
    return int(record.branch_id or current_branch_id())


def _demand_past(record: Any, field: str) -> None:
    if getattr(record, field) > today():
        raise UserError(FUTURE, field=field)
