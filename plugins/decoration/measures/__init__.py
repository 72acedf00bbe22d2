from core.measures.kinds import Measure, callbacks

AREAS = (design, construction, complaints, callbacks)

__all__ = ["MEASURES"]
