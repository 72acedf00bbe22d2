"""Positions (岗位): named sets of rights on entities, written by plugins, each with the clause that justifies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from core.people.rights.levels import Level

NO_FIELDS: Mapping[str, Level] = MappingProxyType({})


@dataclass(frozen=True)
class Grant:
    """The named actions that a position may take on an entity, and the clause or reason (a lazy text) that says so.

    `fields` says how much of single fields the position gets; without a word a field that has a `mask` is masked, and
    every other is written by those who may add or edit.
    """

    entity: str
    actions: frozenset[str]
    clause: Any
    fields: Mapping[str, Level] = field(default_factory=dict, hash=False)


def grant(entity: str, *actions: str, clause: Any, fields: Mapping[str, Level] = NO_FIELDS) -> Grant:
    """`grant("gas.account", "see", "add", clause="GAS 4.1", fields={"phone": READ})`."""
    return Grant(entity, frozenset(actions), clause, fields)


@dataclass(frozen=True)
class Position:
    """A position. `id` is `<plugin>.<name>`, for example `gas.cashier`; the part after the dot names demo accounts.

    `everything` gives every action on every entity that is registered (the administrator of the head office).
    `oversees` lets it read the rows of every branch below the one where it is held; it writes in that one only.
    """

    id: str
    label: Any
    grants: tuple[Grant, ...] = ()
    everything: bool = False
    oversees: bool = False

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]
