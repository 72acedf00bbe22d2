"""What a plugin declares about how records move (流转): states and transitions in one table.

Nothing here knows the web or the database, so that a plugin's `workflows.py` stays plain Python.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.handbook.kinds import Clause, Facts, Refusal

Guard = Callable[[Facts], Refusal | None]
"""Answers why a record stays as it is, or None where it may move."""
TONES = ("neutral", "info", "success", "warning", "danger")


@dataclass(frozen=True)
class State:
    """A state (状态). `label` is an English msgid, `tone` colours its badge."""

    id: str
    label: Any
    tone: str = "neutral"

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"the state {self.id} has the tone {self.tone}; use one of {', '.join(TONES)}")


@dataclass(frozen=True)
class Witnesses:
    """So many different people who saw it (见证人): neither whoever moves the record, nor a user in one of its fields
    `not_in`, such as its subject and its issuer."""

    count: int = 2
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A move (流转) from one of the states in `source` to the state `to`, by who holds `right` on the entity. Without a
    right nobody makes it by hand: the program does, when what it waits for has happened.

    `fields` have to be filled in for it, those in `asks` may be, and `sets` are values that it enters itself. `guards`
    are ids of checks that judge this move, and functions of the record's facts. `only_by` and `not_by` name fields of
    the record, or of what it points to (`slip.subject_id`), with users: where the first names somebody, nobody else
    makes the move, and those in the others never do. `clause` says why it is so, `within` names the deadline that runs
    until it is done. What is done for good has `danger`, and asks `confirm` first. Without `many` it is made by one
    record after the other, as what it asks for is another with each.

    `by` and `on` name fields that take whoever made the move, and its day or moment; a field of `on` that is among
    `asks` too keeps the day that was entered. `asker` the one who asked for it,
    where others approve. They are filled in before the move is judged. `otherwise` is the move that is made when
    approval is refused. `locks` names the reference to a record that is held while the move is judged and until it is
    written: what else locks it comes before the move or after it.
    """

    id: str
    label: Any
    source: tuple[str, ...]
    to: str
    right: str = ""
    fields: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sets: tuple[tuple[str, Any], ...] = ()
    only_by: str = ""
    not_by: tuple[str, ...] = ()
    guards: tuple[str | Guard, ...] = ()
    clause: Clause | None = None
    within: str = ""
    witnesses: Witnesses | None = None
    by: str = ""
    on: str | tuple[str, ...] = ""
    asker: str = ""
    otherwise: str = ""
    locks: str = ""
    icon: str = "arrow-right"
    primary: bool = False
    danger: bool = False
    confirm: Any = ""
    many: bool = True

    @property
    def entered(self) -> tuple[str, ...]:
        """Every field that the move asks for."""
        return (*self.fields, *self.asks)

    @property
    def dated(self) -> tuple[str, ...]:
        """The fields that take its day or moment."""
        return tuple(each for each in ((self.on,) if isinstance(self.on, str) else self.on) if each)


@dataclass(frozen=True)
class Workflow:
    """The one table of how records of `entity` move; `field` is the choice that holds their state."""

    entity: str
    field: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    @property
    def id(self) -> str:
        """An entity has one."""
        return self.entity

    def state(self, state_id: str) -> State:
        """KeyError for one that is not there."""
        found = {each.id: each for each in self.states}
        return found[state_id]

    def transition(self, transition_id: str) -> Transition | None:
        return next((each for each in self.transitions if each.id == transition_id), None)

    def out_of(self, state_id: str) -> tuple[Transition, ...]:
        """The moves that a state allows."""
        return tuple(each for each in self.transitions if state_id in each.source)

    def by_hand(self, state_id: str) -> tuple[Transition, ...]:
        """Those of them that people make."""
        return tuple(each for each in self.out_of(state_id) if each.right)
