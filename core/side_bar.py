"""The side bar: groups of links, one a plugin, holding only what the person may follow in the active branch."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_babel import get_locale, gettext, lazy_gettext
from markupsafe import Markup

from core.branches.switches import CORE, on_here
from core.entities.registry import allowed
from core.handbook.rights import readable_plugins
from core.installation import installation
from core.measures.board import PATH, may_see
from core.menu import MESSAGES, RULES, MenuItem
from core.people.access import Person, may
from core.ui.drawn import Keyed

Group = dict[str, Any]
TITLES = {
    RULES: lazy_gettext("Rules at work"),
    MESSAGES: lazy_gettext("Outgoing messages"),
    CORE: lazy_gettext("Administration"),
}
"""The groups of what the core brings, in their order, below those of the plugins."""


def navigation(person: Person) -> list[Group]:
    """The groups, with the link of this page marked. Where they are remembered, they say by what they are known."""
    groups, path = _groups(person), request.path
    shown = [
        {"id": "home", "label": "", "items": _own_pages(path)},
        *(_marked(each, path) for each in groups),
    ]
    if not isinstance(groups, Keyed):
        return shown
    active = tuple(item["url"] for each in shown for item in each["items"] if item["active"])
    return Keyed(shown, (groups.key, may_see(), bool(readable_plugins()), active))


def _own_pages(path: str) -> list[dict[str, Any]]:
    """The pages of everybody, and of those who look after the figures."""
    pages = [(gettext("Home"), "/", "home")]
    if may_see():
        pages += [(gettext("My work"), "/my-work/", "checklist"), (gettext("Dashboard"), PATH, "dashboard")]
    if readable_plugins():
        pages.append((gettext("Handbook"), "/core/handbook/", "book"))
    return [{"label": label, "url": url, "icon": icon, "active": path == url} for label, url, icon in pages]


def _groups(person: Person) -> list[Group]:
    """Built once for each set of rights, of plugins that are on, and language; anew after the rights' version moved."""
    known = person.known
    if known is None or person.branch is None or person.limit is not None:
        return _built()
    rights = person.everything or frozenset(person.grants.items())
    key = ("side bar", rights, on_here(), str(get_locale()), request.script_root)
    found: list[Group] | None = known.remembered.get(key)
    return found if found is not None else known.remember(key, Keyed(_built()))


def _built() -> list[Group]:
    groups: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for entity in installation().entities.values():
        if entity.in_menu and allowed(entity, "see"):
            _add(
                groups, entity.menu_group or entity.plugin, 50, entity.label_plural, entity.path, entity.icon
            )
    for owner, item in installation().menu:
        if may(item.entity, item.right):
            _add(groups, item.group or owner, item.order, item.label, _address(item), item.icon)
    order = [each for each in TITLES if each in groups]
    plugins = [each.manifest.id for each in installation().host.installed if each.manifest.id in groups]
    return [_group(owner, groups[owner]) for owner in (*plugins, *order)]


def _add(groups: Any, owner: str, order: int, label: Any, url: str, icon: str) -> None:
    item: dict[str, Any] = {"label": str(label), "url": url, "icon": icon, "active": False}
    item["html"] = _drawn(item)
    groups.setdefault(owner, []).append((order, item))


def _address(item: MenuItem) -> str:
    if not item.endpoint:
        return installation().entities[item.entity].path
    arguments: dict[str, Any] = dict(item.arguments)
    return url_for(item.endpoint, **arguments)


def _group(owner: str, items: list[tuple[int, dict[str, Any]]]) -> Group:
    ordered = [item for _order, item in sorted(items, key=lambda pair: pair[0])]
    return _with_links({"id": owner, "label": _title(owner)}, ordered)


def _with_links(group: Group, items: list[dict[str, Any]]) -> Group:
    return {**group, "items": items, "drawn": Markup("").join(each["html"] for each in items)}


def _drawn(item: dict[str, Any]) -> Markup:
    """A link as HTML: hundreds of them are drawn once, not on every page."""
    macros: Any = current_app.jinja_env.get_template("macros/shell.html").module
    return Markup(macros.nav_item(item))  # noqa: S704 - a macro's own output


def _title(owner: str) -> str:
    if owner in TITLES:
        return str(TITLES[owner])
    installed = installation().host.plugin(owner)
    return installed.manifest.title.of(str(get_locale())) if installed else owner


def _marked(group: Group, path: str) -> Group:
    """The group as this page shows it; what is remembered is shared and stays as it is."""
    found = {number: each for number, each in enumerate(group["items"]) if _leads(each["url"], path)}
    if not found:
        return group
    items = list(group["items"])
    for number, each in found.items():
        marked = {**each, "active": True}
        items[number] = {**marked, "html": _drawn(marked)}
    return _with_links(group, items)


def _leads(url: str, path: str) -> bool:
    return path == url or (len(url) > 1 and path.startswith(url))
