"""Sessions as the templates show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from core.people.doors.browsers import short_name
from core.people.doors.models import TOKEN, LogInSession


def shown_sessions(found: Iterable[LogInSession], base: str, own: int = 0) -> list[dict[str, Any]]:
    """Rows of the table of sessions; `base` is the address under which one is ended, `own` the one looking."""
    return [
        {
            "browser": short_name(each.browser),
            "kind": gettext("Program (bearer token)") if each.kind == TOKEN else gettext("Browser"),
            "address": each.address,
            "began_at": each.began_at,
            "last_used_at": each.last_used_at,
            "own": each.id == own,
            "end": {
                "label": gettext("End"),
                "url": f"{base}/{each.id}/end",
                "method": "POST",
                "icon": "logout",
            },
        }
        for each in found
    ]
