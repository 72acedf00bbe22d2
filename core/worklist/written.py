"""What is written, whoever writes it, told to the rules that administrators wrote: by a form, a sheet, a department's
own service, or a run over thousands.

Flushes and set-wise statements are watched. What some own rule waits for is told in sets when the transaction is about
to end, so that everything which belongs to a record is there; without such a rule nothing is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.branches import setwise
from core.branches.models import BranchOwned
from core.branches.scope import branch_scope, current_branch_id
from core.data.database import GatedSession
from core.handbook.own.rules import ADDED, awaited
from core.installation import installation
from core.people.rights.snapshot import is_changing
from core.worklist.events import Written, own_happened

_NOTED, _AWAITED = "zhidu_written", "zhidu_awaited"
Noted = dict[tuple[str, int], Written]
"""By event and branch."""


def _awaited(session: Session) -> frozenset[tuple[str, str]]:
    """What own rules wait for; where nobody remembers it from request to request, read once a transaction."""
    if not has_app_context():
        return frozenset()
    known: frozenset[tuple[str, str]] | None = session.info.get(_AWAITED)
    if known is None or is_changing(session):
        known = session.info[_AWAITED] = awaited(session)
    return known


def _events_of(session: Session, model: type[Any]) -> list[str]:
    """The events of new rows of a model that own rules wait for."""
    if not issubclass(model, BranchOwned) or model.__module__.startswith("core."):
        return []  # the shell's own objects are no matter of own rules
    waiting = _awaited(session)
    entities = installation().entities if waiting else {}
    return [
        f"{entity}.{moment}"
        for entity, moment in waiting
        if moment == ADDED and entity in entities and entities[entity].model is model
    ]


def _is_watched(session: Session, model: Any) -> bool:
    return bool(_events_of(session, model))


def _note(session: Session, what: str, branch_id: int) -> Written:
    noted: Noted = session.info.setdefault(_NOTED, {})
    return noted.setdefault((what, branch_id), Written())


def _after_flush(session: Session, _context: Any) -> None:
    for model, rows in _by_model(session.new):
        for what in _events_of(session, model):
            for row in rows:
                _note(session, what, row.branch_id).ids.add(row.id)


def _by_model(rows: Iterable[Any]) -> list[tuple[type[Any], list[Any]]]:
    found: dict[type[Any], list[Any]] = {}
    for row in rows:
        if isinstance(row, BranchOwned):
            found.setdefault(type(row), []).append(row)
    return list(found.items())


def _observe(session: Session, written: setwise.Written) -> None:
    if not written.ids and written.span is None:
        return
    for what in _events_of(session, written.model):
        noted = _note(session, what, current_branch_id())
        noted.ids.update(written.ids)
        if written.span is not None:
            noted.spans.append(written.span)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    noted: Noted = session.info.pop(_NOTED, {})
    for (what, branch_id), rows in noted.items():
        with branch_scope(branch_id):
            own_happened(session, what, rows)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_NOTED, None)
        session.info.pop(_AWAITED, None)


event.listen(GatedSession, "after_flush", _after_flush)
event.listen(GatedSession, "before_commit", _before_commit)
event.listen(GatedSession, "after_transaction_end", _forget)
setwise.watch(_observe, wants_ids=_is_watched, wants_span=_is_watched)
