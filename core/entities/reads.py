"""The statements of lists. Each is built and judged once for all who ask alike, and asked with the values of each.

What makes statements differ is in the key under which one is kept: the entity, what is read and in which order, how
something is looked for. What was typed never is: it is given when the statement is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from core.branches.gate import standing
from core.entities import counting, seeking
from core.entities.filters import clean, condition
from core.entities.searching import searched, sought_in
from core.entities.spanning import across, spans
from core.entities.spec import Entity
from core.search.asking import Bound, Sought, by_name

if TYPE_CHECKING:
    from core.entities.query import ListQuery

MOST = 500
"""Statements that a process keeps."""
_kept: dict[Hashable, Any] = {}
Ordered = Callable[[Select[Any]], Sequence[Select[Any]]]
"""What makes of the select of a list those that are asked one after the other until there is enough."""
MANY, BY_THE_WAY, APART = "many", "by the way", "apart"
_LIMIT = bindparam("most", type_=Integer)


def remembered(key: Hashable, make: Callable[[], Sequence[Select[Any]]]) -> Sequence[Select[Any]]:
    """The statements of a key, made when nobody has asked for them yet; `key` says all that they are made of.

    Whatever differs from one asking to the next stands in them as a `bindparam`.
    """
    found: Sequence[Select[Any]] | None = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST:
            _kept.clear()
        found = _kept[key] = tuple(standing(each) for each in make())
    return found


def narrowed(
    entity: Entity, query: ListQuery, asked: Sought | None = None, bound: Bound | None = None
) -> Select[Any]:
    """The unordered SELECT of a list; `asked` and `bound` as `searched` takes them."""
    statement = select(entity.model).where(*across(entity))
    if query.branch is not None:
        statement = statement.where(entity.model.branch_id == query.branch)
    if entity.criteria is not None:
        statement = statement.where(*entity.criteria())
    if query.search:
        statement = searched(entity, statement, query.search, asked, bound)
    for each in query.filters:
        statement = statement.where(condition(entity, each))
    return statement


class Reads:
    """What is read of one list. `only` names the attributes wanted, None stands for whole records.

    `asked` is what `sought_in` says of the query's search, where that is known already.
    """

    def __init__(
        self,
        session: Session,
        entity: Entity,
        query: ListQuery,
        only: Iterable[str] | None = None,
        asked: Sought | None = None,
    ) -> None:
        self.session, self.entity, self.query = session, entity, query
        self.only = None if only is None else tuple(dict.fromkeys(only))
        self._asked = asked or (sought_in(entity, query.search) if query.search else None)
        self._texts = self._asked.values() if self._asked is not None else {}

    @cached_property
    def is_whole(self) -> bool:
        """Whether the list shows all that the reader may see of an entity."""
        return self._is_plain and not self.query.search

    @property
    def _is_plain(self) -> bool:
        """Whether nothing but a search narrows the list. Of what else does, the values are part of the statement."""
        return self.entity.criteria is None and self.query.branch is None and not self.query.filters

    def rows(
        self,
        kind: Hashable,
        ordered: Ordered,
        limit: int,
        values: Mapping[str, Any],
        is_counted: bool = False,
    ) -> list[Any]:
        """At most `limit` rows. `kind` tells what `ordered` makes from anything else that is made of such a list.

        With `is_counted` a column more says in every row how many the list holds, as `core.entities.counting` does.
        """
        counted = self._counted_as(kind) if is_counted else ""

        def made() -> Sequence[Select[Any]]:
            return [each.limit(_LIMIT) for each in ordered(self._selected(counted))]

        key = self._key((kind, counted, counting.COUNT_CAP))
        found: list[Any] = []
        for statement in remembered(key, made) if self._is_plain else made():
            given = {**self._texts, **values, _LIMIT.key: limit - len(found)}
            found += self.session.execute(statement, given)
            if len(found) >= limit:
                break
        return found

    def count(self) -> int:
        """How many rows there are, counted up to a bound."""

        def made() -> Sequence[Select[Any]]:
            return [select(counting.counted(self.entity, self._narrowed))]

        key = self._key(("count", counting.COUNT_CAP))
        statement = (remembered(key, made) if self._is_plain else made())[0]
        return int(self.session.scalar(statement, self._texts) or 0)

    def _key(self, how: Hashable) -> Hashable:
        asked = self._asked.terms if self._asked is not None else bool(clean(self.query.search))
        return (self.entity.serial, spans(self.entity), asked, self.only, how)

    @cached_property
    def _narrowed(self) -> Select[Any]:
        return narrowed(self.entity, self.query, self._asked, by_name())

    def _counted_as(self, kind: Hashable) -> str:
        """How a list is counted beside its rows. What is found by tokens lies in no order: it is all read for the
        first of its rows, and so counted by the way, unless the rows begin behind a place. Of what a single character
        finds there is too much to hold."""
        if self.is_whole and counting.is_large(self.session, self.entity):
            return MANY
        words = clean(self.query.search).split()
        is_narrow = bool(words) and all(len(each) > 1 for each in words)
        return BY_THE_WAY if is_narrow and not seeking.is_behind(kind) else APART

    def _selected(self, counted: str) -> Select[Any]:
        found, model = self._narrowed, self.entity.model
        if self.only is not None:
            found = found.with_only_columns(*(getattr(model, name) for name in self.only))
        if counted == MANY:
            return found.add_columns(counting.many())
        if counted == BY_THE_WAY:
            return found.add_columns(func.count().over())
        return found.add_columns(counting.counted(self.entity, self._narrowed)) if counted else found
