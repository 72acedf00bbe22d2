"""The decoration firm's figures on the home page: one module for each area, added to `AREAS`."""

from __future__ import annotations

from typing import Any

from plugins.decoration.home import callbacks, construction, customers, design, office

AREAS = (callbacks, design, customers, construction, office)


def cards() -> list[dict[str, Any]]:
    """Each for those who may see what stands behind it."""
    return [card for area in AREAS for card in area.cards()]


__all__ = ["cards"]
