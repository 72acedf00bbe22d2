"""Judging a log-in, the same for the form and for REST; and opening what a log-in gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, session
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, ngettext
from flask_jwt_extended import create_access_token
from sqlalchemy import func, or_, select

from core.installation import installation
from core.people.doors import attempts, sessions
from core.people.doors.events import note_event
from core.people.doors.models import BROWSER, TOKEN


@dataclass(frozen=True)
class Admission:
    """The person who may come in; without one, the seconds to wait when there were too many attempts."""

    user: User | None
    wait: int = 0


def judge(username: str, password: str) -> Admission:
    """Judge a name and a password. Names that exist and names that do not are treated and answered alike."""
    engine = installation().database.engine
    network, account = network_here(), account_of(username)
    here = (attempts.ADDRESS, network)
    a_minute = attempts.rate(installation().settings.log_ins_a_minute)
    wait = attempts.knock(engine, (a_minute, network), here, (attempts.ACCOUNT, account))
    if wait:
        note_event("log_in_held_off", None, username, seconds=wait)
        return Admission(None, wait)
    security: Any = current_app.extensions["appbuilder"].sm
    user = security.auth_user_db(username, password)
    if user is None:
        note_event("log_in_failed", None, username)
        return Admission(None)
    attempts.let_in(engine, (attempts.ACCOUNT, account), here)
    return Admission(user)


def account_of(username: str) -> str:
    """The name under which attempts are counted: the user name, also when the e-mail address was given."""
    name = username.strip().lower()
    if not name.isprintable():
        return name
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
    return str(known or name).lower()


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
    """Begin a session of this browser; the cookie holds its secret."""
    database = installation().database.session()
    secret = sessions.begin(database, user.id, BROWSER, request.remote_addr or "", request.user_agent.string)
    database.commit()
    session[sessions.COOKIE_KEY] = secret


def open_token(user: User) -> str:
    """A bearer token, whose `jti` is the secret of its row."""
    database = installation().database.session()
    secret = sessions.begin(database, user.id, TOKEN, request.remote_addr or "", request.user_agent.string)
    database.commit()
    token: str = create_access_token(identity=str(user.id), fresh=True, additional_claims={"jti": secret})
    return token
