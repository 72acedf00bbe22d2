"""Over which branches a person gets a measure's figures, and from where its lists are reached."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.branches.scope import Scope, current_scope, enter, leave
from core.branches.switches import CORE
from core.entities.reading import readable
from core.entities.spanning import branches_with
from core.installation import installation
from core.measures.kinds import Measure
from core.people.access import Person, branches_below, by_right, current_person, may

TARGET = "core.target"


@dataclass
class Reach:
    """The person of this request. Which plugin is on where is asked once."""

    person: Person
    _on: dict[tuple[str, tuple[int, ...]], tuple[int, ...]] = field(default_factory=dict)

    def sees(self, measure: Measure) -> bool:
        """Whether the fields that the figures would tell are the person's to read."""
        known = installation().entities
        return all(name in known and readable(known[name], each) for name, each in measure.rests_on)

    def lists(self, measure: Measure) -> tuple[int, ...]:
        """The branches whose rows the list behind the measure shows, from the active branch."""
        if not may(measure.entity, measure.right):
            return ()
        with by_right(measure.entity, measure.right):
            return self._where_on(measure)

    def figures(self, measure: Measure) -> tuple[int, ...]:
        """The branches whose figures are shown: those of the list, and for an administrator all below the active one.

        Administrators may act in each of these anyway; they go there to see the list.
        """
        person = self.person
        if not self.sees(measure):
            return ()
        if not person.everything:
            return self.lists(measure)
        if person.limit is not None and not person.limit(measure.entity, measure.right):
            return ()
        with reading(branches_below(person)):
            return self._where_on(measure)

    def _where_on(self, measure: Measure) -> tuple[int, ...]:
        found, within = self._with_plugin(measure), measure.within
        return found if within is None else tuple(each for each in found if each in within)

    def _with_plugin(self, measure: Measure) -> tuple[int, ...]:
        plugin = measure.id.partition(".")[0]
        seen = current_scope().readable
        if plugin == CORE:
            return seen
        if (plugin, seen) not in self._on:
            self._on[plugin, seen] = branches_with(plugin)
        return self._on[plugin, seen]


@contextlib.contextmanager
def reading(branch_ids: tuple[int, ...]) -> Iterator[None]:
    """Read the rows of these branches, which were judged to be the person's to read; write in the active one."""
    token: Any = enter(Scope(active=current_scope().active, readable=branch_ids))
    try:
        yield
    finally:
        leave(token)


def reach() -> Reach | None:
    """For the person of this request; None for nobody, or without a branch."""
    person = current_person()
    return Reach(person) if person is not None and person.branch is not None else None
