"""What each of the decoration firm's business objects is called, shows and allows: one module for each area.

An area that comes adds its module to `AREAS`, in the order of the side bar.
"""

from core.entities.spec import Entity
from plugins.decoration.entities import (
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
    owner,
)
ENTITIES: tuple[Entity, ...] = tuple(entity for area in AREAS for entity in area.ENTITIES)

__all__ = ["ENTITIES"]
