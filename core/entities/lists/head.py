"""The menus above a list: its views, and its columns."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext

from core.entities.lists.arguments import COLUMNS, VIEW
from core.entities.lists.asked import Asked
from core.entities.lists.bulk import acts
from core.entities.lists.columns import chooser
from core.entities.lists.keeping import LEAST_WIDTH, LONGEST_NAME, MOST_WIDTH, is_mine, may_change, may_share
from core.entities.lists.models import ListView
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_person


def views_menu(asked: Asked, fault: str = "") -> dict[str, Any] | None:
    """The views to choose from, and what may be done with the one that is open; None for nobody."""
    if current_person() is None:
        return None
    entity, view = asked.entity, asked.view
    return {
        "current": view.name if view is not None else "",
        "changed": asked.is_changed,
        "all_url": all_url(asked),
        "own": [_item(asked, each) for each in asked.kept.views if is_mine(each)],
        "others": [_item(asked, each) for each in asked.kept.views if not is_mine(each)],
        "save_url": f"{entity.path}views",
        "opens_url": f"{entity.path}opens",
        "opens_with": view is not None and view.id == asked.kept.view_id,
        "view_id": view.id if view is not None else 0,
        "may_change": view is not None and may_change(view),
        "delete_url": f"{entity.path}views/{view.id}/delete" if view is not None and may_change(view) else "",
        "may_replace": view is not None and is_mine(view) and may_change(view),
        "shared": view is not None and view.shared,
        "position": (view.position or "") if view is not None else "",
        "may_share": may_share(),
        "positions": _positions(asked) if may_share() else [],
        "address": urlencode(asked.stays),
        "longest": LONGEST_NAME,
        "fault": fault,
    }


def all_url(asked: Asked) -> str:
    """The list as it is described, whatever view it opens with."""
    return f"{asked.entity.path}?{VIEW}=0" if asked.kept.view_id else asked.entity.path


def _item(asked: Asked, view: ListView) -> dict[str, Any]:
    return {
        "label": view.name,
        "url": f"{asked.entity.path}?{VIEW}={view.id}",
        "current": asked.view is not None and view.id == asked.view.id,
        "shared": view.shared,
        "opens": view.id == asked.kept.view_id,
    }


def _positions(asked: Asked) -> list[dict[str, Any]]:
    """The positions that a view can be shared with: those of the department."""
    found = (each for each in installation().positions.values() if each.plugin == asked.entity.plugin)
    return [{"code": each.id, "label": each.label} for each in found]


def columns_menu(asked: Asked) -> dict[str, Any] | None:
    """The columns to choose, to put in order and to size; None for nobody."""
    if current_person() is None:
        return None
    widths = asked.kept.widths
    return {
        "url": f"{asked.entity.path}columns",
        "widths_url": f"{asked.entity.path}widths",
        "address": urlencode(asked.stays),
        "open": bool(asked.arguments.get("arrange")),
        "columns": [
            {**each, "width": widths.get(each["name"], "")} for each in chooser(asked.entity, asked.columns)
        ],
        "least": LEAST_WIDTH,
        "most": MOST_WIDTH,
        "own": bool(asked.kept.columns or widths or asked.arguments.get(COLUMNS)),
    }


def bulk_menu(asked: Asked) -> dict[str, Any] | None:
    """What can be done to selected rows; None where the person may do nothing to them."""
    entity, person, found = asked.entity, current_person(), acts(asked.entity)
    if not found or person is None or person.branch is None:
        return None
    return {
        "acts": [
            {
                "label": each.label,
                "icon": each.icon,
                "danger": each.danger,
                "url": f"{entity.path}bulk/{each.id}",
            }
            for each in found
        ],
        "key": bulk_key(entity),
        "address": urlencode(asked.stays),
        "text": gettext("%(count)s selected"),
    }


def bulk_key(entity: Entity) -> str:
    """Under what a browser keeps which rows a person has selected."""
    person = current_person()
    here = person.branch.id if person is not None and person.branch is not None else 0
    return f"{person.user_id if person is not None else 0}.{here}.{entity.id}"
