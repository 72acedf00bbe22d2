"""What is judged before a customer, or what belongs to one, is saved, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from core.entities.service import ADDED, SAVED
from core.people.access import current_user_id
from core.work.groups import today
from core.worklist.events import happened
from plugins.decoration.checks.belonging import MERGED_FILE, demand_live
from plugins.decoration.checks.files import collected
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.duplicates import note_pairs
from plugins.decoration.models.customers import Contact, Customer, House
from plugins.decoration.rules.names import REFERRAL, REGISTERED, STORE
from plugins.decoration.rules.names_customers import DESIGNER_NEEDED, INTENT_SHOWN

PREFIX = "KH"
ONESELF = N_("A customer is not recommended by themselves.")
IN_CIRCLES = N_("This customer came through the one whom you edit. Choose another.")
NO_AREA = N_("The area of a house is more than nothing.")
FUTURE = N_("A file cannot be opened in the future.")
LONGEST_CHAIN = 20
SHOWN = (("intent", INTENT_SHOWN), ("needs_designer", DESIGNER_NEEDED))
"""What of a customer is told to the rule book when it turns to yes."""
TOLD_APART_BY = ("name", "phone", "second_phone", "address", "birthday")


def check_customer(customer: Customer) -> None:
    """A new file gets its number, its day and who opened it; what belongs to another source is left out."""
    customer.state = customer.state or REGISTERED  # rules ask for it before it is written
    if not customer.filed_on:
        customer.filed_on = today()
    if not customer.id:
        customer.filed_by = customer.filed_by or current_user_id()
    if customer.filed_on > today():
        raise UserError(FUTURE, field="filed_on")
    if customer.source != STORE:
        customer.store_source = None
    if customer.source != REFERRAL:
        customer.referred_by_id = None
    _demand_referrer(customer)
    _note_turned(customer)
    numbered(customer, PREFIX)


def _demand_referrer(customer: Customer) -> None:
    """Whoever recommended the firm did not come through this customer, be it over others."""
    if customer.id and customer.referred_by_id == customer.id:
        raise UserError(ONESELF, field="referred_by_id")
    if not inspect(customer).attrs.referred_by_id.history.added:
        return
    demand_live(customer.referred_by_id, "referred_by_id")
    if customer.id and customer.id in (each.id for each in referrers(customer)):
        raise UserError(IN_CIRCLES, field="referred_by_id")


def referrers(customer: Customer) -> list[Customer]:
    """Through whom a customer came, through whom that one, and so on."""
    found: list[Customer] = []
    wanted = customer.referred_by_id
    with session().no_autoflush:
        while wanted is not None and len(found) < LONGEST_CHAIN:
            one = session().scalar(select(Customer).where(Customer.id == wanted))
            if one is None or one in found:
                break
            found.append(one)
            wanted = one.referred_by_id
    return found


def _note_turned(customer: Customer) -> None:
    """Keep, until the record is written, what is yes now and was not, and whether somebody else may be meant."""
    attributes = inspect(customer).attrs
    turned = [name for name, _event in SHOWN if getattr(customer, name) and attributes[name].history.added]
    if any(attributes[name].history.added for name in TOLD_APART_BY):
        turned.append("who")
    customer.turned = tuple(turned)


def after_customer(session: Session, customer: Customer, what: str) -> None:
    """Tell what turned to yes, look for other files of the same customer, and count the day's collection."""
    if what == ADDED:
        collected(session, [(customer.filed_by, customer.filed_on)])
    if what != SAVED or not customer.turned:
        return
    turned, customer.turned = customer.turned, ()
    for name, event in SHOWN:
        if name in turned:
            happened(session, event, [customer], today())
    if "who" in turned:
        note_pairs(session, [customer.id])


def sheet_stored(session: Session, ids: Sequence[int]) -> None:
    """The same for the customers of a sheet."""
    rows = session.scalars(select(Customer).where(Customer.id.in_(ids))).all()
    for name, event in SHOWN:
        happened(session, event, [row for row in rows if getattr(row, name)], today())
    note_pairs(session, ids)
    collected(session, {(row.filed_by, row.filed_on) for row in rows})


def guard_customer(customer: Customer) -> None:
    """A file that was merged into another stays as it is."""
    into = session().get(Customer, customer.merged_into_id) if customer.merged_into_id is not None else None
    if into is not None:
        raise UserError(MERGED_FILE, number=into.number, name=into.name)


def after_contact(session: Session, contact: Contact, what: str) -> None:
    """The telephone of a contact may be that of another customer."""
    if what == SAVED and contact.phone:
        note_pairs(session, [contact.customer_id])


def check_house(house: House) -> None:
    if house.area is not None and house.area <= 0:
        raise UserError(NO_AREA, field="area")
