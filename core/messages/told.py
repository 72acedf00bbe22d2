"""What a notice rule wanted told is told: its message went out, was said on the telephone, is not wanted, or there is
no way to anybody. Packages above that wait for it add themselves to `LISTENERS` when they are imported."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from core.branches.scope import branch_scope
from core.messages.models import Outgoing

LISTENERS: list[Callable[[Session, str, str, int], None]] = []
"""Called with the rule, the entity and the record that were told of; in the transaction, and in the record's branch."""


def told(session: Session, rule: str, entity: str, record_id: int) -> None:
    """Say in the active branch that what a rule wanted told of a record is told."""
    for listener in LISTENERS if rule else ():
        listener(session, rule, entity, record_id)


def message_told(session: Session, number: int) -> None:
    """Say it of a message, wherever its branch is not the active one: of the sender's."""
    row = session.get_one(Outgoing, number)
    with branch_scope(row.branch_id):
        told(session, row.rule or "", row.entity, row.record_id)
