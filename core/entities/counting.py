"""How many rows a list finds: counted up to COUNT_CAP, and not again and again where there are more.

Of a whole list, which nothing narrows, a process remembers for a minute that it holds more than COUNT_CAP. What is
shown of it, "10,000+", is the same after thousands of records more or less, and the count is dearer than the page.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from core.branches.models import BranchOwned
from core.branches.scope import current_scope
from core.entities.spec import Entity
from core.ui import format as shown

COUNT_CAP = 10_000
GLANCE_CAP = 1_000
"""How far is counted what stands beside many other counts: a line of My work, a column of a board."""
REMEMBERED = 60.0
"""Seconds."""
_large: WeakKeyDictionary[Engine, dict[Any, float]] = WeakKeyDictionary()


def counted(entity: Entity, statement: Select[Any]) -> Any:
    """How many rows a statement finds, COUNT_CAP and one more at most."""
    ids = statement.with_only_columns(entity.model.id).limit(COUNT_CAP + 1).subquery()
    return select(func.count()).select_from(ids).scalar_subquery()


def first_of_each(
    session: Session,
    entity: Entity,
    parts: Mapping[str, Select[Any]],
    order: Sequence[Any],
    most: int,
    cap: int | None = None,
) -> tuple[dict[str, list[int]], dict[str, int]]:
    """The ids of the first records of each part of a list, and how many it has, `cap` (COUNT_CAP) and one more at most.

    One statement, bounded for each part. The branches are said in each: the gate does not look into every part of a
    union.
    """
    model = entity.model
    here = [model.branch_id.in_(current_scope().readable)] if issubclass(model, BranchOwned) else []
    cap = COUNT_CAP if cap is None else cap
    asked = []
    for name, part in parts.items():
        narrowed = part.where(*here).with_only_columns(model.id)
        counted = narrowed.limit(cap + 1).subquery()
        first = narrowed.order_by(*order).limit(most).subquery()
        count = select(func.count()).select_from(counted).scalar_subquery()
        asked.append(select(literal(name).label("part"), first.c.id.label("id"), count.label("count")))
    ids: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for name, one, count in session.execute(union_all(*asked)) if asked else ():
        ids.setdefault(name, []).append(one)
        counts[name] = count
    return ids, counts


def records_by_id(session: Session, entity: Entity, ids: Sequence[int]) -> dict[int, Any]:
    """The records of these ids that are there."""
    if not ids:
        return {}
    return {each.id: each for each in session.scalars(select(entity.model).where(entity.model.id.in_(ids)))}


def told(count: int, cap: int | None = None) -> str:
    """A count as it is read: `10,000+` for more than COUNT_CAP, or than the `cap` to which it was counted."""
    most = COUNT_CAP if cap is None else cap
    return f"{shown.number(most)}+" if count > most else shown.number(count)


def is_large(session: Session, entity: Entity) -> bool:
    """Whether a whole list is known to hold more than COUNT_CAP, so that nothing needs to be counted."""
    return time.monotonic() < _known(session).get(_key(entity), 0.0)


def many() -> Any:
    """What `counted` would answer of such a list."""
    return literal(COUNT_CAP + 1)


def note(session: Session, entity: Entity, count: int, is_whole: bool) -> None:
    """Remember a whole list that has just been found to be large; what is remembered is never put off."""
    known, now = _known(session), time.monotonic()
    if is_whole and count > COUNT_CAP and known.get(_key(entity), 0.0) <= now:
        known[_key(entity)] = now + REMEMBERED


def _known(session: Session) -> dict[Any, float]:
    bind: Any = session.get_bind()
    return _large.setdefault(bind.engine, {})


def _key(entity: Entity) -> Any:
    scope = current_scope()
    return entity.id, scope.readable, scope.system, COUNT_CAP
