"""Judging a log-in, the same for the form and for REST; and opening what a log-in gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, session
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, ngettext
from flask_jwt_extended import create_access_token
from sqlalchemy import func, or_, select

from core.history.models import LOG_IN_FAILED, LOG_IN_HELD_OFF
from core.installation import installation
from core.people.doors import attempts, sessions
from core.people.doors.events import note_refused
from core.people.doors.models import BROWSER, PENDING, TOKEN

PENDING_KEY = "pending"


@dataclass(frozen=True)
class Admission:
    """The person who may come in; without one, the seconds to wait when there were too many attempts."""

    user: User | None
    wait: int = 0


def judge(username: str, password: str) -> Admission:
    """Judge a name and a password. Names that exist and names that do not are treated and answered alike."""
    engine = installation().database.engine
    known = known_account(username)
    network, account = network_here(), known.lower() or username.strip().lower()
    here = (attempts.ADDRESS, network)
    a_minute = attempts.rate(installation().settings.log_ins_a_minute)
    wait = attempts.knock(engine, (a_minute, network), here, (attempts.ACCOUNT, account))
    if wait:
        return Admission(None, wait)
    security: Any = current_app.extensions["appbuilder"].sm
    user = security.auth_user_db(username, password)
    if user is None:
        note_refused(LOG_IN_FAILED, known)
        if attempts.closed_until(installation().database.session(), here, (attempts.ACCOUNT, account)):
            note_refused(LOG_IN_HELD_OFF, known)  # once, as the door closes: knocking on fills no history
        return Admission(None)
    attempts.let_in(engine, (attempts.ACCOUNT, account), here)
    return Admission(user)


def account_of(username: str) -> str:
    """The name under which attempts are counted: the user name, also when the e-mail address was given."""
    return known_account(username).lower() or username.strip().lower()


def known_account(username: str) -> str:
    """The user name of whoever has this user name or e-mail address; empty when nobody has."""
    name = username.strip().lower()
    if not name.isprintable():
        return ""
    known = (
        installation()
        .database.session()
        .scalar(
            select(User.username)
            .where(or_(func.lower(User.username) == name, func.lower(User.email) == name))
            .order_by(func.lower(User.username) != name)
            .limit(1)
        )
    )
    return str(known or "")


def network_here() -> str:
    """What the request's address counts as."""
    return attempts.network_of(request.remote_addr or "")


def wait_text(seconds: int) -> str:
    """What somebody is told who knocked too often."""
    if seconds < 60:
        time = ngettext("%(num)s second", "%(num)s seconds", seconds)
    else:
        time = ngettext("%(num)s minute", "%(num)s minutes", -(-seconds // 60))
    return str(gettext("Too many attempts. Wait %(time)s, then try again.", time=time))


def open_browser(user: User) -> None:
    """Begin a session of this browser; the cookie holds its secret. The caller commits."""
    session[sessions.COOKIE_KEY] = _begun(user, BROWSER)


def open_pending(user: User) -> None:
    """Note that this browser knew the password, and still lacks the code. The caller commits."""
    session[PENDING_KEY] = _begun(user, PENDING)


def pending() -> sessions.Visitor | None:
    """Whose code this browser has to bring, for the few minutes that it has."""
    return sessions.visitor(installation().database.session(), session.get(PENDING_KEY), PENDING)


def _begun(user: User, kind: str) -> str:
    database = installation().database.session()
    return sessions.begin(database, user.id, kind, request.remote_addr or "", request.user_agent.string)


def open_token(user: User) -> str:
    """A bearer token, whose `jti` is the secret of its row. The caller commits."""
    secret = _begun(user, TOKEN)
    token: str = create_access_token(identity=str(user.id), fresh=True, additional_claims={"jti": secret})
    return token
