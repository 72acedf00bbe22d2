"""What an administrator sees of a person's doors on the person's page, and does about them."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from core.installation import installation
from core.people.access import current_user_id, may, require
from core.people.doors import attempts, factors, keys, links, sessions, telling
from core.people.doors.csrf import demand_token
from core.people.doors.current import open_session
from core.people.doors.events import note_event
from core.people.doors.shown import shown_keys, shown_sessions
from core.people.rights.reach import demand_person
from core.ui.notices import back_to, tell
from core.ui.page import render

PERSON = "core.person"


def panel(user: User) -> Markup:
    """The panel of sessions and locks on the person's page, for whoever may edit people."""
    if not may(PERSON, "edit"):
        return Markup("")
    database, opened = installation().database.session(), open_session()
    base = f"/core/people/{user.id}/sessions"
    found = sessions.open_sessions(database, user.id)
    context = {
        "sessions": shown_sessions(found, base, opened.id if opened is not None else 0, at="doors"),
        "closed_until": attempts.closed_until(database, *_doors(user)),
        "unlock_url": f"/core/people/{user.id}/unlock",
        "end_all_url": f"{base}/end-all",
        "enrolled": factors.is_enrolled(database, user.id),
        "factor_off_url": f"/core/people/{user.id}/second-factor/off",
        "keys": shown_keys(keys.keys_of(database, user.id), f"/core/people/{user.id}/keys"),
    }
    return Markup(render("macros/doors_of_person.html", **context))  # noqa: S704 - the template escapes


class PersonDoorsView(BaseView):
    """Ending somebody's sessions, and letting in who knocked too often."""

    route_base = "/core/people"

    @expose("/<int:id>/sessions/<int:session_id>/end", methods=["POST"])
    def end_session(self, id: int, session_id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        if not sessions.end(database, user.id, session_id):
            raise NotFound
        note_event(database, "session_ended", user.id)
        database.commit()
        return _back(id, gettext("The session has ended."))

    @expose("/<int:id>/sessions/end-all", methods=["POST"])
    def end_all(self, id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        sessions.end_all(database, user.id)
        note_event(database, "sessions_ended", user.id)
        database.commit()
        return _back(id, gettext("All sessions of this person have ended."))

    @expose("/<int:id>/link", methods=["POST"])
    def link(self, id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        before = telling.told_before(database)
        if before is not None:
            return before
        secret = links.make(database, user.id, links.BY_HAND, current_user_id())
        note_event(database, "password_link_made", user.id)
        telling.remember(database, telling.page_of(user.id))
        database.commit()
        public = installation().settings.public_url or request.host_url.rstrip("/")
        return telling.tell_link(user, public + links.path_of(secret))

    @expose("/<int:id>/unlock", methods=["POST"])
    def unlock(self, id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        attempts.forget(database, *_doors(user))
        note_event(database, "unlocked", user.id)
        database.commit()
        return _back(id, gettext("This person may try again at once."))

    @expose("/<int:id>/second-factor/off", methods=["POST"])
    def factor_off(self, id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        factors.remove(database, user.id)
        sessions.end_all(database, user.id)
        note_event(database, "second_factor_off", user.id)
        database.commit()
        return _back(
            id, gettext("The second factor is taken away; this person can log in and set up a new one.")
        )

    @expose("/<int:id>/keys/<int:key_id>/end", methods=["POST"])
    def end_key(self, id: int, key_id: int) -> Any:
        user = judged(id)
        database = installation().database.session()
        if not keys.end(database, user.id, key_id):
            raise NotFound
        note_event(database, "key_ended", user.id)
        database.commit()
        return _back(id, gettext("The key has ended."))


def judged(id: int) -> User:
    """The person of an id, after right, row and token were judged. Raises Forbidden, NotFound or CSRFError."""
    require(PERSON, "edit")
    user = installation().database.session().get(User, id)
    if user is None:
        raise NotFound
    demand_person(user.id)
    demand_token()
    return user


def _doors(user: User) -> tuple[tuple[attempts.Limit, str], ...]:
    return ((attempts.ACCOUNT, user.username), (attempts.CODE, str(user.id)))


def _back(id: int, text: str) -> Any:
    tell(text)
    return redirect(back_to(f"/core/person/{id}"))
