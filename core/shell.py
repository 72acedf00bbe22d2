"""What every page of the shell shows around its content: side bar, branches, the person; and the home page."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale, gettext
from werkzeug.exceptions import Unauthorized

from core.entities.registry import allowed
from core.installation import installation
from core.languages import html_lang
from core.menu import MenuItem
from core.people.access import Person, current_person, may
from core.people.rights.holding import Held
from core.ui import format as shown
from core.ui.page import render

CORE = "core"


def shell_context() -> dict[str, Any]:
    """The template context of the shell; empty figures when nobody is logged in."""
    person = None if g.get("zhidu_error_page") else current_person()  # what failed may be the database
    return {
        "html_lang": html_lang(),
        "navigation": navigation() if person else [],
        "branches": _branches(person) if person else [],
        "person": _shown(person) if person else None,
    }


def _branches(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "name": str(each),
            "active": person.branch is not None and each.id == person.branch.id,
        }
        for each in person.branches
    ]


def _shown(person: Person) -> dict[str, Any]:
    positions = shown.listed(dict.fromkeys(_held(each) for each in person.held))
    return {
        "name": person.name,
        "username": person.username,
        "position": positions,
        "password_url": "/password/",
    }


def _held(held: Held) -> str:
    """A position, and for whom where it is somebody else's."""
    label = str(held.position.label)
    if not held.acting_for:
        return label
    return gettext("%(position)s (acting for %(person)s)", position=label, person=held.acting_for)


def navigation() -> list[dict[str, Any]]:
    """Groups of the side bar, one a plugin, holding only what the person may follow in the active branch."""
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for entity in installation().entities.values():
        if entity.in_menu and allowed(entity, "see"):
            _add(groups, entity.plugin, 50, entity.label_plural, entity.path, entity.icon)
    for owner, item in installation().menu:
        if may(item.entity, item.right):
            _add(groups, owner, item.order, item.label, _address(item), item.icon)
    order = [CORE] if CORE in groups else []
    plugins = [each.manifest.id for each in installation().host.installed if each.manifest.id in groups]
    found = [_group(owner, groups[owner]) for owner in (*plugins, *order)]
    home = {"label": gettext("Home"), "url": "/", "icon": "home", "active": request.path == "/"}
    return [{"id": "home", "label": "", "items": [home]}, *found]


def _add(groups: Any, owner: str, order: int, label: Any, url: str, icon: str) -> None:
    active = request.path == url or (len(url) > 1 and request.path.startswith(url))
    item = {"label": str(label), "url": url, "icon": icon, "active": active}
    groups.setdefault(owner, []).append((order, item))


def _address(item: MenuItem) -> str:
    if not item.endpoint:
        return installation().entities[item.entity].path
    arguments: dict[str, Any] = dict(item.arguments)
    return url_for(item.endpoint, **arguments)


def _group(owner: str, items: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    ordered = [item for _order, item in sorted(items, key=lambda pair: pair[0])]
    return {"id": owner, "label": _title(owner), "items": ordered}


def _title(owner: str) -> str:
    if owner == CORE:
        return str(gettext("Administration"))
    installed = installation().host.plugin(owner)
    return installed.manifest.title.of(str(get_locale())) if installed else owner


class HomeView(BaseView):
    """The first page after log-in: the figures of the plugins that are on here."""

    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        person = current_person()
        if person is None:
            raise Unauthorized
        cards = [card for _owner, make in installation().home_cards for card in make()]
        subtitle = (
            str(person.branch)
            if person.branch
            else gettext("You hold no appointment today. Ask the administrator.")
        )
        return render("home.html", title=gettext("Home"), subtitle=subtitle, cards=cards)
