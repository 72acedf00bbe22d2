"""What is judged before a design commission is saved."""

from __future__ import annotations

from plugins.decoration.checks.belonging import demand_own_house
from plugins.decoration.checks.numbers import numbered
from plugins.decoration.models.design import Commission
from plugins.decoration.rules.names import ENTRUSTED

PREFIX = "WT"


def check_commission(commission: Commission) -> None:
    commission.state = commission.state or ENTRUSTED  # rules ask for it before it is written
    demand_own_house(commission)
    numbered(commission, PREFIX)
