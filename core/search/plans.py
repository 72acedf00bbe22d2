"""Which columns of which tables are searched, and how: what the descriptions of all entities come to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table

from core.search.models import CommonToken, SearchToken
from core.search.tokens import NAME, STYLES, VERSION


@dataclass(frozen=True, order=True)
class SearchedField:
    """A column that is searched. `name` is that of the attribute and of the entity's field."""

    table: str
    name: str
    style: str

    @property
    def id(self) -> int:
        """The number of its tokens, the same in every installation."""
        return _number(f"{self.table}.{self.name}.{self.style}")

    @property
    def pinyin_id(self) -> int | None:
        """The number of its tokens in Latin letters; None for what is no name."""
        return _number(f"{self.table}.{self.name}.pinyin") if self.style == NAME else None

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.id,) if self.pinyin_id is None else (self.id, self.pinyin_id)


@cache
def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) >> 1


@dataclass(frozen=True)
class Plan:
    """What is searched of a table. `owned`: its rows belong to branches, and so do their tokens."""

    table: Table
    owned: bool
    fields: tuple[SearchedField, ...]

    @property
    def tokens(self) -> type[SearchToken] | type[CommonToken]:
        return SearchToken if self.owned else CommonToken

    @property
    def made_as(self) -> str:
        """What changes when tokens have to be made anew."""
        said = f"{VERSION} {[(each.name, each.style) for each in self.fields]}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def named(self, names: Iterable[str]) -> tuple[SearchedField, ...]:
        """Those of the fields that `names` holds."""
        wanted = set(names)
        return tuple(each for each in self.fields if each.name in wanted)


_plans: dict[str, Plan] = {}


def declare(plan: Plan) -> None:
    """Keep the tokens of a table from now on. Said twice of a table, the fields of both count."""
    before = _plans.get(plan.table.name)
    fields = plan.fields
    if before is not None and before.table is plan.table:
        fields = tuple(sorted({*before.fields, *fields}))
    _refuse_doubles(plan.table.name, fields)
    _plans[plan.table.name] = Plan(plan.table, plan.owned, tuple(sorted(fields)))


def _refuse_doubles(table: str, fields: Iterable[SearchedField]) -> None:
    others = [each for name, plan in _plans.items() if name != table for each in plan.fields]
    ids = [number for each in (*others, *fields) for number in each.ids]
    odd = [each.style for each in fields if each.style not in STYLES]
    if odd:
        raise ValueError(f"{table} is searched as {', '.join(odd)}; use one of {', '.join(STYLES)}")
    if len(set(ids)) != len(ids):
        raise ValueError(f"a searched field of {table} has the number of another one; rename its column")


def plan_of_table(table: Any) -> Plan | None:
    """The plan of a table; None where nothing of it is searched."""
    # By name: in a statement over a mapped class stands an annotated copy of the table.
    return _plans.get(getattr(table, "name", ""))


def plan_of(model: Any) -> Plan | None:
    """The plan of a mapped class."""
    return plan_of_table(getattr(model, "__table__", None))
