"""What a sheet's references point to, and what is there already: answered for all rows together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import String, UniqueConstraint, select, tuple_
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session

from core.branches.models import BranchOwned
from core.branches.scope import current_branch_id
from core.entities.reading import readable_names
from core.entities.spec import Entity

_CHUNK = 500


def key_fields(target: Entity) -> tuple[str, ...]:
    """The fields by whose text a sheet names a record: its natural key when that is one column, then its title.

    Only what the reader may see whole: else a sheet could be used to guess it.
    """
    names = [*target.natural_key] if len(target.natural_key) == 1 else []
    names += [target.title] if target.title not in names else []
    names = list(readable_names(target, names))
    return tuple(name for name in names if isinstance(getattr(target.column(name), "type", None), String))


def ids_by_text(session: Session, target: Entity, texts: Collection[str]) -> dict[str, set[int]]:
    """The ids of the records of the active branch that each text names; what the first key field finds goes first."""
    found: dict[str, set[int]] = {}
    for name in key_fields(target):
        left = sorted(set(texts) - found.keys())
        for start in range(0, len(left), _CHUNK):
            for text, record_id in session.execute(_search(target, name, left[start : start + _CHUNK])):
                found.setdefault(str(text), set()).add(record_id)
    return found


def _search(target: Entity, name: str, texts: Sequence[str]) -> Any:
    column = getattr(target.model, name)
    statement = select(column, target.model.id).where(column.in_(texts))
    if target.criteria is not None:
        statement = statement.where(*target.criteria())
    return statement.where(*_own_branch(target.model))


def _own_branch(model: Any) -> list[Any]:
    # A scope may see several branches; a new row may point into its own only.
    return [model.branch_id == current_branch_id()] if issubclass(model, BranchOwned) else []


def unique_keys(entity: Entity) -> list[tuple[str, ...]]:
    """The sets of attributes that no two records of a branch share: the natural key, and what the table says."""
    mapper = sa_inspect(entity.model)
    table = mapper.local_table
    sets = [
        [column for column in each.columns]
        for each in table.constraints
        if isinstance(each, UniqueConstraint)
    ]
    sets += [list(each.columns) for each in table.indexes if each.unique and not each.dialect_kwargs]
    keys = [entity.natural_key] if entity.natural_key else []
    for columns in sets:
        names = tuple(mapper.get_property_by_column(column).key for column in columns)
        keys.append(tuple(name for name in names if name != "branch_id"))
    return list(dict.fromkeys(key for key in keys if key and all(name in entity.by_name for name in key)))


def taken(
    session: Session, entity: Entity, key: Sequence[str], values: Iterable[tuple[Any, ...]]
) -> set[tuple[Any, ...]]:
    """Which of `values` (tuples in the order of `key`) records of the branch have already."""
    columns = [getattr(entity.model, name) for name in key]
    wanted = list(values)
    found: set[tuple[Any, ...]] = set()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        same = (
            columns[0].in_([each[0] for each in chunk]) if len(columns) == 1 else tuple_(*columns).in_(chunk)
        )
        statement = select(*columns).where(same, *_own_branch(entity.model))
        found.update(tuple(row) for row in session.execute(statement))
    return found
