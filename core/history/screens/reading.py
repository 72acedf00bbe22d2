"""Finds entries: of one record, for whoever may see it; and of everything, within the reader's scope."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Exists, Select, func, select
from sqlalchemy.orm import Session, aliased

from core.branches.models import BranchOwned
from core.branches.scope import current_scope, enter, leave, system_scope
from core.entities.filters import MAX_ID
from core.entities.spec import Entity
from core.history.models import ADD, DELETE, HistoryEntry
from core.people.access import current_person

_FOR = aliased(User)


@dataclass(frozen=True)
class Read:
    """An entry with the names of who did it and for whom; empty where nobody is known."""

    entry: HistoryEntry
    who: str
    on_behalf_of: str


@contextlib.contextmanager
def scope_of(model: type[Any]) -> Iterator[None]:
    """Where the entries about a record stand that was found already: a company-wide record's are of every branch."""
    if issubclass(model, BranchOwned):
        yield
    else:
        with system_scope("the history of a record of the whole company"):
            yield


def of_record(
    session: Session,
    entity: Entity,
    record_id: int,
    *,
    limit: int,
    offset: int = 0,
    placed: Callable[[Select[Any]], Select[Any]] | None = None,
) -> Sequence[Read]:
    """The entries about a record, latest first. Of an id that was given out twice, only the present record's.

    `placed` narrows and orders the statement otherwise.
    """
    table = entity.model.__table__.name
    earlier = aliased(HistoryEntry)
    first = select(func.max(earlier.id)).where(
        earlier.table_name == table, earlier.record_id == record_id, earlier.action == ADD
    )
    statement = _with_names().where(
        HistoryEntry.table_name == table,
        HistoryEntry.record_id == record_id,
        HistoryEntry.id >= func.coalesce(first.scalar_subquery(), 0),
    )
    ordered = placed(statement) if placed is not None else statement.order_by(HistoryEntry.id.desc())
    with scope_of(entity.model):
        return _read(session, ordered.limit(limit).offset(offset))


def deletion_of(session: Session, entity: Entity, record_id: int) -> HistoryEntry | None:
    """The latest entry that tells of a record's deletion."""
    table = entity.model.__table__.name
    wanted = select(HistoryEntry).where(
        HistoryEntry.table_name == table, HistoryEntry.record_id == record_id, HistoryEntry.action == DELETE
    )
    with scope_of(entity.model):
        return (
            session.scalar(wanted.order_by(HistoryEntry.id.desc()).limit(1)) if record_id <= MAX_ID else None
        )


def deletions(session: Session, entity: Entity, *, limit: int, offset: int) -> Sequence[Read]:
    """What is deleted of an entity and did not come back since, latest first."""
    table = entity.model.__table__.name
    wanted = _with_names().where(HistoryEntry.table_name == table, HistoryEntry.action == DELETE)
    wanted = wanted.where(HistoryEntry.record_id.is_not(None), ~_there_again(table))
    with scope_of(entity.model):
        return _read(session, wanted.order_by(HistoryEntry.id.desc()).limit(limit).offset(offset))


def _there_again(table: str) -> Exists:
    """Whether something was done to the record of an entry later: it came back, or its id was given out again."""
    later = aliased(HistoryEntry)
    same = (later.table_name == table, later.record_id == HistoryEntry.record_id, later.id > HistoryEntry.id)
    return select(later.id).where(*same).correlate(HistoryEntry).exists()


@dataclass(frozen=True)
class Wanted:
    """What the list of everything is narrowed to. Days are those of `time_zone`, both included."""

    user_id: int | None = None
    branch_id: int | None = None
    table_names: tuple[str, ...] = ()
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None
    time_zone: str = "Asia/Shanghai"


@contextlib.contextmanager
def reader_scope() -> Iterator[None]:
    """Who administers the whole company reads the history of every branch; others that of theirs.

    The active branch stays what it is, as rights and switches are asked for it.
    """
    person = current_person()
    if person is None or not person.everything:
        yield
        return
    token = enter(replace(current_scope(), system=True, reason="an administrator reads the history"))
    try:
        yield
    finally:
        leave(token)


def everything(session: Session, wanted: Wanted, *, limit: int, offset: int) -> Sequence[Read]:
    """The entries that fit, latest first, within the reader's scope."""
    statement = _with_names()
    if wanted.user_id is not None:
        statement = statement.where(HistoryEntry.user_id == wanted.user_id)
    if wanted.branch_id is not None:
        statement = statement.where(HistoryEntry.branch_id == wanted.branch_id)
    if wanted.table_names:
        statement = statement.where(HistoryEntry.table_name.in_(wanted.table_names))
    if wanted.action:
        statement = statement.where(HistoryEntry.action == wanted.action)
    if wanted.first_day is not None:
        statement = statement.where(HistoryEntry.at >= _midnight(wanted.first_day, wanted.time_zone))
    if wanted.last_day is not None and wanted.last_day < date.max:
        end = wanted.last_day + timedelta(days=1)
        statement = statement.where(HistoryEntry.at < _midnight(end, wanted.time_zone))
    with reader_scope():
        return _read(session, statement.order_by(HistoryEntry.id.desc()).limit(limit).offset(offset))


def one(session: Session, entry_id: int) -> Read | None:
    """An entry within the reader's scope, or None."""
    if entry_id > MAX_ID:
        return None
    with reader_scope():
        return next(iter(_read(session, _with_names().where(HistoryEntry.id == entry_id))), None)


def _with_names() -> Select[Any]:
    return (
        select(HistoryEntry, User, _FOR)
        .outerjoin(User, User.id == HistoryEntry.user_id)
        .outerjoin(_FOR, _FOR.id == HistoryEntry.for_user_id)
    )


def _read(session: Session, statement: Select[Any]) -> Sequence[Read]:
    return [Read(entry, _name(who), _name(other)) for entry, who, other in session.execute(statement)]


def _name(user: User | None) -> str:
    if user is None:
        return ""
    return f"{user.last_name}{user.first_name}".strip() or str(user.username)


def _midnight(day: date, time_zone: str) -> datetime:
    try:
        return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.min, UTC)
