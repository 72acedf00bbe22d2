"""What each of the decoration firm's business objects is called, shows and allows: one module for each area.

An area that comes adds its module to `AREAS`, in the order of the side bar.
"""

from core.entities.spec import Entity
from plugins.decoration.checks.belonging import of_live_customers
from plugins.decoration.entities import (
    appraisals,
    callbacks,
    care,
    complaints,
    construction,
    construction_papers,
    construction_stages,
    customers,
    design,
    office,
    owner,
    vip,
)

AREAS = (
    customers,
    design,
    construction,
    construction_stages,
    construction_papers,
    complaints,
    vip,
    care,
    callbacks,
    office,
    appraisals,
    owner,
)
ENTITIES: tuple[Entity, ...] = tuple(of_live_customers(entity) for area in AREAS for entity in area.ENTITIES)

__all__ = ["ENTITIES"]
