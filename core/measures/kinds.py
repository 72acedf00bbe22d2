"""What a plugin declares about the figures that it can give for each branch and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.handbook.kinds import Threshold
from core.measures.months import Months

MONEY, SHARE, COUNT = "money", "share", "count"


@dataclass(frozen=True)
class Sum:
    """What the database added up for one branch and month; `of` is what a SHARE is a part of. Four decimals at most."""

    branch_id: int
    month: str
    amount: Decimal | int
    of: Decimal | int | None = None


Sums = Callable[[Session, Months], Iterable[Sum]]
Asked = Callable[[Session, Iterable[int], Iterable[str]], Mapping[tuple[int, str], Decimal]]
"""What is asked of branches in months, by both."""


@dataclass(frozen=True)
class Part:
    """One of several figures that are read together: `read` gives the sums of all by name, once for each page."""

    read: Callable[[Session, Months], Mapping[str, Sequence[Sum]]]
    name: str

    def __call__(self, session: Session, months: Months) -> Sequence[Sum]:
        return self.read(session, months)[self.name]


@dataclass(frozen=True)
class Measure:
    """A figure of each month: MONEY in yuan, a SHARE of one, or a COUNT.

    `sums` reads all branches in scope and all months asked for, with as many statements however many there are, adding
    up in the database; a month without rows may be left out. Figures that rest on the same rows are each a `Part` of
    what one function reads. `url` is the address of the list of the rows that a month's figure rests on. Shown to those
    who hold `right` on `entity` and may see the fields in `rests_on` (entity and field) whole; over the branches below,
    where the list would show them too. `about` says in a sentence how the
    figure is worked out. `usual` is the rule book's own target, in force where none is entered for the branch and the
    month and no rule (a Threshold) sets one; `clause` names where it stands. Targets of a SHARE are in percent. With
    `at_most` the target is not to be exceeded. `parts` is the unit of what a SHARE is made of.

    The worker keeps each month's figure and works it out anew every night until `settles` months after the month (at
    most twelve) and its rule's period are over; from then on it is final. So many months its records may still change:
    none where they are posted within the month, some where they are entered late or called off.

    Of a rule that an administrator wrote: `rule` sets the target, `asked` reads it, and `within` are the branches in
    which it holds.
    """

    id: str
    label: Any
    unit: str
    entity: str
    sums: Sums | Part
    url: Callable[[str, Months], str]
    about: Any
    right: str = "see"
    rests_on: tuple[tuple[str, str], ...] = ()
    usual: Decimal | None = None
    clause: str = ""
    at_most: bool = False
    parts: str = COUNT
    settles: int = 3
    rule: Threshold | None = None
    asked: Asked | None = None
    within: frozenset[int] | None = None
