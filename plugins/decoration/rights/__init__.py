"""What each position may do with the objects of each area, with the clause that says so.

A module has `GRANTS`: position -> grants. An area that comes adds its module to `AREAS`; `positions.py` adds them up.
"""

from core.people.positions import Grant
from plugins.decoration.rights import (
    callbacks,
    care,
    complaints,
    construction,
    construction_works,
    customers,
    design,
    office,
    owner,
    vip,
)

AREAS = (customers, design, construction, construction_works, complaints, vip, care, callbacks, office, owner)


def grants_of(position: str) -> tuple[Grant, ...]:
    """All that a position gets from the areas."""
    return tuple(grant for area in AREAS for grant in area.GRANTS.get(position, ()))


__all__ = ["grants_of"]
