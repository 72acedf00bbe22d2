"""What is judged before a customer, or what belongs to one, is saved."""

from __future__ import annotations

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration.checks.numbers import numbered
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.rules.names import REFERRAL, REGISTERED, STORE

PREFIX = "KH"
ONESELF = N_("A customer is not recommended by themselves.")
NO_AREA = N_("The area of a house is more than nothing.")
FUTURE = N_("A file cannot be opened in the future.")


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
    if customer.id and customer.referred_by_id == customer.id:
        raise UserError(ONESELF, field="referred_by_id")
    numbered(customer, PREFIX)


def check_house(house: House) -> None:
    if house.area is not None and house.area <= 0:
        raise UserError(NO_AREA, field="area")
