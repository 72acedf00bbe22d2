"""A round as a phone keeps it: plain JSON of what its reader may see, in their language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.visits.kinds import Book, Expected, Stop, Stops


def book(each: Book) -> dict[str, Any]:
    return {"id": each.id, "label": each.label, "own": each.own}


def stops(found: Stops) -> dict[str, Any]:
    """`{stops, done, basis, title}`; figures are text, so that none loses a digit."""
    return {
        "stops": [_stop(each) for each in found.stops],
        "done": found.done,
        "basis": dict(found.basis),
        "title": found.title,
    }


def _stop(each: Stop) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "number": each.number,
        "lines": [[str(label), value] for label, value in each.lines if value],
        "expected": {name: _expected(what) for name, what in each.expected.items()},
        "without": list(each.without),
    }


def _expected(what: Expected) -> dict[str, Any]:
    return {
        "bands": [[_plain(each.low), _plain(each.high), each.verdict, each.says] for each in what.bands],
        "outside": what.outside,
        "before": _plain(what.before) if what.before is not None else None,
    }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
