"""A session tells PostgreSQL in which branch it acts, before its statements: what row-level security goes by.

The settings hold for the transaction, so a connection that goes back to the pool keeps none. They are told again only
when the scope has changed, which is one short statement in nearly every transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, event, func, text, true
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from core.branches.protection.postgresql import ACTIVE, READABLE, SYSTEM
from core.branches.scope import NOWHERE, Scope, current_scope
from core.data.database import GatedSession

TOLD = "zhidu_told_scope"
_TELL = text(
    f"SELECT set_config('{READABLE}', :readable, true), set_config('{ACTIVE}', :active, true),"
    f" set_config('{SYSTEM}', :system, true)"
)


def settings_of(scope: Scope) -> dict[str, str]:
    """The scope as the texts that the policies read; nowhere is what reads as no branch at all."""
    return {
        "readable": ",".join(map(str, scope.readable)),
        "active": "" if scope.active is None else str(scope.active),
        "system": "on" if scope.system else "off",
    }


def is_told(session: Session) -> bool:
    """Whether the database asks for it at all: PostgreSQL does."""
    return session.get_bind().dialect.name == "postgresql"


def tell(session: Session) -> None:
    """Tell the database the present scope, unless this transaction was told it last; told nothing, it sees nothing."""
    scope = current_scope()
    if session.info.get(TOLD, NOWHERE) == scope or not is_told(session):
        return
    session.connection().execute(_TELL, settings_of(scope))
    session.info[TOLD] = scope


def telling_columns() -> tuple[ColumnElement[str], ...]:
    """Columns that tell PostgreSQL a scope, given as `settings_of`, where a statement finds a row."""
    names = {"readable": READABLE, "active": ACTIVE, "system": SYSTEM}
    return tuple(
        func.set_config(setting, bindparam(given, type_=Text), true()) for given, setting in names.items()
    )


def note_told(session: Session, scope: Scope | None) -> None:
    """A statement with `telling_columns` has told the database this scope; None where that is not known."""
    session.info[TOLD] = scope


def _before_statement(execution: ORMExecuteState) -> None:
    tell(execution.session)


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    tell(session)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was told ends with its transaction, and is taken back with its savepoint."""
    if transaction.parent is None:
        session.info.pop(TOLD, None)
    elif transaction.nested:
        session.info[TOLD] = None


event.listen(GatedSession, "do_orm_execute", _before_statement)
event.listen(GatedSession, "before_flush", _before_flush)
event.listen(GatedSession, "after_transaction_end", _forget)
