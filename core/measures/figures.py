"""The figures of all measures that a person gets, with their targets, read from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.handbook import thresholds
from core.handbook.kinds import Threshold
from core.handbook.thresholds import Verdict
from core.handbook.words import said
from core.installation import installation
from core.measures.kinds import SHARE, Measure, Part, Sum, Sums
from core.measures.models import Target
from core.measures.months import Months
from core.measures.reach import Reach, reading

Key = tuple[int, str]
"""A branch's id and a month."""


@dataclass(frozen=True)
class Figures:
    """One measure over some branches and twelve months. `lists` are those of them whose rows its list shows here."""

    measure: Measure
    branches: tuple[int, ...]
    lists: tuple[int, ...]
    sums: Mapping[Key, Sum]
    targets: Mapping[Key, Decimal]
    ruled: Mapping[Key, Decimal] = field(default_factory=dict)
    """What the rule book's settings ask for, where nobody entered a target."""

    rule: Threshold | None = None
    """Which sets the target; where there is none, the measure's own counts."""

    @property
    def at_most(self) -> bool:
        """Whether the target is not to be exceeded."""
        return self.measure.at_most if self.rule is None else self.rule.at_most

    def value(self, month: str, branch_id: int | None = None) -> Decimal | None:
        """The figure of a branch, or of all together: yuan, percent or a count. None where a share is of nothing."""
        ids = self.branches if branch_id is None else (branch_id,)
        found = [self.sums[each, month] for each in ids if (each, month) in self.sums]
        amount = sum((Decimal(each.amount) for each in found), Decimal(0))
        if self.measure.unit != SHARE:
            return amount
        of = sum((Decimal(each.of or 0) for each in found), Decimal(0))
        return amount / of * 100 if of else None

    def target(self, month: str, branch_id: int | None = None) -> Decimal | None:
        """The target of a branch; of all together the sum of theirs, or for a share the one that all have."""
        ids = self.branches if branch_id is None else (branch_id,)
        found = [self._target((each, month)) for each in ids]
        known = [each for each in found if each is not None]
        if not known or len(known) < len(found):
            return None
        if self.measure.unit == SHARE or len(known) == 1:
            return known[0] if len(set(known)) == 1 else None
        return sum(known, Decimal(0))

    def _target(self, key: Key) -> Decimal | None:
        usual = self.measure.usual if self.rule is None else None
        return self.targets.get(key, self.ruled.get(key, usual))

    def is_entered(self, month: str, branch_id: int | None = None) -> bool:
        """Whether the target is somebody's, not the rule book's own."""
        ids = self.branches if branch_id is None else (branch_id,)
        return any((each, month) in self.targets for each in ids)

    def verdict(self, month: str, branch_id: int | None = None) -> Verdict:
        """How the figure stands to its target."""
        value, target = self.value(month, branch_id), self.target(month, branch_id)
        return thresholds.compared(value, target, at_most=self.at_most)

    def running(self, month: str, months: Months, branch_id: int | None = None) -> str:
        """The period (month, quarter ...) that its rule judges and that is not over with this month; empty where it is.

        A target that somebody entered is that of the month itself.
        """
        rule = self.rule
        over = "month" if rule is None or self.is_entered(month, branch_id) else rule.over
        is_last = rule is None or over == "month" or thresholds.months_of(rule, month)[-1] == month
        return "" if is_last and months.is_over(month) else over

    @property
    def clause(self) -> str:
        """Where the rule book's own target stands: by its rule, else as the measure says."""
        rule = self.rule
        if rule is None:
            return self.measure.clause
        return f"{rule.id} ({said(rule.clause.document)} {rule.clause.heading})"


def read(session: Session, reach: Reach, months: Months) -> list[Figures]:
    """The figures of every measure that the person gets; a number of statements that no branch or row adds to."""
    seen = [(each, reach.figures(each)) for _owner, each in installation().measures]
    there = [(measure, branches) for measure, branches in seen if branches]
    if not there:
        return []
    ids = {each for _measure, branches in there for each in branches}
    targets = _targets(session, ids, months)
    ruled = thresholds.targets(session, [each.id for each, _branches in there], ids, months.all)
    shelf = _Shelf(session, months)
    return [
        Figures(
            measure,
            branches,
            tuple(each for each in reach.lists(measure) if each in branches),
            shelf.sums(measure, branches),
            targets.get(measure.id, {}),
            ruled.get(measure.id, {}),
            thresholds.rule_of(measure.id),
        )
        for measure, branches in there
    ]


def read_one(session: Session, reach: Reach, measure: Measure, months: Months) -> Figures:
    """The figures of one measure over the branches where the person gets them."""
    return read_over(session, measure, reach.figures(measure), months)


def read_over(session: Session, measure: Measure, branches: tuple[int, ...], months: Months) -> Figures:
    """The figures of one measure over some branches, which are the caller's to read."""
    sums = _Shelf(session, months).sums(measure, branches) if branches else {}
    targets = _targets(session, branches, months).get(measure.id, {})
    ruled = thresholds.targets(session, [measure.id], branches, months.all).get(measure.id, {})
    return Figures(measure, branches, (), sums, targets, ruled, thresholds.rule_of(measure.id))


class _Shelf:
    """The sums of one page; what several measures have a part in is read once."""

    def __init__(self, session: Session, months: Months) -> None:
        self._session, self._months = session, months
        self._together: dict[tuple[Any, tuple[int, ...]], Mapping[str, Sequence[Sum]]] = {}

    def sums(self, measure: Measure, branches: tuple[int, ...]) -> dict[Key, Sum]:
        with reading(branches):
            return {(each.branch_id, each.month): each for each in self._read(measure.sums, branches)}

    def _read(self, sums: Sums | Part, branches: tuple[int, ...]) -> Iterable[Sum]:
        if not isinstance(sums, Part):
            return sums(self._session, self._months)
        key = sums.read, branches
        if key not in self._together:
            self._together[key] = sums.read(self._session, self._months)
        return self._together[key][sums.name]


def _targets(session: Session, branches: Iterable[int], months: Months) -> dict[str, dict[Key, Decimal]]:
    found: dict[str, dict[Key, Decimal]] = {}
    with reading(tuple(sorted(branches))):
        rows = session.execute(
            select(Target.measure, Target.branch_id, Target.month, Target.value).where(
                Target.month.in_(months.all)
            )
        )
        for measure, branch_id, month, value in rows:
            found.setdefault(measure, {})[branch_id, month] = value
    return found
