"""The work of the decoration firm that waits for people: one module for each area, added to `AREAS`."""

from core.work.kinds import WorkKind
from plugins.decoration.work import callbacks, care, complaints, construction, customers, design, office

AREAS = (callbacks, design, customers, construction, complaints, care, office)
WORK: tuple[WorkKind, ...] = tuple(each for area in AREAS for each in area.WORK)

__all__ = ["WORK"]
