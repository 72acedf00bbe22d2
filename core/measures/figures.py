"""The figures of all measures that a person gets, with their targets.

They are read from those that are kept; what is not kept yet is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.handbook import thresholds
from core.handbook.kinds import Threshold
from core.handbook.thresholds import Verdict
from core.handbook.words import said
from core.measures import kept as store
from core.measures.adding import Adder, Key, entered
from core.measures.kept import Kept, value_of
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months
from core.measures.own import every_measure
from core.measures.reach import Reach


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

    kept: Mapping[Key, Kept] = field(default_factory=dict)
    """Those of the sums that were worked out before. Of a final one, target and standing are kept as well."""

    @property
    def at_most(self) -> bool:
        """Whether the target is not to be exceeded."""
        return self.measure.at_most if self.rule is None else self.rule.at_most

    def keys(self, month: str, branch_id: int | None = None) -> list[Key]:
        """The keys of a month: of a branch, or of all together."""
        return [(each, month) for each in (self.branches if branch_id is None else (branch_id,))]

    def value(self, month: str, branch_id: int | None = None) -> Decimal | None:
        """The figure of a branch, or of all together: yuan, percent or a count. None where a share is of nothing."""
        found = [self.sums[key] for key in self.keys(month, branch_id) if key in self.sums]
        amount = sum((Decimal(each.amount) for each in found), Decimal(0))
        whole = sum((Decimal(each.of or 0) for each in found), Decimal(0))
        return value_of(self.measure, amount, whole)

    def target(self, month: str, branch_id: int | None = None) -> Decimal | None:
        """The target of a branch; of all together the sum of theirs, or for a share the one that all have."""
        found = [self._target(key) for key in self.keys(month, branch_id)]
        known = [each for each in found if each is not None]
        if not known or len(known) < len(found):
            return None
        if self.measure.unit == SHARE or len(known) == 1:
            return known[0] if len(set(known)) == 1 else None
        return sum(known, Decimal(0))

    def _target(self, key: Key) -> Decimal | None:
        if (final := self.final(key)) is not None:
            return final.target
        usual = self.measure.usual if self.rule is None else None
        return self.targets.get(key, self.ruled.get(key, usual))

    def final(self, key: Key) -> Kept | None:
        """What is kept for good."""
        found = self.kept.get(key)
        return found if found is not None and found.final else None

    def is_entered(self, month: str, branch_id: int | None = None) -> bool:
        """Whether the target is somebody's, not the rule book's own."""
        return any(
            key in self.targets if (final := self.final(key)) is None else final.entered
            for key in self.keys(month, branch_id)
        )

    def worked_at(self, month: str) -> datetime | None:
        """Since when what is shown of a month may have changed; None where it cannot, or was added up just now."""
        found = (self.kept.get(key) for key in self.keys(month))
        return min((each.worked_at for each in found if each is not None and not each.final), default=None)

    def verdict(self, month: str, branch_id: int | None = None) -> Verdict:
        """How the figure stands to its target."""
        value, target = self.value(month, branch_id), self.target(month, branch_id)
        keys = self.keys(month, branch_id)
        if len(keys) == 1 and (final := self.final(keys[0])) is not None:
            return Verdict(final.state, value, target)
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
    seen = [(each, reach.figures(each)) for each in every_measure(session)]
    there = [(measure, branches) for measure, branches in seen if branches]
    lists = {
        measure.id: tuple(each for each in reach.lists(measure) if each in branches)
        for measure, branches in there
    }
    return list(_figures(session, there, months, lists))


def read_one(session: Session, reach: Reach, measure: Measure, months: Months) -> Figures:
    """The figures of one measure over the branches where the person gets them."""
    return read_over(session, measure, reach.figures(measure), months)


def read_over(session: Session, measure: Measure, branches: tuple[int, ...], months: Months) -> Figures:
    """The figures of one measure over some branches, which are the caller's to read."""
    return next(_figures(session, [(measure, branches)], months, {}))


def rule_of(measure: Measure) -> Threshold | None:
    """The rule that sets the target of a measure: its own, else the rule book's."""
    return measure.rule or thresholds.rule_of(measure.id)


def _ruled(
    session: Session, measures: Sequence[Measure], branches: Iterable[int], months: Months
) -> dict[str, Mapping[Key, Decimal]]:
    """By measure, what the settings of rules ask for."""
    declared = [each.id for each in measures if each.asked is None]
    found: dict[str, Mapping[Key, Decimal]] = {**thresholds.targets(session, declared, branches, months.all)}
    for each in measures:
        if each.asked is not None:
            found[each.id] = each.asked(session, branches, months.all)
    return found


def _figures(
    session: Session,
    there: Sequence[tuple[Measure, tuple[int, ...]]],
    months: Months,
    lists: Mapping[str, tuple[int, ...]],
) -> Iterator[Figures]:
    names, ids = [each.id for each, _branches in there], {each for _one, found in there for each in found}
    if not ids:
        yield from (Figures(measure, (), (), {}, {}) for measure, _branches in there)
        return
    targets = entered(session, ids, months)
    ruled = _ruled(session, [each for each, _branches in there], ids, months)
    held, adder = store.read(session, names, ids, months), Adder(session)
    for measure, branches in there:
        kept = {key: each for key, each in held[measure.id].items() if key[0] in branches}
        yield Figures(
            measure,
            branches,
            lists.get(measure.id, ()),
            {
                **_added(adder, measure, branches, months, kept),
                **{key: each.sum for key, each in kept.items()},
            },
            targets.get(measure.id, {}),
            ruled.get(measure.id, {}),
            rule_of(measure),
            kept,
        )


def _added(
    adder: Adder, measure: Measure, branches: tuple[int, ...], months: Months, kept: Iterable[Key]
) -> dict[Key, Sum]:
    """What is not kept yet, from the first month of which that is so."""
    missing = {(branch, month) for branch in branches for month in months.all} - set(kept)
    if not missing:
        return {}
    window = Months.since(min(month for _branch, month in missing), months.last, months.today)
    some = tuple(each for each in branches if any(branch == each for branch, _month in missing))
    return adder.sums(measure, some, window)
