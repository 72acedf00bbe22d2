"""Events of a record from several tables in one order, found by the event that they follow: the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from core.data import UserError, UtcDateTime
from core.entities.filters import MAX_ID, instant, whole
from core.entities.spec import Entity
from core.files.models import StoredFile
from core.history.models import ADD, HistoryEntry
from core.history.screens.reading import Read, of_record
from core.people.rights.holding import name_of
from core.timeline.models import Message
from core.timeline.rights import works_with
from core.timeline.story import sources_of, story

HISTORY, MESSAGES, FILES, STORY = "history", "messages", "files", "story"
KINDS = (HISTORY, MESSAGES, FILES, STORY)
SIZE = 20
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where an event stands; of one instant, the days of the story follow files, files messages, and messages what was
    done."""

    at: datetime
    rank: int
    id: int

    def written(self) -> str:
        """For an address."""
        return f"{self.at.isoformat()}_{self.rank}_{self.id}"

    @property
    def key(self) -> tuple[datetime, int, int]:
        return self.at, self.rank, self.id


def read_place(text: str) -> Place | None:
    """A place from an address; None for what is none."""
    parts = text.split("_")
    try:
        at, rank, number = instant(parts[0]), whole(parts[1], len(KINDS)), whole(parts[2], MAX_ID)
    except (ValueError, IndexError, UserError):
        return None
    return Place(at, rank, number) if 1 <= at.year < 9999 and rank >= 0 and number >= 0 else None


@dataclass(frozen=True)
class Event:
    """One event: a history entry with its names, a message, a file or a day of the story, and who brought it."""

    kind: str
    place: Place
    row: Any
    who: str = ""


def events(
    session: Session, entity: Entity, record: Any, kinds: Sequence[str], before: Place | None = None
) -> tuple[list[Event], bool]:
    """At most SIZE events of those kinds before a place, and whether there are more; one statement for each kind, and
    for the story one for each entity that refers to the record."""
    readers: dict[str, Callable[..., list[Event]]] = {
        HISTORY: _history,
        MESSAGES: _messages,
        FILES: _files,
        STORY: _story,
    }
    found = [each for kind in kinds for each in readers[kind](session, entity, record, before)]
    found.sort(key=lambda each: each.place.key, reverse=True)
    return found[:SIZE], len(found) > SIZE


def _history(session: Session, entity: Entity, record: Any, before: Place | None) -> list[Event]:
    reads: Sequence[Read] = of_record(
        session,
        entity,
        record.id,
        limit=SIZE + 1,
        placed=lambda statement: _ordered(statement, HistoryEntry, HISTORY, before),
    )
    return [Event(HISTORY, Place(each.entry.at, 0, each.entry.id), each) for each in reads]


def _messages(session: Session, entity: Entity, record: Any, before: Place | None) -> list[Event]:
    own = and_(
        Message.entity == entity.id,
        Message.record_id == record.id,
        Message.at >= _beginning(entity, record),
    )
    others = [
        and_(Message.entity == each.entity.id, Message.record_id.in_(each.rows_of(record)))
        for each in sources_of(entity, record)
        if each.via and works_with(each.entity) and "delete" not in each.entity.rights
    ]
    wanted = select(Message, User).join(User, User.id == Message.user_id).where(or_(own, *others))
    found = session.execute(_ordered(wanted, Message, MESSAGES, before).limit(SIZE + 1))
    return [Event(MESSAGES, Place(each.at, 1, each.id), each, name_of(who)) for each, who in found]


def _files(session: Session, entity: Entity, record: Any, before: Place | None) -> list[Event]:
    wanted = select(StoredFile, User).outerjoin(User, User.id == StoredFile.uploaded_by)
    own = and_(StoredFile.entity == entity.id, StoredFile.record_id == record.id)
    others = [
        and_(StoredFile.entity == each.entity.id, StoredFile.record_id.in_(each.rows_of(record)))
        for each in sources_of(entity, record)
        if each.via and each.entity.files and "delete" not in each.entity.rights
    ]
    wanted = wanted.where(or_(own, *others), StoredFile.removed_at.is_(None))
    timed = _ordered(wanted, StoredFile, FILES, before, StoredFile.uploaded_at).limit(SIZE + 1)
    return [
        Event(FILES, Place(each.uploaded_at, 2, each.id), each, name_of(who) if who else "")
        for each, who in session.execute(timed)
    ]


def _story(session: Session, entity: Entity, record: Any, before: Place | None) -> list[Event]:
    found = [
        Event(STORY, Place(each.at, KINDS.index(STORY), each.key), each)
        for each in story(session, entity, record)
    ]
    if before is not None:
        found = [each for each in found if each.place.key < before.key]
    return sorted(found, key=lambda each: each.place.key, reverse=True)[: SIZE + 1]


def _ordered(
    statement: Select[Any], model: Any, kind: str, before: Place | None, at: Any = None
) -> Select[Any]:
    """The latest first; `before` is a place among all kinds, so of its instant only the lower ranks follow whole."""
    at = model.at if at is None else at
    if before is not None:
        rank = KINDS.index(kind)
        last = before.id if rank == before.rank else 0 if rank > before.rank else MAX_ID
        bound = tuple_(literal(before.at, at.type), literal(last, model.id.type))
        statement = statement.where(tuple_(at, model.id) < bound)
    return statement.order_by(at.desc(), model.id.desc())


def _beginning(entity: Entity, record: Any) -> Any:
    """When this record came to be: of an id that was given out twice, only the present record's messages count."""
    created = getattr(record, "created_at", None)
    if created is not None:
        return created
    first = _added(entity, [record.id]).with_only_columns(func.max(HistoryEntry.at))
    return func.coalesce(first.scalar_subquery(), literal(_LONG_AGO, UtcDateTime()))


def beginnings(session: Session, entity: Entity, records: Sequence[Any]) -> dict[int, datetime]:
    """The same for several records, by id; one statement where the records do not say it themselves."""
    own = {each.id: getattr(each, "created_at", None) for each in records}
    asked = [key for key, created in own.items() if created is None]
    entry = HistoryEntry
    latest = _added(entity, asked).with_only_columns(entry.record_id, func.max(entry.at))
    told = dict(session.execute(latest.group_by(entry.record_id)).all()) if asked else {}
    return {key: created or told.get(key, _LONG_AGO) for key, created in own.items()}


def _added(entity: Entity, record_ids: Sequence[int]) -> Select[Any]:
    """The entries of the history that say of these records that they were added."""
    table = entity.model.__table__.name
    return select(HistoryEntry).where(
        HistoryEntry.table_name == table, HistoryEntry.record_id.in_(record_ids), HistoryEntry.action == ADD
    )
