"""Long work in the name of whoever asked for it: with the rights, the masks and the rows that they have."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from flask import g
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from core.branches.models import Branch
from core.branches.scope import Scope, enter, leave
from core.data import UserError
from core.data.marks import N_
from core.people.access import Person, load_person, require
from core.people.rights.holding import profile_and_version

NO_LONGER = N_("Whoever asked for this may not do it any more, so it was not done.")


@contextlib.contextmanager
def in_the_name_of(
    session: Session, user_id: int | None, branch_id: int, right: tuple[str, str], locale: str
) -> Iterator[Person]:
    """What is done inside is judged and shown as in a request of this person in this branch, in a language.

    `right` is an entity and an action on it. Raises UserError where the person may not (any more).
    """
    user = session.get(User, user_id) if user_id is not None else None
    branch = session.get(Branch, branch_id)
    if user is None or not user.active or branch is None:
        raise UserError(NO_LONGER, status=403)
    read = profile_and_version(session, user.id)
    before, token = g.get("zhidu_person"), None
    try:
        person = g.zhidu_person = load_person(session, user, branch.code, read)
        token = enter(Scope(active=branch_id, readable=person.readable))
        require(*right)
        with force_locale(locale):
            yield person
    except HTTPException:
        raise UserError(NO_LONGER, status=403) from None
    finally:
        g.zhidu_person = before
        if token is not None:
            leave(token)
