"""The decoration firm's figures of each month: one module for each area, added to `AREAS`."""

from core.measures.kinds import Measure
from plugins.decoration.measures import appraisals, callbacks, complaints, construction, design, office

AREAS = (design, construction, callbacks, complaints, office, appraisals)
MEASURES: tuple[Measure, ...] = tuple(each for area in AREAS for each in area.MEASURES)

__all__ = ["MEASURES"]
