"""Positions (岗位): named sets of rights on entities, written by plugins, each with the clause that justifies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Grant:
    """The named actions that a position may take on an entity, and the clause or reason that says so."""

    entity: str
    actions: frozenset[str]
    clause: str


def grant(entity: str, *actions: str, clause: str) -> Grant:
    """`grant("gas.account", "see", "add", clause="GAS 4.1")`."""
    return Grant(entity, frozenset(actions), clause)


@dataclass(frozen=True)
class Position:
    """A position. `id` is `<plugin>.<name>`, for example `gas.cashier`; the part after the dot names demo accounts.

    `everything` gives every action on every entity that is registered (the administrator of the head office).
    """

    id: str
    label: Any
    grants: tuple[Grant, ...] = ()
    everything: bool = False

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]
