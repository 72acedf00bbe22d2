"""Sessions and tokens as rows: opened at log-in, looked up once a request, listed, and ended."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from flask_login import UserMixin
from sqlalchemy import (
    Date,
    Engine,
    Table,
    and_,
    bindparam,
    delete,
    event,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches.gate import standing
from core.branches.protection.telling import is_told, note_told, settings_of, telling_columns
from core.branches.scope import Scope
from core.data import clock
from core.people.doors.models import BROWSER, PENDING, TOKEN, FactorDuty, LogInSession, SecondFactor
from core.people.models import Appointment, Chosen, PersonProfile, chosen, chosen_columns
from core.people.rights.models import RightsVersion

COOKIE_KEY = "sid"
LONGEST = {BROWSER: timedelta(hours=12), TOKEN: timedelta(hours=1), PENDING: timedelta(minutes=5)}
UNUSED = timedelta(hours=4)
NOTED_EVERY = timedelta(minutes=1)
_MOST_EXPECTED = 10_000
_expected: dict[str, Scope] = {}


@dataclass(frozen=True, eq=False)
class Caller(UserMixin):
    """A person as every request needs them, which is all that Flask-AppBuilder asks of its user."""

    id: int
    username: str
    first_name: str | None
    last_name: str | None


class Opened(NamedTuple):
    """The session or token of a request, by its id and the hash of its secret."""

    id: int
    last_used_at: datetime
    key: str


@dataclass(frozen=True)
class Visitor:
    """Who stands behind a request: the person, what they chose, and the session or token that says so."""

    user: Caller
    profile: Chosen | None
    session: Opened
    owes_factor: bool
    rights_version: int | None


def fingerprint(secret: str) -> str:
    """What is kept of a secret. The secrets are random and long, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(database: Session, user_id: int, kind: str, address: str, browser: str) -> str:
    """Open a session or token and answer its secret. Whatever is past its end goes."""
    now = clock.now()
    database.execute(delete(LogInSession).where(LogInSession.ends_at <= now))
    secret = secrets.token_urlsafe(32)
    opened = LogInSession(
        user_id=user_id,
        key_hash=fingerprint(secret),
        kind=kind,
        began_at=now,
        last_used_at=now,
        ends_at=now + LONGEST[kind],
        address=address[:45],
        browser=browser[:200],
    )
    database.add(opened)
    database.flush()
    return secret


def visitor(database: Session, secret: Any, kind: str) -> Visitor | None:
    """Who holds an open session or token: one statement, which reads what every request needs of the person."""
    if not isinstance(secret, str):
        return None
    now, (latest, earliest) = clock.now(), _days()
    key = fingerprint(secret)
    given: dict[str, Any] = {"key": key, "kind": kind, "now": now, "unused": now - UNUSED}
    given |= {"latest": latest, "earliest": earliest}
    expected = _expected.get(key) if is_told(database) else None
    if expected is None:
        row = database.execute(_visitors(False), given).first()
    else:
        row = database.execute(_visitors(True), given | settings_of(expected)).first()
        note_told(database, expected if row is not None else None)
    if row is None:
        return None
    opened = Opened(row[0], row[1], key)
    return Visitor(Caller(*row[2:6]), chosen(row[6:9]), opened, bool(row[9]), row[10])


def expect(opened: Opened, scope: Scope) -> None:
    """Keep in which scope a session acts. The statement that finds it next tells the database so by the way.

    It is no more than a guess: where the next request acts elsewhere, the database is told before anything is read.
    """
    if _expected.get(opened.key) != scope:
        if len(_expected) >= _MOST_EXPECTED:
            _expected.clear()
        _expected[opened.key] = scope


@cache
def _visitors(tells: bool) -> Any:
    """Every request asks it, so it is made once. With `tells` it tells the database a scope, too."""
    return standing(
        select(
            LogInSession.id,
            LogInSession.last_used_at,
            *(User.id, User.username, User.first_name, User.last_name),
            *chosen_columns(),
            owes_factor(bindparam("latest", type_=Date), bindparam("earliest", type_=Date)),
            select(RightsVersion.version).scalar_subquery(),
            *(telling_columns() if tells else ()),
        )
        .select_from(LogInSession)
        .join(User, User.id == LogInSession.user_id)
        .outerjoin(PersonProfile, PersonProfile.user_id == User.id)
        .where(LogInSession.key_hash == bindparam("key"), LogInSession.kind == bindparam("kind"), User.active)
        .where(LogInSession.ends_at > bindparam("now"), LogInSession.last_used_at > bindparam("unused"))
    )


def is_asked_for(database: Session, user_id: int) -> bool:
    """Whether a position of the person asks for a second factor."""
    asked = select(User.id).where(User.id == user_id, _asked(*_days()))
    return database.scalar(asked) is not None


def owes_factor(latest: Any = None, earliest: Any = None) -> ColumnElement[bool]:
    """Whether the `User` of a statement holds a position that asks for a second factor, and has none.

    The days are today where it begins first and last, where they are not given with the statement.
    """
    has = exists().where(SecondFactor.user_id == User.id, SecondFactor.confirmed_at.is_not(None))
    return and_(_asked(*(_days() if latest is None else (latest, earliest))), ~has)


def _days() -> tuple[date, date]:
    return clock.today("Pacific/Kiritimati"), clock.today("Pacific/Pago_Pago")


def _asked(latest: Any, earliest: Any) -> ColumnElement[bool]:
    return (
        exists()
        .where(Appointment.user_id == User.id, Appointment.position == FactorDuty.position)
        .where(or_(FactorDuty.branch_id.is_(None), FactorDuty.branch_id == Appointment.branch_id))
        .where(Appointment.valid_from <= latest)
        .where(or_(Appointment.valid_to.is_(None), Appointment.valid_to >= earliest))
    )


def note_use(engine: Engine, opened: Opened, address: str) -> None:
    """Write when and from where a session was used last, at most once a minute."""
    now = clock.now()
    if now - opened.last_used_at < NOTED_EVERY:
        return
    statement = (
        update(_table())
        .where(_table().c.id == opened.id, _table().c.last_used_at <= now - NOTED_EVERY)
        .values(last_used_at=now, address=address[:45])
    )
    with engine.begin() as connection:
        connection.execute(statement)


def open_sessions(database: Session, user_id: int) -> list[LogInSession]:
    """The open sessions and tokens of a person, the last used first."""
    now = clock.now()
    return list(
        database.scalars(
            select(LogInSession)
            .where(LogInSession.user_id == user_id, LogInSession.ends_at > now, LogInSession.kind != PENDING)
            .where(LogInSession.last_used_at > now - UNUSED)
            .order_by(LogInSession.last_used_at.desc(), LogInSession.id.desc())
        )
    )


def end(database: Session, user_id: int, session_id: int) -> bool:
    """End one session of a person; False when there is none of that id."""
    found = delete(LogInSession).where(LogInSession.id == session_id, LogInSession.user_id == user_id)
    ended: Any = database.execute(found)
    return bool(ended.rowcount)


def end_all(database: Session, user_id: int, keep: int | None = None) -> None:
    """End every session and token of a person, but for one that is kept."""
    statement = delete(LogInSession).where(LogInSession.user_id == user_id)
    database.execute(statement if keep is None else statement.where(LogInSession.id != keep))


def _table() -> Table:
    table: Any = LogInSession.__table__
    return table  # type: ignore[no-any-return]


@event.listens_for(User, "after_update")
def _shut_out(_mapper: Any, connection: Connection, user: User) -> None:
    """Whoever may not log in any more is out, and stays out when they are let in again."""
    if not user.active:
        connection.execute(delete(_table()).where(_table().c.user_id == user.id))
