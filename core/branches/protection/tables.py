"""Which tables and references the database has to hold inside their branch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Table

from core.branches.owned import owned_tables

PREFIX = "zhidu_branch_"
LONGEST = 63  # PostgreSQL cuts longer names


@dataclass(frozen=True, order=True)
class Reference:
    """A column of a branch-owned table that points to the `id` of another one."""

    table: str
    column: str
    target: str

    @property
    def name(self) -> str:
        return named(self.table, self.column)


def owned_names() -> list[str]:
    """The names of every table whose rows belong to a branch."""
    return sorted(table.name for table in owned_tables())


def references() -> list[Reference]:
    """Every reference from one branch-owned table to another, as the models say."""
    return sorted(each for table in owned_tables() for each in _references_of(table))


def _references_of(table: Table) -> list[Reference]:
    owned = owned_tables()
    return [
        Reference(table.name, column.name, key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table in owned and key.column.name == "id"
    ]


def named(*parts: str) -> str:
    """A name of the protection's own, short enough for both databases."""
    name = PREFIX + "_".join(parts)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
