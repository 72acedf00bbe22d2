"""That what belongs together belongs to one customer."""

from __future__ import annotations

from typing import Any

from core.data import UserError
from core.data.marks import N_
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.customers import House

OTHER_HOUSE = N_("This house belongs to another customer. Choose one of this customer's.")


def demand_own_house(record: Any) -> None:
    """The house of a commission or a site is one of its customer's."""
    if record.house_id is None:
        return
    with session().no_autoflush:
        house = session().get(House, record.house_id)
    if house is None or house.customer_id != record.customer_id:
        raise UserError(OTHER_HOUSE, field="house_id")
