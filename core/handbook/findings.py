"""Keeping what rules found: with the record that was saved, or after the transaction that was refused."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.branches.scope import branch_scope
from core.data.database import Database, GatedSession
from core.entities.service import TRIAL
from core.handbook.basis import Grounds, kept
from core.handbook.models import Finding

log = logging.getLogger(__name__)
WAITING = "zhidu_findings"
_silent: ContextVar[bool] = ContextVar("zhidu_findings_silent", default=False)


@dataclass(frozen=True)
class Found:
    """A finding before it is kept, in plain values."""

    grounds: Grounds
    branch_id: int
    entity: str
    subject_id: int | None
    day: date
    outcome: str
    inputs: dict[str, Any]
    result: dict[str, Any]
    user_id: int | None
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def url(self) -> str:
        """Where "why?" is answered."""
        return f"/core/handbook/why/finding/{self.key}"


@contextlib.contextmanager
def silently() -> Iterator[None]:
    """Inside, nothing is kept: for a dry run and a preview."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent(session: Session) -> bool:
    """Whether nothing is kept now: what happens is only tried."""
    return _silent.get() or bool(session.info.get(TRIAL))


def keep(session: Session, found: Found, subject_id: int | None = None) -> Finding | None:
    """Write a finding in the session's transaction; `subject_id` of a record that was new before."""
    if is_silent(session):
        return None
    made = Finding(
        key=found.key,
        branch_id=found.branch_id,
        basis_id=kept(session, found.grounds).id,
        rule=found.grounds.rule,
        entity=found.entity,
        subject_id=found.subject_id if subject_id is None else subject_id,
        day=found.day,
        outcome=found.outcome,
        inputs=found.inputs,
        result=found.result,
        user_id=found.user_id,
    )
    session.add(made)
    session.flush()
    return made


def keep_afterwards(session: Session, database: Database, found: Found) -> None:
    """Write a finding once the session's transaction has ended, whichever way: a refused save is rolled back."""
    if not is_silent(session):
        session.info.setdefault(WAITING, []).append((database, found))


def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is not None or WAITING not in session.info:
        return
    for database, found in session.info.pop(WAITING):
        try:
            with branch_scope(found.branch_id), database.sessions.begin() as own:
                keep(own, found)
        except Exception:  # a refusal stands, even where nobody can write it down
            log.exception("a finding of %s was not kept", found.grounds.rule)


event.listen(GatedSession, "after_transaction_end", _ended)
