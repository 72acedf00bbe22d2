"""Sessions and keys as the templates show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, ngettext

from core.data import clock
from core.people.doors.browsers import short_name
from core.people.doors.keys import READ
from core.people.doors.models import TOKEN, ApiKey, LogInSession


def shown_sessions(
    found: Iterable[LogInSession], base: str, own: int = 0, at: str = "sessions"
) -> list[dict[str, Any]]:
    """Rows of the table of sessions; `base` is the address under which one is ended, `own` the one looking.

    `at` is the panel that the table stands in.
    """
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
                "at": at,
            },
        }
        for each in found
    ]


def shown_keys(found: Iterable[ApiKey], base: str) -> list[dict[str, Any]]:
    """Rows of the table of keys; `base` is the address under which one is ended."""
    now = clock.now()
    return [
        {
            "label": each.label,
            "prefix": each.prefix,
            "reach": _reach(each.scopes),
            "ends_at": each.ends_at,
            "ended": each.ends_at <= now,
            "last_used_at": each.last_used_at,
            "end": {
                "label": gettext("End the key"),
                "url": f"{base}/{each.id}/end",
                "method": "POST",
                "icon": "trash",
                "at": "keys",
                "confirm": gettext(
                    "End the key %(label)s? The program that uses it stops at once.", label=each.label
                ),
            },
        }
        for each in found
    ]


def _reach(scopes: list[Any]) -> str:
    if READ in scopes:
        return str(gettext("Read only"))
    return str(ngettext("%(num)s right", "%(num)s rights", len(scopes)))
