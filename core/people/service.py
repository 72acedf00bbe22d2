"""People and their appointments: made, changed and ended here, by screens, commands and the demo alike."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from flask import current_app, has_app_context
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from core.branches.models import HEAD_OFFICE, Branch
from core.data import UserError, clock
from core.history import acting, current_actor, described
from core.people.doors import keys, sessions
from core.people.models import REGULAR, Appointment, PersonProfile

ADMINISTRATOR = "core.administrator"
HASH_METHOD = "scrypt:32768:8:3"
"""N 2**15, r 8, p 3: of the costs that ASVS takes the one with the least memory, 32 MB a log-in."""
METHOD_KEY = "ZHIDU_PASSWORD_METHOD"
"""Where the application's configuration names another method; tests do, whose hundreds of log-ins would take long."""
NOBODYS_HASH = f"{HASH_METHOD}$nobodys_password${'0' * 128}"
"""What the password of an unknown name is compared with, so that it takes as long as that of a known one."""
USER_NAME = re.compile(r"[A-Za-z0-9._-]+\Z")
LONGEST_NAME = 64
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def add_person(
    session: Session,
    username: str,
    name: str,
    password: str,
    *,
    email: str = "",
    must_change: bool = False,
    hashed: str = "",
) -> User:
    """A new person. Raises UserError when the user name or e-mail address is taken or has not the right form."""
    username = username.strip()
    if not USER_NAME.fullmatch(username) or len(username) > LONGEST_NAME:
        raise UserError("Use Latin letters, digits, dot, hyphen and underscore.", field="username")
    taken = session.scalar(select(User.id).where(func.lower(User.username) == username.lower()))
    if taken is not None:
        raise UserError("This user name is taken. Choose another.", field="username", status=409)
    email = email.strip() or f"{username}@zhidu.invalid"
    check_email(email)
    if session.scalar(select(User.id).where(func.lower(User.email) == email.lower())) is not None:
        raise UserError("This e-mail address is taken. Enter another.", field="email", status=409)
    moment = datetime.now(UTC).replace(tzinfo=None)
    person = User(
        username=username,
        first_name="",
        last_name=name.strip(),
        email=email,
        active=True,
        password=hashed or hash_password(password),
        created_on=moment,
        changed_on=moment,
    )
    session.add(person)
    session.flush()
    session.add(PersonProfile(user_id=person.id, must_change_password=must_change))
    session.flush()
    return person


def check_email(email: str) -> None:
    """Raise UserError (field `email`) for what cannot be an e-mail address."""
    if not _EMAIL.fullmatch(email):
        raise UserError("This is no e-mail address. Write it like name@example.com.", field="email")


def administrators_without(
    session: Session,
    appointment_id: int | None = None,
    user_id: int | None = None,
    branch_id: int | None = None,
    *,
    without_end: bool = False,
) -> bool:
    """Whether somebody administers the head office today in their own right, not counting one appointment, one person
    and one branch. `without_end` counts appointments without a last day only.
    """
    today = clock.today()
    ends = Appointment.valid_to
    statement = (
        select(Appointment.id)
        .join(Branch, Branch.id == Appointment.branch_id)
        .join(User, User.id == Appointment.user_id)
        .where(Appointment.position == ADMINISTRATOR, Branch.kind == HEAD_OFFICE, Branch.active, User.active)
        .where(Appointment.valid_from <= today)
        .where(ends.is_(None) if without_end else or_(ends.is_(None), ends >= today))
        .where(Appointment.kind == REGULAR, Branch.id != (branch_id or 0))
        .where(Appointment.id != (appointment_id or 0), User.id != (user_id or 0))
    )
    with session.no_autoflush:
        return session.scalar(statement.limit(1)) is not None


def hash_password(password: str) -> str:
    """The salted hash that is kept instead of the password."""
    return generate_password_hash(password, method=_method())


def hash_anew(session: Session, user: User, password: str) -> bool:
    """Replace a hash of an earlier method, now that the password is known. Says whether it was one; caller commits."""
    if user.password.partition("$")[0] == _method():
        return False
    with acting(user.id, current_actor().origin), described("password_hashed_anew"):
        user.password = hash_password(password)
        session.flush()
    return True


def _method() -> str:
    return str(current_app.config.get(METHOD_KEY, HASH_METHOD)) if has_app_context() else HASH_METHOD


def profile_of(session: Session, user_id: int) -> PersonProfile:
    """The person's profile, made at the first call."""
    profile = session.scalar(select(PersonProfile).where(PersonProfile.user_id == user_id))
    if profile is None:
        profile = PersonProfile(user_id=user_id)
        session.add(profile)
        session.flush()
    return profile


def set_password(
    session: Session, user: User, password: str, *, must_change: bool = False, end_keys: bool = True
) -> None:
    """Set a password; sessions and tokens from before end, and keys for programs unless told otherwise."""
    user.password = hash_password(password)
    profile_of(session, user.id).must_change_password = must_change
    sessions.end_all(session, user.id)
    if end_keys:
        keys.end_all(session, user.id)
    session.flush()


def appoint(
    session: Session,
    user_id: int,
    branch_id: int,
    position: str,
    valid_from: date,
    valid_to: date | None = None,
) -> Appointment:
    """Appoint a person to a position in a branch from a date, to a date when given (both included)."""
    appointment = Appointment(
        user_id=user_id, branch_id=branch_id, position=position, valid_from=valid_from, valid_to=valid_to
    )
    session.add(appointment)
    session.flush()
    return appointment
