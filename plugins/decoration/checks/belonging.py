"""That what belongs together belongs to one customer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import inspect

from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Entity
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.rules.names import CUSTOMER

MERGED_FILE = N_("This file was merged into %(number)s %(name)s. Go on there.")
OTHER_HOUSE = N_("This house belongs to another customer. Choose one of this customer's.")


def demand_own_house(record: Any) -> None:
    """The house of a commission or a site is one of its customer's."""
    if record.house_id is None:
        return
    with session().no_autoflush:
        house = session().get(House, record.house_id)
    if house is None or house.customer_id != record.customer_id:
        raise UserError(OTHER_HOUSE, field="house_id")


def of_live_customers(entity: Entity) -> Entity:
    """The entity, of whose records none is begun for a file that was merged into another.

    Asked after its own check, which may name the customer by what the record belongs to.
    """
    if entity.id == CUSTOMER or not hasattr(entity.model, "customer_id"):
        return entity
    own = entity.check

    def check(record: Any) -> None:
        if own is not None:
            own(record)
        if inspect(record).attrs.customer_id.history.added:
            demand_live(record.customer_id, "customer_id")

    return replace(entity, check=check)


def demand_live(customer_id: int | None, field: str) -> None:
    """A file that was merged into another takes nothing more."""
    with session().no_autoflush:
        found = session().get(Customer, customer_id) if customer_id is not None else None
        into = session().get(Customer, found.merged_into_id) if found and found.merged_into_id else None
    if into is not None:
        raise UserError(MERGED_FILE, field=field, number=into.number, name=into.name)
