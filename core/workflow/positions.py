"""Positions by their labels."""

from __future__ import annotations

from core.installation import installation


def position_words(ids: list[str]) -> str:
    """Positions by their labels."""
    known = installation().positions
    labels = [str(known[each].label) if each in known else each for each in ids]
    return " / ".join(labels)
