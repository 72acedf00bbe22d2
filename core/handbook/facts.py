"""The facts that a rule looks at: a record's fields by name, those of what it points to by dotted name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import inspect as sa_inspect
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.spec import Entity
from core.handbook.conditions import target_of

BEFORE = "before."
"""`before.kind` is what stood in the field before this change; None of a new record."""


class FactsOf(Mapping[str, Any]):
    """Reads a record when asked, and remembers in `seen` what it was asked for: a rule's inputs.

    `more` are facts beside the record's fields, such as what is counted up. NoFieldError for what is none.
    """

    def __init__(
        self,
        session: Session,
        entity: Entity,
        record: Any,
        entities: Mapping[str, Entity],
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self._session, self._entity, self._record, self._entities = session, entity, record, entities
        self.entity = entity
        self._more = dict(more or {})
        self.seen: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.seen:
            self.seen[name] = self._more[name] if name in self._more else self._read(name)
        return self.seen[name]

    @property
    def record_id(self) -> int | None:
        """None of a record that is new."""
        return getattr(self._record, "id", None)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._more, *self._entity.by_name))

    def __len__(self) -> int:
        return len(self._more) + len(self._entity.by_name)

    def _read(self, name: str) -> Any:
        if name.startswith(BEFORE):
            return self._before(name.removeprefix(BEFORE))
        fact = self._entity.fact_of.get(name)
        if fact is not None:
            with self._session.no_autoflush:
                return fact.of(self._session, self._record)
        target = target_of(self._entity, name, self._entities)
        here = self._record
        for column, entity in target.way:
            here = self._pointed_at(here, column, entity)
            if here is None:
                return None
        return _value(target.entity, here, target.name)

    def _pointed_at(self, record: Any, column: str, entity: Entity) -> Any:
        """The row of a reference, narrowed by the gate as every read is."""
        wanted = getattr(record, column)
        if wanted is None:
            return None
        with self._session.no_autoflush:
            return self._session.scalar(select(entity.model).where(entity.model.id == int(wanted)))

    def _before(self, name: str) -> Any:
        state = sa_inspect(self._record)
        if state.transient or state.pending:
            return None
        with self._session.no_autoflush:
            held = state.attrs[name].load_history()
        return held.deleted[0] if held.deleted else getattr(self._record, name)


def _value(entity: Entity, record: Any, name: str) -> Any:
    each = entity.by_name.get(name)
    return each.value(record) if each is not None and each.value is not None else getattr(record, name)
