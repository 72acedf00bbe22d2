from core.work.kinds import WorkKind, callbacks

AREAS = (design, customers, construction, complaints, care, callbacks)

__all__ = ["WORK"]
