"""Actions, levels and places in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from sqlalchemy.orm import Session

from core.installation import installation
from core.people.rights.levels import Level
from core.people.rights.models import ACTION, GRANTED
from core.people.rights.snapshot import Node, Override

_ACTIONS = {
    "see": lazy_gettext("See"),
    "add": lazy_gettext("Add"),
    "edit": lazy_gettext("Edit"),
    "delete": lazy_gettext("Delete"),
    "export": lazy_gettext("Export"),
    "import": lazy_gettext("Import"),
    "print": lazy_gettext("Print"),
}
LEVELS = {
    Level.HIDDEN: lazy_gettext("Hidden"),
    Level.MASKED: lazy_gettext("Masked"),
    Level.READ: lazy_gettext("To read"),
    Level.WRITE: lazy_gettext("To write"),
}
ALLOWED, NOT_ALLOWED = lazy_gettext("Allowed"), lazy_gettext("Not allowed")


def actions_of(entity: Any) -> dict[str, Any]:
    """Every action that an entity knows, with its label."""
    extra = dict(entity.extra_rights)
    names = (*entity.rights, *extra)
    return {name: extra.get(name) or _ACTIONS.get(name, name) for name in dict.fromkeys(names)}


def place(tree: dict[int, Node], branch_id: int | None) -> str:
    """A branch's name; "the whole company" for none."""
    if branch_id is None:
        return gettext("the whole company")
    node = tree.get(branch_id)
    return node.name(str(get_locale() or "en")) if node is not None else f"#{branch_id}"


def value_of(each: Override) -> str:
    """What an override says."""
    if each.kind == ACTION:
        return str(ALLOWED if each.value == GRANTED else NOT_ALLOWED)
    return str(LEVELS[Level[each.value.upper()]])


def names_of(session: Session, ids: set[int]) -> dict[int, str]:
    """The names of people by id."""
    from flask_appbuilder.security.sqla.models import User
    from sqlalchemy import select

    from core.people.rights.holding import name_of

    found = session.scalars(select(User).where(User.id.in_(ids))) if ids else ()
    return {each.id: name_of(each) for each in found}


def entity_label(entity_id: str) -> str:
    """The plural of a business object, its id when its plugin is gone."""
    entity = installation().entities.get(entity_id)
    return str(entity.label_plural) if entity is not None else entity_id


def plugin_label(plugin: str) -> str:
    """A plugin's title."""
    if plugin == "core":
        return str(gettext("Administration"))
    installed = installation().host.plugin(plugin)
    return installed.manifest.title.of(str(get_locale() or "en")) if installed else plugin
