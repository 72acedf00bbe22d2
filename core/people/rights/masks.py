"""What is left of a value for those who are shown it masked."""

from __future__ import annotations

import re
from collections.abc import Callable

HIDDEN_PART = "****"
_MOBILE = re.compile(r"(\+?86)?(1\d{10})")
_LONG_ENOUGH = 8


def masked(kind: str, text: str) -> str:
    """`text` as a mask of `kind` (a key of MASKS) leaves it; empty stays empty.

    Never as long as what it hides, unless that is as long as the mask by chance.
    """
    return MASKS.get(kind, _whole)(text.strip()) if text.strip() else ""


def _phone(text: str) -> str:
    """13812345678 is 138****5678; of any other number the last two characters stay."""
    mobile = _MOBILE.fullmatch(re.sub(r"[\s-]", "", text))
    if mobile:
        return f"{mobile[2][:3]}{HIDDEN_PART}{mobile[2][-4:]}"
    return f"{HIDDEN_PART}{text[-2:]}" if len(text) >= _LONG_ENOUGH else HIDDEN_PART


def _name(text: str) -> str:
    """The first character: the surname of nearly every Chinese name."""
    return f"{text[0]}**"


def _number(text: str) -> str:
    """Of an identity card, bank card or serial number the last four characters."""
    return f"{HIDDEN_PART}{text[-4:]}" if len(text) >= _LONG_ENOUGH else HIDDEN_PART


def _email(text: str) -> str:
    """The first character and the domain."""
    name, _, domain = text.rpartition("@")
    return f"{name[0]}***@{domain}" if name else HIDDEN_PART


def _address(text: str) -> str:
    """The beginning: the district, never the door."""
    return f"{text[: min(6, len(text) // 2)]}{HIDDEN_PART}"


def _whole(_text: str) -> str:
    return HIDDEN_PART


MASKS: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "name": _name,
    "number": _number,
    "email": _email,
    "address": _address,
    "all": _whole,
}
"""The kinds that a field may name as its `mask`."""
