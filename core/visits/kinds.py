"""What a plugin declares about a round: its stops in order, what is entered at each, and what becomes of a visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

FIGURE, CHOICE, NOTE, PHOTO = "figure", "choice", "note", "photo"
KINDS = (FIGURE, CHOICE, NOTE, PHOTO)
FINE, CONFIRM, REFUSE = "fine", "confirm", "refuse"
MOST_STOPS = 2_000
"""A phone takes no more at once: a longer round is divided into books."""


@dataclass(frozen=True)
class Entry:
    """A field of the form at a stop.

    `kind` is a figure (with at most `places` decimals, in `unit`), one of `choices`, a note or photos.
    """

    name: str
    label: Any
    kind: str = FIGURE
    unit: Any = ""
    places: int = 0
    choices: tuple[tuple[str, Any], ...] = ()
    required: bool = False
    help: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"the entry {self.name} is a {self.kind}; use one of {', '.join(KINDS)}")


@dataclass(frozen=True)
class Band:
    """How figures from `low` to `high` (both included) are judged, and what the phone says of them at once."""

    low: Decimal
    high: Decimal
    verdict: str
    says: str = ""


@dataclass(frozen=True)
class Expected:
    """What is known beforehand of a figure: the bands, what is said of one outside of all, and the one before it."""

    bands: tuple[Band, ...] = ()
    outside: str = ""
    before: Decimal | None = None


@dataclass(frozen=True)
class Stop:
    """A stop of a round, as its reader may know it. `id` is that of the record that is visited.

    `title` is where to go, `number` by what it is known on the spot; `lines` are labels and values besides. `without`
    names the entries that are not asked for here.
    """

    id: int
    title: str
    number: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    expected: Mapping[str, Expected] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stops:
    """The stops that are still to be visited, in the order of walking; `done` others of the round are.

    `basis` is what a visit has to say about the round it belongs to, such as its month; it comes back with each.
    """

    stops: Sequence[Stop]
    done: int = 0
    basis: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Book:
    """A part of a round that one person walks; `own` when it is theirs."""

    id: str
    label: str
    own: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit as it was sent. `values` are what was entered: Decimal for a figure, text for a choice or note.

    `at` is the instant of the visit, never after now. `confirmed` says that a person looked again, and `reason` why
    the figure is right.
    """

    stop: int
    basis: Mapping[str, str]
    values: Mapping[str, Any]
    at: datetime
    confirmed: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """The record that a visit became. Photos are kept with it."""

    entity: str
    record_id: int


@dataclass(frozen=True)
class Round:
    """A round. `id` is `<plugin>.<name>`, its screen is `/core/round/<plugin>/<name>/`.

    `entity` and `right` say who may walk it, `stop_entity` of what the stops are records. `stops` answers those of a
    book (None: the round has none) that the person may see. `enter` puts a visit through the plugin's ordinary gate:
    it raises UserError for what is refused, Warned for what has to be confirmed, and leaves the commit to the caller.
    `skips` are the reasons for which a stop is passed over, `reasons` those for which an odd figure is right.
    """

    id: str
    label: Any
    entity: str
    right: str
    stop_entity: str
    entries: tuple[Entry, ...]
    stops: Callable[[Session, str | None], Stops]
    enter: Callable[[Session, Visit, int], Made]
    books: Callable[[Session], Sequence[Book]] | None = None
    skips: tuple[tuple[str, Any], ...] = ()
    reasons: tuple[tuple[str, Any], ...] = ()
    help: Any = ""

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    @property
    def path(self) -> str:
        """The address of its screen, `/core/round/gas/readings/`."""
        return f"/core/round/{self.plugin}/{self.name}/"
