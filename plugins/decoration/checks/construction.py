"""What is judged before a construction site is saved."""

from __future__ import annotations

from core.data import UserError
from core.data.marks import N_
from plugins.decoration.checks.belonging import demand_own_house
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.construction import Site
from plugins.decoration.models.design import Commission
from plugins.decoration.rules.names import PREPARED

PREFIX = "GD"
BACKWARDS = N_("The planned end lies before the planned beginning.")
OTHER_COMMISSION = N_("This commission belongs to another customer. Choose one of this customer's.")


def check_site(site: Site) -> None:
    site.state = site.state or PREPARED  # rules ask for it before it is written
    demand_own_house(site)
    if site.planned_from and site.planned_until and site.planned_until < site.planned_from:
        raise UserError(BACKWARDS, field="planned_until")
    if site.commission_id is not None:
        with session().no_autoflush:
            commission = session().get(Commission, site.commission_id)
        if commission is None or commission.customer_id != site.customer_id:
            raise UserError(OTHER_COMMISSION, field="commission_id")
    numbered(site, PREFIX)
