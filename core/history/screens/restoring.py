"""Bringing back: an earlier version of a record as a new change, and a record that was deleted.

Who may edit a record may restore an earlier version of it, as far as its form would let them enter the values; who may
delete records may bring deleted ones back. Posted facts have neither.

A deleted row is gone from its table; its entry holds all that stood there, and bringing back puts it in again under
its old id. So unique values and references are judged by the database itself, at both moments: no list, sum or
constraint has to know of rows that are there and yet are not, and the row gate stamps and checks the row as any new
one. What was deleted with it (by a cascade of the session) comes back with it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import inspect as sa_inspect
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.scope import ScopeError
from core.data import Base, Posted, UserError
from core.data.marks import N_
from core.entities import service
from core.entities.changing import demand_open
from core.entities.forms import is_written
from core.entities.spec import Entity
from core.history.models import ADD, BRING_BACK, DELETE, RESTORE, HistoryEntry
from core.history.screens.reading import of_record, scope_of
from core.history.values import SECRET_VALUE, model_of, typed
from core.history.writing import described

MOST_ENTRIES = 1_000
BEFORE_ALL = 0
"""Stands for the version before the first entry, where that one tells of a change and not of the beginning."""
UNKNOWN = (SECRET_VALUE, "…")
NO_DIFFERENCE = N_("The record stands like this already, so nothing was changed.")
TOO_LONG_AGO = N_(
    "This version is too many changes ago. Restore a later one first, or enter the values by hand."
)
NO_PLACE = N_(
    "This record cannot be brought back: something has taken its place, or what it belonged to is gone. "
    "Enter it anew."
)


def restore(session: Session, entity: Entity, record: Any, entry_id: int) -> None:
    """Give a record the values that it had after an entry, as a new change; the caller commits.

    Raises NotFound for an entry that is not about this record, and UserError for what the entity's check or the
    database refuses, and where the record stands like this already.
    """
    values = _version(session, entity, record, entry_id)
    form = _Given({name: value for name, value in values.items() if value != getattr(record, name)})
    if not form:
        raise UserError(NO_DIFFERENCE, status=409)
    with described(RESTORE, version=entry_id):
        service.save(session, entity, record, cast(Any, form))


class _Given(dict[str, Any]):
    """Values in place of a judged form."""

    def __getitem__(self, name: str) -> Any:
        return SimpleNamespace(data=super().__getitem__(name))


def _version(session: Session, entity: Entity, record: Any, entry_id: int) -> dict[str, Any]:
    reads = of_record(session, entity, record.id, limit=MOST_ENTRIES)
    entries = [each.entry for each in reads]
    known = {each.id for each in entries} | ({BEFORE_ALL} if entries and entries[-1].action != ADD else set())
    if len(entries) == MOST_ENTRIES and entry_id not in known - {BEFORE_ALL}:
        raise UserError(TOO_LONG_AGO, status=409)
    if entry_id not in known:
        raise NotFound
    later = [each for each in reversed(entries) if each.id > entry_id]
    until = [each for each in entries if each.id <= entry_id]
    values: dict[str, Any] = {}
    for each in entity.fields:
        if not is_written(entity, each, record) or not any(each.name in one.changes for one in later):
            continue
        found = _value_then(each.name, later, until)
        if found not in UNKNOWN:
            values[each.name] = typed(entity.column(each.name), found)
    return values


def _value_then(name: str, later: list[HistoryEntry], until: list[HistoryEntry]) -> Any:
    """What stood in a field: the old value of the first later change, else the new value of the last one before."""
    first = next(each.changes[name] for each in later if name in each.changes)
    if len(first) == 2:
        return first[0]
    return next((each.changes[name][-1] for each in until if name in each.changes), UNKNOWN[1])


def bring_back(session: Session, entity: Entity, deletion: HistoryEntry) -> None:
    """Put a deleted record in again, with what was deleted together with it; the caller commits.

    Raises UserError when its place is taken, what it refers to is gone, or the entity's check or guard refuses it.
    """
    wanted = select(HistoryEntry).where(HistoryEntry.act == deletion.act, HistoryEntry.action == DELETE)
    with scope_of(entity.model):
        together = session.scalars(wanted.where(HistoryEntry.record_id.is_not(None))).all()
    order = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
    try:
        with described(BRING_BACK, version=deletion.id), session.no_autoflush:
            for each in sorted(together, key=lambda one: (order.get(one.table_name, 0), one.id)):
                row = _row(each)
                session.add(row)
                session.flush()
                if each.id == deletion.id:
                    _judge(entity, row)
    except (IntegrityError, ScopeError):
        session.rollback()
        raise UserError(NO_PLACE, status=409) from None


def would_be_open(entity: Entity, deletion: HistoryEntry) -> bool:
    """Whether a deleted record lies within what the reader may change, as far as its guard can tell from its values."""
    try:
        demand_open(entity, _row(deletion))
    except UserError:
        return False
    return True


def _judge(entity: Entity, row: Any) -> None:
    """Much may have changed since the deletion: the record is judged as one that is entered now."""
    demand_open(entity, row)
    if entity.check is not None:
        entity.check(row)


def _row(entry: HistoryEntry) -> Any:
    model = model_of(_table(entry.table_name))
    if model is None or issubclass(model, Posted):
        raise UserError(NO_PLACE, status=409)
    columns = sa_inspect(model).columns
    values = {
        name: typed(columns[name], change[0])
        for name, change in entry.changes.items()
        if name in columns and change[0] not in UNKNOWN
    }
    return model(id=entry.record_id, **values)


def _table(name: str) -> Any:
    return Base.metadata.tables.get(name)
