from core.messages.kinds import MessageTemplate, callbacks

AREAS = (design, customers, construction, complaints, care, callbacks)

__all__ = ["TEMPLATES"]
