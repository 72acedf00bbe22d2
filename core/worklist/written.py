"""What is written, whoever writes it, told to the rules that administrators wrote: by a form, a sheet, a move, a
department's own service, or a run over thousands.

Flushes and set-wise statements are watched. What some own rule waits for is told in sets when the transaction is about
to end, so that everything which belongs to a record is there; without such a rule nothing is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flask import has_app_context
from sqlalchemy import Update, event, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from core.branches import setwise
from core.branches.gate import CHECKED
from core.branches.models import BranchOwned
from core.branches.scope import branch_scope, current_branch_id
from core.data.database import GatedSession
from core.entities.spec import Entity
from core.handbook.own.moments import ADDED, state_field
from core.handbook.own.rules import awaited
from core.installation import installation
from core.people.rights.snapshot import is_changing
from core.worklist.events import Written, own_happened

_NOTED, _AWAITED = "zhidu_written", "zhidu_awaited"
Noted = dict[tuple[str, str, int], Written]
"""By entity, moment and branch."""


def _awaited(session: Session) -> frozenset[tuple[str, str]]:
    """What own rules wait for; where nobody remembers it from request to request, read once a transaction."""
    if not has_app_context():
        return frozenset()
    known: frozenset[tuple[str, str]] | None = session.info.get(_AWAITED)
    if known is None or is_changing(session):
        known = session.info[_AWAITED] = awaited(session)
    return known


def _moments_of(session: Session, model: type[Any]) -> Iterator[tuple[Entity, str]]:
    """What own rules wait for of rows of a model: that they are added, or become something."""
    if not issubclass(model, BranchOwned) or model.__module__.startswith("core."):
        return  # the shell's own objects are no matter of own rules
    for entity_id, moment in _awaited(session):
        entity = installation().entities.get(entity_id)
        if entity is not None and entity.model is model:
            yield entity, moment


def _is_watched(session: Session, model: Any) -> bool:
    return any(True for _each in _moments_of(session, model))


def _note(session: Session, entity: Entity, moment: str, branch_id: int) -> Written:
    noted: Noted = session.info.setdefault(_NOTED, {})
    return noted.setdefault((entity.id, moment, branch_id), Written())


# ---------------------------------------------------------------- row by row


def _after_flush(session: Session, _context: Any) -> None:
    for rows, is_new in ((session.new, True), (session.dirty, False)):
        for model, some in _by_model(rows):
            for entity, moment in _moments_of(session, model):
                field = state_field(entity)
                for row in some:
                    if is_new if moment == ADDED else _became(row, field, moment, is_new):
                        _note(session, entity, moment, row.branch_id).ids.add(row.id)


def _became(row: Any, field: str, moment: str, is_new: bool) -> bool:
    """Whether this flush put the state into a row."""
    state = inspect(row)
    if not field or state.dict.get(field) != moment:
        return False
    return is_new or (field in state.committed_state and state.committed_state[field] != moment)


def _by_model(rows: Iterable[Any]) -> list[tuple[type[Any], list[Any]]]:
    found: dict[type[Any], list[Any]] = {}
    for row in rows:
        if isinstance(row, BranchOwned):
            found.setdefault(type(row), []).append(row)
    return list(found.items())


# ---------------------------------------------------------------- by the thousand


def _observe(session: Session, written: setwise.Written) -> None:
    if not written.ids and written.span is None:
        return
    for entity, moment in _moments_of(session, written.model):
        noted = _note(session, entity, moment, current_branch_id())
        noted.ids.update(written.ids)
        if written.span is not None:
            noted.spans.append(written.span)


def _before_change(
    session: Session, model: Any, statement: Any, chosen: Sequence[Any]
) -> Callable[[], None] | None:
    """Of an UPDATE of the state, the rows that it is about to reach, and that are not there already."""
    if not isinstance(statement, Update):
        return None
    values = {getattr(key, "key", key) for key in statement._values or {}}
    waiting = [each for each in _moments_of(session, model) if state_field(each[0]) in values]
    if not waiting:
        return None
    table = setwise.table_of(model)
    for entity, moment in waiting:
        others = table.c[state_field(entity)] != moment
        found = select(table.c.id).where(*chosen, others)
        ids = session.scalars(found, execution_options={CHECKED: True})
        _note(session, entity, moment, current_branch_id()).ids.update(ids)
    return None


# ---------------------------------------------------------------- at the end


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    noted: Noted = session.info.pop(_NOTED, {})
    for (entity_id, moment, branch_id), rows in noted.items():
        entity = installation().entities[entity_id]
        if moment == ADDED or state_field(entity):
            with branch_scope(branch_id):
                own_happened(session, entity, moment, rows)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_NOTED, None)
        session.info.pop(_AWAITED, None)


event.listen(GatedSession, "after_flush", _after_flush)
event.listen(GatedSession, "before_commit", _before_commit)
event.listen(GatedSession, "after_transaction_end", _forget)
setwise.watch(_observe, wants_ids=_is_watched, wants_span=_is_watched, before_change=_before_change)
