"""The words of what the decoration firm tells customers and staff: one module for each area, added to `AREAS`."""

from core.messages.kinds import MessageTemplate
from plugins.decoration.messages import callbacks, care, complaints, construction, customers, design, owner

AREAS = (customers, design, construction, callbacks, complaints, care, owner)
TEMPLATES: tuple[MessageTemplate, ...] = tuple(each for area in AREAS for each in area.TEMPLATES)

__all__ = ["TEMPLATES"]
