"""Which branches a control offers: a few at once, near the present one; all others by search, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from core.people.rights.snapshot import Node

MOST = 12
"""A drop-down offers at most so many, however many branches there are."""
SIZE = 24
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class Found:
    """A page of the branches that match; pages count from 1."""

    branches: Sequence[Node]
    count: int
    page: int
    more: bool


def nearest(branches: Sequence[Node], here: int | None, likely: Collection[int] = ()) -> Sequence[Node]:
    """At most MOST of `branches`, in their order: the present one, likely ones, then those next to it in the tree."""
    if len(branches) <= MOST:
        return branches
    above = next((each.parent_id for each in branches if each.id == here), None)

    def distance(each: Node) -> tuple[int, int]:
        if each.id == here:
            return 0, each.id
        if each.id in likely:
            return 1, each.id
        if each.id == above or each.parent_id == here:
            return 2, each.id
        return 3 if each.parent_id == above else 4, each.id

    return sorted(nsmallest(MOST, branches, key=distance), key=lambda each: each.id)


def matching(branches: Sequence[Node], search: str, page: int = 1, size: int = SIZE) -> Found:
    """The branches whose code or names hold `search`; the last page for one behind the end."""
    wanted = search.casefold()
    found = [each for each in branches if wanted in each.words] if wanted else branches
    page = min(max(page, 1), max(1, -(-len(found) // size)))
    return Found(found[(page - 1) * size : page * size], len(found), page, page * size < len(found))


def as_choices(found: Found, locale: str) -> list[dict[str, str]]:
    """What was found, as a searching control wants it."""
    return [{"id": each.code, "label": each.name(locale), "hint": each.code} for each in found.branches]
