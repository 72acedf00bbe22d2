"""Conditions (`Is`, `Compares`, `AnyOf`) on the fields of a record, in Python and in SQL: both say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, and_, exists, not_, or_, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Entity
from core.handbook.comparing import lies, lies_in_sql
from core.handbook.kinds import AnyOf, Compares, Condition, Is


class NoFieldError(ValueError):
    """A condition names a field that is not there."""


@dataclass(frozen=True)
class Target:
    """Where a dotted field ends: the entity, the name of the field in it, and the references on the way."""

    entity: Entity
    name: str
    way: tuple[tuple[str, Entity], ...] = ()


def target_of(entity: Entity, path: str, entities: Mapping[str, Entity]) -> Target:
    """`account.customer_class` from a bill: the reference is named with or without its `_id`. Raises NoFieldError."""
    *steps, name = path.split(".")
    way: list[tuple[str, Entity]] = []
    here = entity
    for step in steps:
        column, found = _reference(here, step, entities)
        way.append((column, found))
        here = found
    if name not in here.by_name and _attribute(here, name) is None:
        raise NoFieldError(f"{here.id} has no field {name} (in {path})")
    return Target(here, name, tuple(way))


def _reference(entity: Entity, step: str, entities: Mapping[str, Entity]) -> tuple[str, Entity]:
    for name in (step, f"{step}_id"):
        each = entity.by_name.get(name)
        if each is not None and each.target:
            found = entities.get(each.target)
            if found is None:
                raise NoFieldError(f"{entity.id}.{name} points to {each.target}, which is no entity")
            return name, found
    raise NoFieldError(f"{entity.id} has no reference {step}")


def _attribute(entity: Entity, name: str) -> Any:
    return sa_inspect(entity.model).columns.get(name)


def holds(conditions: Sequence[Condition], facts: Mapping[str, Any]) -> bool:
    """Whether all conditions hold of a record's facts."""
    return all(_one_holds(each, facts) for each in conditions)


def _one_holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    if isinstance(condition, AnyOf):
        return any(_one_holds(each, facts) for each in condition.conditions)
    value = facts[condition.field]
    if isinstance(condition, Compares):
        return lies(condition, value) is not condition.but
    found = value in condition.values if condition.values else value not in (None, "")
    return found is not condition.but


def named_in(conditions: Iterable[Condition]) -> Iterator[str]:
    """The fields that conditions name."""
    for each in conditions:
        yield from named_in(each.conditions) if isinstance(each, AnyOf) else (each.field,)


def as_sql(
    entity: Entity, conditions: Sequence[Condition], entities: Mapping[str, Entity], source: Any = None
) -> ColumnElement[bool]:
    """What narrows rows of the entity to those of which all conditions hold.

    `source` is where the rows are read from: the mapped class (without it), an alias of it, or its plain table for
    set-wise statements. Raises NoFieldError for a field without a column.
    """
    rows = entity.model if source is None else source
    return and_(True, *(_one_as_sql(entity, each, entities, rows) for each in conditions))


def _one_as_sql(
    entity: Entity, condition: Condition, entities: Mapping[str, Entity], rows: Any
) -> ColumnElement[bool]:
    if isinstance(condition, AnyOf):
        return or_(*(_one_as_sql(entity, each, entities, rows) for each in condition.conditions))
    target = target_of(entity, condition.field, entities)
    if _attribute(target.entity, target.name) is None:
        raise NoFieldError(f"{target.entity.id}.{target.name} is worked out, so no statement can ask for it")
    found = _through(list(target.way), rows, condition, target.name)
    return not_(found) if condition.but else found


def _through(
    way: list[tuple[str, Entity]], rows: Any, condition: Is | Compares, name: str
) -> ColumnElement[bool]:
    """An EXISTS for each reference on the way, so that nothing multiplies the rows."""
    if not way:
        column = _column(rows, name)
        return (
            lies_in_sql(column, condition) if isinstance(condition, Compares) else _is_true(column, condition)
        )
    (column, entity), *further = way
    there = _like(rows, entity)
    inner = _through(further, there, condition, name)
    found: ColumnElement[bool] = exists(select(1).where(_column(there, "id") == _column(rows, column), inner))
    return found


def value_in_sql(entity: Entity, path: str, entities: Mapping[str, Entity], rows: Any) -> Any:
    """What a field comes to, of `rows` or of what they point to; empty where the way ends before."""
    target = target_of(entity, path, entities)
    return _value_at(list(target.way), rows, target.name)


def _value_at(way: list[tuple[str, Entity]], rows: Any, name: str) -> Any:
    if not way:
        return _column(rows, name)
    (column, entity), *further = way
    there = _like(rows, entity)
    found = select(_value_at(further, there, name)).where(_column(there, "id") == _column(rows, column))
    return found.scalar_subquery()


def _like(rows: Any, entity: Entity) -> Any:
    """Another entity's rows, read in the same way: plain tables beside plain tables, classes beside classes."""
    is_plain = isinstance(rows, Table) or hasattr(rows, "c")
    return entity.model.__table__.alias() if is_plain else aliased(entity.model)


def _column(rows: Any, name: str) -> Any:
    return rows.c[name] if hasattr(rows, "c") else getattr(rows, name)


def _is_true(column: Any, condition: Is) -> ColumnElement[bool]:
    """Never unknown: what is turned round by NOT has to come out true where the column is empty."""
    if not condition.values:
        empty = column.is_(None)
        return and_(column.is_not(None), column != "") if _is_text(column) else not_(empty)
    some = [each for each in condition.values if each is not None]
    parts = [and_(column.is_not(None), column.in_(some))] if some else []
    if None in condition.values:
        parts.append(column.is_(None))
    return or_(*parts)


def _is_text(column: Any) -> bool:
    try:
        return column.type.python_type is str
    except NotImplementedError:
        return False
