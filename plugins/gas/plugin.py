"""What the gas office brings to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.hooks import hookimpl

if TYPE_CHECKING:
    from core.entities.spec import Entity
    from core.people.positions import Position


@hookimpl
def entities() -> list[Entity]:
    from plugins.gas.entities import ENTITIES

    return list(ENTITIES)


@hookimpl
def positions() -> list[Position]:
    from plugins.gas.positions import POSITIONS

    return list(POSITIONS)
