"""A round of the shop: customers are called on, and what they order is written down."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, Warned
from core.entities.reading import shown_to_reader
from core.visits.kinds import CHOICE, FIGURE, NOTE, Entry, Made, Round, Stop, Stops, Visit
from shop.entities import CUSTOMER
from shop.models import Customer, Order

LARGE, MOST = Decimal(500), Decimal(1000)


def stops(session: Session, _book: str | None) -> Stops:
    found = session.scalars(select(Customer).order_by(Customer.number))
    shown = [Stop(each.id, str(shown_to_reader(CUSTOMER, "name", each.name)), each.number) for each in found]
    return Stops(shown, basis={"week": "40"})


def enter(session: Session, visit: Visit, _user_id: int) -> Made:
    if session.get(Customer, visit.stop) is None:
        raise NotFound
    amount = visit.values["amount"]
    if amount > MOST:
        raise UserError("A home has at most %(most)s of credit. Enter less.", field="amount", most=MOST)
    if amount > LARGE and not visit.confirmed:
        raise Warned("Name and number are the same. Correct one.", field="amount")
    order = Order(customer_id=visit.stop, amount=amount)
    session.add(order)
    session.flush()
    return Made("shop.order", order.id)


CALLS = Round(
    id="shop.customer",
    label=_("Shop customers"),
    entity="shop.order",
    right="add",
    stop_entity="shop.customer",
    entries=(
        Entry("amount", _("Amount of the order"), FIGURE, places=2, required=True),
        Entry("sort", _("Sort"), CHOICE, choices=(("home", _("Household use")), ("firm", _("Firm")))),
        Entry("note", _("Shop note"), NOTE),
    ),
    stops=stops,
    enter=enter,
    skips=(("closed", _("Household use")),),
    reasons=(("large", _("Firm")),),
)
