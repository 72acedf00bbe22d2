"""A person's own page of log-in and security."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.exceptions import NotFound, Unauthorized

from core.installation import installation
from core.people.access import Person, current_person
from core.people.doors import factors, keys, sessions
from core.people.doors.current import open_session
from core.people.doors.events import note_event
from core.people.doors.shown import shown_keys, shown_sessions
from core.ui.notices import back_to, tell
from core.ui.page import render


class AccountView(BaseView):
    """`/account/`: where somebody is logged in, their second factor, and the keys of their programs."""

    route_base = "/account"
    default_view = "overview"

    @expose("/", methods=["GET"])
    def overview(self) -> Any:
        person = signed_in()
        database = installation().database.session()
        opened = open_session()
        found = sessions.open_sessions(database, person.user_id)
        own = opened.id if opened is not None else 0
        context = {
            "sessions": shown_sessions(found, "/account/sessions", own),
            "keys": shown_keys(keys.keys_of(database, person.user_id), "/account/keys"),
            "enrolled": factors.is_enrolled(database, person.user_id),
        }
        return render("doors/account.html", **context)

    @expose("/sessions/<int:id>/end", methods=["POST"])
    def end_session(self, id: int) -> Any:
        person = signed_in()
        database = installation().database.session()
        if not sessions.end(database, person.user_id, id):
            raise NotFound
        note_event(database, "session_ended", person.user_id)
        database.commit()
        tell(gettext("The session has ended."))
        return redirect(back_to(url_for("AccountView.overview")))

    @expose("/sessions/end-others", methods=["POST"])
    def end_others(self) -> Any:
        person, opened = signed_in(), open_session()
        database = installation().database.session()
        sessions.end_all(database, person.user_id, keep=opened.id if opened is not None else None)
        note_event(database, "sessions_ended", person.user_id)
        database.commit()
        tell(gettext("All your other sessions have ended."))
        return redirect(back_to(url_for("AccountView.overview")))


def signed_in() -> Person:
    """The person of this request. Raises Unauthorized without one."""
    person = current_person()
    if person is None:
        raise Unauthorized
    return person
