"""Who is shown the same: readers with the same rights, in the same branch, on the same day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from core.branches.scope import current_scope
from core.branches.switches import on_here
from core.data import clock
from core.people.access import current_person


def alike() -> Hashable:
    """What tells readers apart who may see or do different things; None for whom nothing may be kept.

    It changes with the version of the rights and branches, the positions held, the day, the plugins that are on, and
    the branches that are read. The language and the person's own name are not in it.
    """
    person = current_person()
    if person is None or person.branch is None or person.known is None or person.limit is not None:
        return None
    scope, day = current_scope(), clock.today(person.branch.time_zone)
    held = tuple(each.position.id for each in person.held)
    return (person.known.serial, person.everything, held, day, scope.active, scope.readable, on_here())


def once_for_alike(name: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` answers to this reader, asked once of all who are alike. It may depend on nothing else."""
    key, person = alike(), current_person()
    if key is None or person is None or person.known is None:
        return make()
    whole = (name, key)
    known = person.known.remembered
    return known[whole] if whole in known else person.known.remember(whole, make())
