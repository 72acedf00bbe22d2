"""How a list can be shown: as a table, a board, a calendar, a schedule."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.entities.lists.arguments import MONTH, SHOWN_AS
from core.entities.lists.asked import Asked
from core.entities.lists.board import has_board
from core.entities.lists.month import has_calendar
from core.entities.lists.schedule import has_schedule

BOARD, CALENDAR, SCHEDULE = "board", "calendar", "schedule"


def mode_of(asked: Asked) -> str:
    """What the address asks for, where the description has it; nothing for the table."""
    wanted = asked.arguments.get(SHOWN_AS, "")
    return wanted if wanted in _known(asked) else ""


def modes(asked: Asked) -> list[dict[str, Any]]:
    """The ways to show the list; none where the table is the only one."""
    known, now = _known(asked), mode_of(asked)
    if not known:
        return []
    drawn = {
        "": (gettext("As a table"), "table"),
        BOARD: (gettext("As a board"), "layout-kanban"),
        CALENDAR: (gettext("As a calendar"), "calendar"),
        SCHEDULE: (gettext("As a schedule"), "timeline"),
    }
    return [
        {
            "label": drawn[mode][0],
            "icon": drawn[mode][1],
            "url": asked.address({SHOWN_AS: mode, MONTH: ""}),
            "current": mode == now,
        }
        for mode in ("", *known)
    ]


def _known(asked: Asked) -> list[str]:
    known = ((BOARD, has_board), (CALENDAR, has_calendar), (SCHEDULE, has_schedule))
    return [mode for mode, has in known if has(asked.entity)]
