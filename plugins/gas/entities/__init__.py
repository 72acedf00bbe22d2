"""What each of the gas office's business objects is called, shows and allows."""

from core.entities.spec import Entity
from plugins.gas.entities import accounts, arrears, billing, bills, cutting_off, payments, readings, tariffs

ENTITIES: tuple[Entity, ...] = (
    *accounts.ENTITIES,
    *arrears.ENTITIES,
    *readings.ENTITIES,
    *billing.ENTITIES,
    *bills.ENTITIES,
    *payments.ENTITIES,
    *cutting_off.ENTITIES,
    *tariffs.ENTITIES,
)

__all__ = ["ENTITIES"]
