"""What every page of the shell shows around its content: side bar, branches, the person."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import get_locale, gettext

from core.languages import html_lang
from core.people.access import Person, current_person
from core.people.rights.holding import Held
from core.people.rights.offering import MOST, nearest
from core.side_bar import navigation
from core.ui import format as shown
from core.ui.page import ONE_PART


def shell_context() -> dict[str, Any]:
    """The template context of the shell; empty figures when nobody is logged in, none where only a part is drawn."""
    if g.get(ONE_PART):
        return {"html_lang": html_lang()}
    person = None if g.get("zhidu_error_page") else current_person()  # what failed may be the database
    return {
        "html_lang": html_lang(),
        "navigation": navigation(person) if person else [],
        "branches": _branches(person) if person else [],
        "more_branches": person is not None and len(person.branches) > MOST,
        "person": _shown(person) if person else None,
        "search_url": "/search/" if person and person.branch else "",
    }


def _branches(person: Person) -> list[dict[str, Any]]:
    """A few branches to change to; the page of all of them is a click away."""
    here = person.branch.id if person.branch else None
    locale = str(get_locale() or "en")
    offered = nearest(person.branches, here, {each.branch.id for each in person.held})
    return [{"code": each.code, "name": each.name(locale), "active": each.id == here} for each in offered]


def _shown(person: Person) -> dict[str, Any]:
    positions = shown.listed(dict.fromkeys(_held(each) for each in person.held))
    return {
        "key": person.user_id,
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
