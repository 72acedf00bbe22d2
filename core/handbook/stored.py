"""Values as JSON keeps them, and back: exact, with their types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_READ: dict[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "day": date.fromisoformat,
    "instant": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def plain(value: Any) -> Any:
    """A value as JSON: a Decimal is `{"decimal": "1.50"}`, a tuple a list. Raises TypeError for what has no form."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {"map": {str(name): plain(each) for name, each in value.items()}}
    raise TypeError(f"a {type(value).__name__} has no form in which a rule's values are kept")


def live(kept: Any) -> Any:
    """What `plain` kept; lists come back as tuples."""
    if isinstance(kept, list):
        return tuple(live(each) for each in kept)
    if isinstance(kept, dict):
        if "map" in kept:
            return {name: live(each) for name, each in kept["map"].items()}
        ((kind, text),) = kept.items()
        return _READ[kind](text)
    return kept


def plain_map(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def live_map(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: live(value) for name, value in kept.items()}


def canonical(kept: Any) -> str:
    """One text for one value, whatever order its names were written in."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
