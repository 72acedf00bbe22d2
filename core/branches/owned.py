"""Which tables hold rows that belong to branches."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Table

from core.branches.models import BranchOwned
from core.data.base import Base


def owned_tables() -> frozenset[Table]:
    """Every table whose rows belong to a branch."""
    return frozenset(
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, BranchOwned) and isinstance(mapper.local_table, Table)
    )


_models: WeakKeyDictionary[Table, Any] = WeakKeyDictionary()


def owned_model(table: Any) -> Any:
    """The branch-owned class that is mapped to a table, or None."""
    if not isinstance(table, Table):
        return None
    if table not in _models:
        found = (mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
        model = next(found, None)
        _models[table] = model if model is not None and issubclass(model, BranchOwned) else None
    return _models[table]


def is_owned(node: Any) -> bool:
    """Whether a part of a statement is a table whose rows belong to a branch."""
    return owned_model(node) is not None
