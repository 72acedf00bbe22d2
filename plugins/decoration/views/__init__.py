from typing import Any

AREAS = (design, customers, construction, complaints, care, callbacks)
VIEWS: tuple[type[Any], ...] = tuple(view for area in AREAS for view in area.VIEWS)

__all__ = ["VIEWS"]
