"""Keys with which programs act for a person: through REST only, within their scopes, until a day."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Engine, Table, delete, select, update
from sqlalchemy.orm import Session

from core.data import clock
from core.people.doors.models import ApiKey
from core.people.doors.sessions import NOTED_EVERY, fingerprint, owes_factor
from core.people.models import PersonProfile

START = "zhidu_"
READ = "read"
SHOWN = len(START) + 6
READING = frozenset({"see"})
DAYS = (30, 90, 365)


@dataclass(frozen=True)
class KeyHolder:
    """Who stands behind a key, and the key."""

    user: User
    profile: PersonProfile | None
    key: ApiKey
    owes_factor: bool


def make(
    database: Session, user_id: int, label: str, scopes: Collection[str], days: int
) -> tuple[ApiKey, str]:
    """A new key of a person, and its text, which is never known again."""
    text = START + secrets.token_urlsafe(32)
    key = ApiKey(
        user_id=user_id,
        label=label,
        prefix=text[:SHOWN],
        key_hash=fingerprint(text),
        scopes=sorted(set(scopes)),
        ends_at=clock.now() + timedelta(days=days),
    )
    database.add(key)
    database.flush()
    return key, text


def holder(database: Session, text: str) -> KeyHolder | None:
    """Who holds a key that still counts: one statement, as for a session."""
    row = database.execute(
        select(ApiKey, User, PersonProfile, owes_factor())
        .join(User, User.id == ApiKey.user_id)
        .outerjoin(PersonProfile, PersonProfile.user_id == User.id)
        .where(ApiKey.key_hash == fingerprint(text), ApiKey.ends_at > clock.now(), User.active)
    ).first()
    return KeyHolder(user=row[1], profile=row[2], key=row[0], owes_factor=bool(row[3])) if row else None


def limit_of(key: ApiKey) -> Callable[[str, str], bool]:
    """Whether the key may take an action on an entity at all; its owner has to hold the right besides."""
    scopes = frozenset(key.scopes)
    if READ in scopes:
        return lambda _entity, action: action in READING
    return lambda entity, action: f"{entity}:{action}" in scopes


def note_use(engine: Engine, key: ApiKey, address: str) -> None:
    """Write when and from where a key was used last, at most once a minute."""
    now = clock.now()
    if key.last_used_at is not None and now - key.last_used_at < NOTED_EVERY:
        return
    table: Any = ApiKey.__table__
    values = {"last_used_at": now, "last_address": address[:45]}
    with engine.begin() as connection:
        connection.execute(update(_typed(table)).where(table.c.id == key.id).values(**values))


def keys_of(database: Session, user_id: int) -> list[ApiKey]:
    """The keys of a person, those past their end included, the newest first."""
    return list(database.scalars(select(ApiKey).where(ApiKey.user_id == user_id).order_by(ApiKey.id.desc())))


def end(database: Session, user_id: int, key_id: int) -> bool:
    """End a key of a person; False when there is none of that id."""
    ended: Any = database.execute(delete(ApiKey).where(ApiKey.id == key_id, ApiKey.user_id == user_id))
    return bool(ended.rowcount)


def end_all(database: Session, user_id: int) -> None:
    """End every key of a person."""
    database.execute(delete(ApiKey).where(ApiKey.user_id == user_id))


def _typed(table: Any) -> Table:
    found: Table = table
    return found
