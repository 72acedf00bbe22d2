"""What this request came in with."""

from __future__ import annotations

from flask import g

from core.people.doors.keys import KeyHolder
from core.people.doors.sessions import Opened, Visitor

Holder = Visitor | KeyHolder


def holder() -> Holder | None:
    """Who stands behind this request, and with what: a session, a token or a key."""
    found: Holder | None = g.get("zhidu_visitor")
    return found


def open_session() -> Opened | None:
    """The session or token of this request, or None."""
    found = holder()
    return found.session if isinstance(found, Visitor) else None
