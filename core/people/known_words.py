"""Words that everybody in the company knows, and so whoever guesses a password: of its branches and positions."""

from __future__ import annotations

from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.installation import installation
from core.languages import SUPPORTED
from core.people.passwords import check_password


def check_password_of(session: Session, user: User, password: str) -> None:
    """Raise UserError (field `password`) for what is no good password of this person here."""
    check_password(password, user.username, user.last_name, user.email, *known_words(session))


def known_words(session: Session) -> list[str]:
    """Codes and names of the branches, ids and names of the positions, in each language."""
    branches = session.execute(select(Branch.code, Branch.name_zh, Branch.name_en)).all()
    positions = installation().positions.values()
    words = [*(each for row in branches for each in row), *(each.id for each in positions)]
    for locale in SUPPORTED:
        with force_locale(locale):
            words += [str(each.label) for each in positions]
    return list(dict.fromkeys(words))
