"""Whether positions hold what their clauses give them, and nobody else what only they may hold (规则：权限)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.entities.spec import Entity
from core.handbook.kinds import Access
from core.people.positions import Position

LACKS, HOLDS, OPEN = "lacks", "holds", "open"


@dataclass(frozen=True)
class Breach:
    """A position that `lacks` a grant of its clause or `holds` what only others may; a field that stands `open`."""

    rule: str
    how: str
    position: str
    entity: str
    name: str

    def __str__(self) -> str:
        if self.how == LACKS:
            return f"{self.position} does not hold {self.name} on {self.entity}"
        if self.how == HOLDS:
            return (
                f"{self.position} holds {self.name} on {self.entity}, which its clause gives to others only"
            )
        return f"{self.entity}.{self.name} has no mask"


def breaches(
    rules: Iterable[Access], positions: Mapping[str, Position], entities: Mapping[str, Entity]
) -> Iterator[Breach]:
    """Where declared grants and masks are not what the rules say; whoever may do everything is let pass."""
    for rule in rules:
        for position, entity, action in rule.grants:
            if not holds(positions[position], entity, action):
                yield Breach(rule.id, LACKS, position, entity, action)
        for entity, action in rule.only:
            meant = {each[0] for each in rule.grants if each[1:] == (entity, action)}
            for held in positions.values():
                if held.id not in meant and not held.everything and holds(held, entity, action):
                    yield Breach(rule.id, HOLDS, held.id, entity, action)
        for entity, name in rule.masked:
            each = entities[entity].by_name.get(name)
            if each is None or not each.mask:
                yield Breach(rule.id, OPEN, "", entity, name)


def holds(position: Position, entity: str, action: str) -> bool:
    """Whether the plugin's own declaration gives a position an action."""
    return position.everything or any(
        each.entity == entity and action in each.actions for each in position.grants
    )
