"""A customer's particulars as the reader may have them, for the screens, print forms and sheets of the office's own."""

from __future__ import annotations

from core.entities.reading import shown_to_reader
from plugins.gas.entities.accounts import ACCOUNT


def shown_of(field: str, value: str | None) -> str:
    """The account's field as this reader gets it: whole, masked, or empty where it is hidden."""
    return shown_to_reader(ACCOUNT, field, value) or ""
