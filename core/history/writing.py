"""Puts entries into the history, in the transaction of what they tell of; many with one statement."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session, SessionTransaction

from core.branches.gate import CHECKED
from core.branches.scope import current_scope, system_scope
from core.data import clock
from core.data.database import GatedSession
from core.history.actor import current_actor
from core.history.models import HistoryEntry
from core.history.values import plain

OWN = "zhidu_history_own"
_ACT = "zhidu_history_act"
QUIETLY = {CHECKED: True, OWN: True}
"""The options of the history's own statements."""


@dataclass(frozen=True)
class Told:
    """What an entry tells, before it is known by whom and when. `branch_id` is that of the row, where it has one."""

    action: str
    table_name: str
    record_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    branch_id: int | None = None


_described: ContextVar[tuple[str, dict[str, Any]] | None] = ContextVar("zhidu_described", default=None)


@contextlib.contextmanager
def described(action: str, **details: Any) -> Iterator[None]:
    """Changes inside are told as `action` instead of as adding or editing, with `details`."""
    token = _described.set((action, details))
    try:
        yield
    finally:
        _described.reset(token)


def tell(session: Session, told: Sequence[Told]) -> None:
    """Write entries now, in the session's transaction."""
    if not told:
        return
    rows: Any = [_row(session, each) for each in told]
    if len(rows) == 1:
        rows = rows[0]  # a list, be it of one, costs a round trip more
    if current_scope().active is None and not current_scope().system:
        with system_scope("the history of what is done outside every branch"):
            session.execute(insert(HistoryEntry.__table__), rows, execution_options=QUIETLY)  # type: ignore[arg-type]
    else:
        session.execute(insert(HistoryEntry.__table__), rows, execution_options=QUIETLY)  # type: ignore[arg-type]


def note(
    session: Session, action: str, table_name: str = "", record_id: int | None = None, **details: Any
) -> None:
    """Write down something that changes no row: a log-in, an export, a print. The caller commits.

    `table_name` is that of what it was done to. What stands in `details` is shown to administrators.
    """
    tell(session, [Told(action, table_name, record_id, details=details)])


def _row(session: Session, told: Told) -> dict[str, Any]:
    scope, actor, how = current_scope(), current_actor(), _described.get()
    action, more = how if how is not None and told.action != "delete" else (told.action, {})
    reason = {"reason": scope.reason} if scope.system and scope.reason else {}
    return {
        "branch_id": told.branch_id if scope.system else scope.active,
        "at": clock.now(),
        "user_id": actor.user_id,
        "for_user_id": actor.for_user_id,
        "origin": actor.origin,
        "act": act_of(session),
        "action": action,
        "table_name": told.table_name,
        "record_id": told.record_id,
        "changes": told.changes,
        "details": plain({**reason, **told.details, **more}),
    }


def act_of(session: Session) -> str:
    """The name of the session's present transaction, the same for all of its entries."""
    known: str = session.info.setdefault(_ACT, secrets.token_hex(8))
    return known


def _forget_act(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_ACT, None)


event.listen(GatedSession, "after_transaction_end", _forget_act)
