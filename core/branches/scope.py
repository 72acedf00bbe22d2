"""In which branch something acts. No scope means no rows."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from contextvars import ContextVar, Token
from dataclasses import dataclass

log = logging.getLogger(__name__)


class ScopeError(Exception):
    """Something reached for rows outside its branch. Always a fault of the program or an attack, never of data."""


@dataclass(frozen=True)
class Scope:
    """`active` is the branch that is written to, `readable` the branches whose rows are seen."""

    active: int | None = None
    readable: tuple[int, ...] = ()
    system: bool = False
    reason: str = ""


NOWHERE = Scope()
_scope: ContextVar[Scope] = ContextVar("zhidu_scope", default=NOWHERE)


def current_scope() -> Scope:
    return _scope.get()


def current_branch_id() -> int:
    """The active branch's id; raises ScopeError where there is none."""
    active = _scope.get().active
    if active is None:
        raise ScopeError("no branch is active here")
    return active


def enter(scope: Scope) -> Token[Scope]:
    """Set the scope until `leave`; for a request. Elsewhere use `branch_scope`."""
    return _scope.set(scope)


def leave(token: Token[Scope]) -> None:
    _scope.reset(token)


@contextlib.contextmanager
def branch_scope(branch_id: int) -> Iterator[None]:
    """Act in one branch: its rows are seen, and new rows are stamped with it."""
    token = _scope.set(Scope(active=branch_id, readable=(branch_id,)))
    try:
        yield
    finally:
        _scope.reset(token)


@contextlib.contextmanager
def system_scope(reason: str) -> Iterator[None]:
    """Act on the rows of every branch, for a stated reason, which is logged. New rows must name their branch."""
    if not reason:
        raise ScopeError("system_scope needs a reason")
    log.info("system scope: %s", reason)
    token = _scope.set(Scope(system=True, reason=reason))
    try:
        yield
    finally:
        _scope.reset(token)
