"""Proving again who one is: with the present password, or with a code of the second factor."""

from __future__ import annotations

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from core.history.models import LOG_IN_FAILED
from core.installation import installation
from core.people.doors import attempts, factors
from core.people.doors.events import note_refused
from core.people.doors.log_in import network_here, wait_text


def refused_password(user: User, password: str) -> str:
    """Why a present password is not taken; empty when it is right. Counted as a log-in is."""
    engine, here = installation().database.engine, (attempts.ADDRESS, network_here())
    account = (attempts.ACCOUNT, user.username)
    wait = attempts.knock(engine, here, account)
    if wait:
        return wait_text(wait)
    if not check_password_hash(user.password, password):
        note_refused(LOG_IN_FAILED, user.username)
        return str(gettext("This is not your present password."))
    attempts.let_in(engine, account, here)
    return ""


def refused_code(database: Session, user: User, code: str) -> tuple[str, int]:
    """Why a code is not taken, and the seconds to wait; empty when it is right. Commits that it was used."""
    engine, here = installation().database.engine, (attempts.ADDRESS, network_here())
    person = (attempts.CODE, str(user.id))
    wait = attempts.knock(engine, here, person)
    if wait:
        return wait_text(wait), wait
    if not factors.accept(database, user.id, code):
        database.rollback()
        note_refused(LOG_IN_FAILED, user.username)
        return str(
            gettext("This code is wrong or was used already. Wait for the next one and enter that.")
        ), 0
    database.commit()
    attempts.let_in(engine, person, here)
    return "", 0
