"""What every page of the shell shows around its content: side bar, branches, the person; and the home page."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale, gettext
from werkzeug.exceptions import Unauthorized

from core.installation import installation
from core.languages import html_lang
from core.people.access import Person, current_person
from core.people.rights.holding import Held
from core.people.rights.offering import MOST, nearest
from core.side_bar import navigation
from core.ui import format as shown
from core.ui.page import render


def shell_context() -> dict[str, Any]:
    """The template context of the shell; empty figures when nobody is logged in."""
    person = None if g.get("zhidu_error_page") else current_person()  # what failed may be the database
    return {
        "html_lang": html_lang(),
        "navigation": navigation(person) if person else [],
        "branches": _branches(person) if person else [],
        "more_branches": person is not None and len(person.branches) > MOST,
        "person": _shown(person) if person else None,
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
