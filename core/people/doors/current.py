"""What this request came in with."""

from __future__ import annotations

from flask import g

from core.people.doors.models import LogInSession
from core.people.doors.sessions import Visitor


def open_session() -> LogInSession | None:
    """The session or token of this request, or None."""
    visitor: Visitor | None = g.get("zhidu_visitor")
    return visitor.session if visitor is not None else None
