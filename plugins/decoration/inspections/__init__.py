"""The rounds on which somebody looks; what is looked at are checklist rules: one module for each area, added to
`AREAS`."""

from core.inspections.kinds import InspectionRound
from plugins.decoration.inspections import customers, office

AREAS = (customers, office)
INSPECTIONS: tuple[InspectionRound, ...] = tuple(each for area in AREAS for each in area.INSPECTIONS)

__all__ = ["INSPECTIONS"]
