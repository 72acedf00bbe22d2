"""What alpha brings to the shell."""

from __future__ import annotations

from alpha.entities import PARCEL
from core.entities.spec import Entity
from core.hooks import hookimpl


@hookimpl
def entities() -> list[Entity]:
    return [PARCEL]
