"""A secret that somebody is told stands on the page that answers, once: in no cookie, and not again on loading anew."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy.orm import Session

from core.data import once
from core.people.access import current_user_id
from core.ui.page import render

KEY = "once"
"""The field with the key of a form; `once.new_key` makes one for each form that is shown."""


def told_before(database: Session) -> Any:
    """The way on when this very form was sent before, such as by loading its answer anew; None the first time."""
    before = once.earlier_result(database, _key(), current_user_id() or 0)
    if before is None:
        return None
    flash(gettext("This was shown before and is not shown again. If it is lost, make a new one."), "warning")
    return redirect(before)


def remember(database: Session, back: str) -> None:
    """Note that this form was sent, in the transaction of what it does. UserError when an equal one was faster."""
    once.remember(database, _key(), current_user_id() or 0, back)


def tell_password(user: User, password: str) -> str:
    """The page with a one-time password."""
    text = gettext(
        "Tell %(username)s this password. It is shown only now, and has to be changed at log-in.",
        username=user.username,
    )
    return _told(user, gettext("New password"), text, password)


def tell_link(user: User, link: str) -> str:
    """The page with a link to a new password."""
    text = gettext(
        "Give %(username)s this link. It is shown only now, and works once and for one day.",
        username=user.username,
    )
    return _told(user, gettext("Link to a new password"), text, link)


def page_of(user_id: int) -> str:
    """The address of a person's page."""
    return f"/core/person/{user_id}"


def _told(user: User, title: str, text: str, secret: str) -> str:
    return render(
        "doors/told_once.html",
        title=title,
        name=user.last_name,
        text=text,
        secret=secret,
        back=page_of(user.id),
    )


def _key() -> str:
    return once.known_key(request.form.get(KEY))
