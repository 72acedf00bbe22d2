"""Links to a new password: made by an administrator or sent by mail, good for one use and a short time."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale, gettext
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from core.data import clock
from core.history import acting
from core.installation import installation
from core.people.doors import attempts
from core.people.doors.events import note_event
from core.people.doors.mail import NOBODY, send
from core.people.doors.models import PasswordLink
from core.people.doors.sessions import fingerprint
from core.people.models import PersonProfile
from core.people.service import set_password

BY_HAND, BY_MAIL = timedelta(hours=24), timedelta(hours=1)


def make(database: Session, user_id: int, lasts: timedelta, made_by: int | None = None) -> str:
    """A fresh link of a person, in place of any earlier one; answers its secret."""
    database.execute(delete(PasswordLink).where(PasswordLink.user_id == user_id))
    secret = secrets.token_urlsafe(32)
    made = PasswordLink(user_id=user_id, token_hash=fingerprint(secret), made_by=made_by)
    made.ends_at = clock.now() + lasts
    database.add(made)
    database.flush()
    return secret


def path_of(secret: str) -> str:
    return f"/reset/{secret}"


def person_of(database: Session, secret: str) -> User | None:
    """Whose link it is; None when it was used, is past its end, or never was one."""
    return database.scalar(
        select(User)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(
            PasswordLink.token_hash == fingerprint(secret), PasswordLink.ends_at > clock.now(), User.active
        )
    )


def use(database: Session, secret: str, user: User, password: str) -> bool:
    """Set the password and use the link up; False when somebody did so a moment earlier."""
    found = delete(PasswordLink).where(PasswordLink.token_hash == fingerprint(secret))
    used: Any = database.execute(found)
    if not used.rowcount:
        return False
    set_password(database, user, password)
    attempts.forget(database, (attempts.ACCOUNT, user.username))
    note_event(database, "password_reset", user.id)
    database.commit()
    return True


def send_link(name: str, origin: str) -> None:
    """Mail a link to whoever has this user name or e-mail address; nobody learns whether there is one.

    `origin` is the address that asked.
    """
    settings = installation().settings
    with installation().database.sessions() as database:
        user = _known(database, name.strip().lower())
        if user is None:
            return
        secret = make(database, user.id, BY_MAIL)
        locale = database.scalar(select(PersonProfile.locale).where(PersonProfile.user_id == user.id))
        with acting(None, origin):
            note_event(database, "password_link_made", user.id)
        database.commit()
        to, username = user.email, user.username
    with force_locale(locale or "zh"):
        subject = gettext("Zhidu: a new password")
        link = settings.public_url + path_of(secret)
        text = gettext(
            "Somebody asked for a new password for %(username)s. Set it within an hour at this address:\n\n%(link)s\n\n"
            "If it was not you, nothing has to be done; the present password stays.",
            username=username,
            link=link,
        )
    send(settings, to, str(subject), str(text))


def _known(database: Session, name: str) -> User | None:
    if not name or not name.isprintable():
        return None
    user = database.scalar(
        select(User)
        .where(or_(func.lower(User.username) == name, func.lower(User.email) == name), User.active)
        .order_by(func.lower(User.username) != name)
        .limit(1)
    )
    return user if user is not None and not user.email.endswith(NOBODY) else None
