"""The decoration firm's own screens and papers: one module for each area, added to `AREAS`."""

from typing import Any

from plugins.decoration.views import (
    callbacks,
    care,
    complaints,
    construction,
    customers,
    design,
    office,
    owner,
)

AREAS = (customers, design, construction, callbacks, complaints, care, office, owner)
VIEWS: tuple[type[Any], ...] = tuple(view for area in AREAS for view in area.VIEWS)

__all__ = ["VIEWS"]
