"""How a list can be shown: as a table, a board, a calendar."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.entities.lists.arguments import MONTH, SHOWN_AS
from core.entities.lists.asked import Asked
from core.entities.lists.board import has_board
from core.entities.lists.month import has_calendar

BOARD, CALENDAR = "board", "calendar"


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
    board = [BOARD] if has_board(asked.entity) else []
    return [*board, CALENDAR] if has_calendar(asked.entity) else board
