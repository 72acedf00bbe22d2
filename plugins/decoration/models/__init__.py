"""The decoration firm's tables, each row owned by a branch: one module for each area.

Others import from the area's module. An area that comes adds its module to the line below.
"""

import core.people.models  # noqa: F401 - our foreign keys point to people
from plugins.decoration.models import (
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

__all__ = ["AREAS"]
