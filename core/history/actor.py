"""Who acts, from where, and for whom: read where a change is written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace

from flask import g, has_request_context, request

COMMAND = "command"
LONGEST_ORIGIN = 60


@dataclass(frozen=True)
class Actor:
    """`user_id` None: nobody who is known. `origin`: an address, `command`, or `job` with its number."""

    user_id: int | None = None
    for_user_id: int | None = None
    origin: str = COMMAND


_actor: ContextVar[Actor | None] = ContextVar("zhidu_actor", default=None)
_acted_for: ContextVar[int | None] = ContextVar("zhidu_acted_for", default=None)


def current_actor() -> Actor:
    """The person of the request; else who `acting` names; else a command of nobody."""
    set_here = _actor.get()
    if set_here is not None:
        found = set_here
    elif has_request_context():
        person = g.get("zhidu_person")
        origin = (request.remote_addr or "")[:LONGEST_ORIGIN]
        found = Actor(getattr(person, "user_id", None), getattr(person, "acting_for", None), origin)
    else:
        found = Actor()
    return found if found.for_user_id is not None else replace(found, for_user_id=_acted_for.get())


@contextlib.contextmanager
def acting(user_id: int | None, origin: str) -> Iterator[None]:
    """What is done inside is done by this person, from there: for jobs and commands."""
    token = _actor.set(Actor(user_id, None, origin[:LONGEST_ORIGIN]))
    try:
        yield
    finally:
        _actor.reset(token)


@contextlib.contextmanager
def acting_for(user_id: int | None) -> Iterator[None]:
    """What is done inside is done on behalf of this person (a delegation). A request's person may carry it, too."""
    token = _acted_for.set(user_id)
    try:
        yield
    finally:
        _acted_for.reset(token)
