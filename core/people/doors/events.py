"""What happens at the doors, told in one place: log-ins, refusals, log-outs, keys, second factors."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.history import acting, current_actor, note
from core.history.models import LOG_IN
from core.installation import installation

PERSON_TABLE = "ab_user"
LABELS: tuple[tuple[str, Any], ...] = (
    ("token_given", _("Token for a program given")),
    ("session_ended", _("One session ended")),
    ("sessions_ended", _("Sessions ended")),
    ("unlocked", _("Let in again")),
    ("password_link_made", _("Link to a new password made")),
    ("password_reset", _("Password set by a link")),
    ("password_hashed_anew", _("Password kept by a stronger method")),
    ("second_factor_set_up", _("Second factor set up")),
    ("second_factor_off", _("Second factor taken away")),
    ("recovery_codes_made", _("New recovery codes made")),
    ("key_made", _("Key for a program made")),
    ("key_ended", _("Key for a program ended")),
)
"""What the history calls what is done here; log-ins, refusals and log-outs have names of its own."""


def note_event(database: Session, what: str, user_id: int | None) -> None:
    """Write one event into the history, in the transaction of what it tells of; the caller commits both.

    `what` is such as "logged_in"; `user_id` is whom it concerns.
    """
    with _as_whoever_comes_in(what, user_id):
        note(database, what, PERSON_TABLE, user_id)


def note_refused(what: str, username: str) -> None:
    """Write an event that changes nothing else, and commit.

    A name that nobody has is not written down: people type their password into the wrong field.
    """
    database = installation().database.session()
    known = database.scalar(select(User.id).where(User.username == username)) if username else None
    note_event(database, what, known)
    database.commit()


def _as_whoever_comes_in(what: str, user_id: int | None) -> AbstractContextManager[None]:
    """Who logs in is nobody yet to the request, and yet is the one who does it."""
    comes_in = what in (LOG_IN, "token_given")
    return acting(user_id, current_actor().origin) if comes_in else nullcontext()
