"""Every flush of the project's sessions writes what it changed: one statement, and no look at each row.

Old values are those that the session holds. Where it holds none (the row was expired, or is deleted unread), they are
read for all such rows of a table at once, before the flush.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table, event, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.base import NO_VALUE

from core.branches.gate import CHECKED
from core.branches.models import BranchOwned
from core.data import UserError
from core.data.database import GatedSession
from core.data.marks import N_
from core.history.models import ADD, DELETE, EDIT, HistoryEntry, HistoryHead
from core.history.values import is_recorded_model, kept, recorded_columns
from core.history.writing import OWN, Told, tell

REFUSED = N_("The history cannot be changed.")
AT_ONCE = 500
_BEFORE = "zhidu_history_before"
Before = dict[int, dict[str, Any]]
"""By the id() of a row's state: attribute -> the value that the session did not hold."""


def _look_before(session: Session, _context: Any, _instances: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, HistoryEntry | HistoryHead):
            raise UserError(REFUSED, status=409)
    session.info[_BEFORE] = _values_not_held(session)


def _values_not_held(session: Session) -> Before:
    missing: dict[Any, dict[int, InstanceState[Any]]] = {}
    for row in _recorded((*session.dirty, *session.deleted)):
        state = sa_inspect(row)
        if row in session.deleted:
            unknown = any(key not in state.dict for key in recorded_columns(state.mapper))
        else:
            unknown = any(
                old is NO_VALUE and key in recorded_columns(state.mapper)
                for key, old in state.committed_state.items()
            )
        if unknown and state.identity is not None and len(state.identity) == 1:
            missing.setdefault(state.mapper, {})[state.identity[0]] = state
    found: Before = {}
    for mapper, states in missing.items():
        for key, values in _read(session, mapper, list(states)):
            found[id(states[key])] = values
    return found


def _read(session: Session, mapper: Any, ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    columns = recorded_columns(mapper)
    table: Table = mapper.local_table
    key = mapper.primary_key[0]
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(key, *columns.values()).where(table.c[key.name].in_(ids[start : start + AT_ONCE]))
        for row in session.execute(wanted, execution_options={CHECKED: True, OWN: True}):
            yield row[0], dict(zip(columns, row[1:], strict=True))


def _write_after(session: Session, _context: Any) -> None:
    before: Before = session.info.pop(_BEFORE, {})
    told = [_added(row) for row in _recorded(session.new)]
    told += [
        each
        for row in _recorded(session.dirty)
        if row not in session.deleted and (each := _edited(row, before)).changes
    ]
    told += [_deleted(row, before) for row in _recorded(session.deleted)]
    tell(session, told)


def _recorded(rows: Iterable[Any]) -> Iterator[Any]:
    return (row for row in rows if is_recorded_model(type(row)))


def _added(row: Any) -> Told:
    state = sa_inspect(row)
    changes = {
        key: [None, kept(column, state.dict[key])]
        for key, column in _shown_columns(state).items()
        if state.dict.get(key) is not None
    }
    for key, (_removed, added) in _links(state):
        changes[key] = [None, added]
    return _told(ADD, row, changes)


def _edited(row: Any, before: Before) -> Told:
    state = sa_inspect(row)
    columns, unknown = recorded_columns(state.mapper), before.get(id(state), {})
    changes: dict[str, list[Any]] = {}
    for key, held in state.committed_state.items():
        if key not in columns:
            continue
        old = unknown.get(key) if held is NO_VALUE else held
        if key not in state.dict:  # set to an expression, which only the database knows
            changes[key] = [kept(columns[key], old), "…"]
        elif old != state.dict[key]:
            changes[key] = [kept(columns[key], old), kept(columns[key], state.dict[key])]
    for key, (removed, added) in _links(state):
        changes[key] = [removed, added]
    return _told(EDIT, row, changes)


def _deleted(row: Any, before: Before) -> Told:
    state = sa_inspect(row)
    values = {**before.get(id(state), {}), **state.dict}
    values.update({key: old for key, old in state.committed_state.items() if old is not NO_VALUE})
    changes = {
        key: [kept(column, values[key]), None]
        for key, column in _shown_columns(state).items()
        if values.get(key) is not None
    }
    return _told(DELETE, row, changes)


def _shown_columns(state: InstanceState[Any]) -> dict[str, Any]:
    """All recorded columns but the branch of a branch's own row, which the entry has itself."""
    columns = recorded_columns(state.mapper)
    if not issubclass(state.class_, BranchOwned):
        return columns
    return {key: column for key, column in columns.items() if key != "branch_id"}


def _links(state: InstanceState[Any]) -> Iterator[tuple[str, tuple[list[Any], list[Any]]]]:
    """What was linked and unlinked over tables between (many to many), as ids."""
    for relation in state.mapper.relationships:
        if relation.secondary is None or relation.viewonly:
            continue
        history = state.attrs[relation.key].history
        if history.added or history.deleted:
            yield relation.key, (_ids(history.deleted), _ids(history.added))


def _ids(rows: Any) -> list[Any]:
    return [getattr(each, "id", None) for each in rows or ()]


def _told(action: str, row: Any, changes: dict[str, Any]) -> Told:
    held = sa_inspect(row).dict
    record_id = held.get("id")
    return Told(
        action,
        row.__table__.name,
        record_id if isinstance(record_id, int) else None,
        changes,
        branch_id=held.get("branch_id"),
    )


event.listen(GatedSession, "before_flush", _look_before)
event.listen(GatedSession, "after_flush", _write_after)
