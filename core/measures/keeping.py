"""Keeping the figures of a branch: worked out anew every night until nothing can change them, then final.

A figure is final when so many months as its measure says (`Measure.settles`) have passed after its own, and the period
that its rule judges is over. What it was worked out from, its target and its standing stay as they were then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from core.branches.models import Branch, BranchPlugin
from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, insert_rows, table_of
from core.branches.switches import CORE, plugins_on
from core.data import clock
from core.handbook import thresholds
from core.handbook.basis import basis_of
from core.handbook.kinds import Settings, Threshold
from core.handbook.settings import Shelf
from core.installation import installation
from core.measures.adding import Adder, entered
from core.measures.kept import value_of
from core.measures.kinds import SHARE, Measure, Part, Sum
from core.measures.models import Figure
from core.measures.months import YEAR, Months, last_day, month_of, moved

FIGURES = "core.figures"
"""The job that keeps them."""
BACK = 2 * YEAR - 1
"""So many months before the present one are kept from the start: what the boards of the last twelve months show."""
FIGURE = table_of(Figure)


class Sheet:
    """The rows of the active branch's figures over some months, made of what was read for all of them."""

    def __init__(self, session: Session, measures: Sequence[Measure], months: Months) -> None:
        self.session, self.months, self.here = session, months, current_branch_id()
        branches, adder = (self.here,), Adder(session)
        self._entered = entered(session, branches, months)
        self._rules = {each.id: thresholds.rule_of(each.id) for each in measures}
        self._shelf = Shelf(session, [rule for rule in self._rules.values() if rule is not None])
        self._sums = {each.id: adder.sums(each, branches, months) for each in measures}
        self._bases: dict[tuple[str, date], int] = {}

    def row(self, measure: Measure, month: str) -> dict[str, Any]:
        """A row of `core_figure`; what it rests on is kept first, where it is new."""
        rule = self._rules[measure.id]
        nothing = Sum(self.here, month, 0, 0 if measure.unit == SHARE else None)
        found = self._sums[measure.id].get((self.here, month), nothing)
        settings = self._settings(rule, month)
        target = measure.usual if rule is None else settings[rule.target]
        asked = self._entered.get(measure.id, {}).get((self.here, month))
        target = target if asked is None else asked
        at_most = measure.at_most if rule is None else rule.at_most
        value = value_of(measure, found.amount, found.of)
        return {
            "measure": measure.id,
            "month": month,
            "amount": found.amount,
            "whole": found.of,
            "target": target,
            "entered": asked is not None,
            "state": thresholds.compared(value, target, at_most=at_most).state,
            "basis_id": None if rule is None else self._basis(rule, month, settings),
            "worked_on": self.months.today,
            "worked_at": clock.now(),
            "final": is_final(measure, rule, month, self.months.today),
        }

    def _settings(self, rule: Threshold | None, month: str) -> Settings:
        return (
            {} if rule is None else self._shelf.settings(rule, self.here, thresholds.judged_on(rule, month))
        )

    def _basis(self, rule: Threshold, month: str, settings: Settings) -> int:
        key = rule.id, thresholds.judged_on(rule, month)
        if key not in self._bases:
            self._bases[key] = basis_of(self.session, rule, settings).id
        return self._bases[key]


def is_final(measure: Measure, rule: Threshold | None, month: str, day: date) -> bool:
    """Whether, seen on a day, a month's figure is not worked out any more."""
    ends = [last_day(moved(month, measure.settles))]
    if rule is not None:
        ends.append(thresholds.judged_on(rule, month))
    return max(ends) < day


def chunks(session: Session) -> list[list[str]]:
    """The measures of the active branch by id; what is counted together stands together."""
    together: dict[Any, list[str]] = {}
    for each in measures_on(plugins_on(session, current_branch_id())):
        together.setdefault(read_by(each), []).append(each.id)
    return list(together.values())


def measures_on(plugins: Iterable[str]) -> list[Measure]:
    """The measures of a branch where these plugins are on."""
    on = {CORE, *plugins}
    return [each for _owner, each in installation().measures if each.id.partition(".")[0] in on]


def read_by(measure: Measure) -> Any:
    """What measures have in common that are read together."""
    return measure.sums.read if isinstance(measure.sums, Part) else measure.id


def keep_all(session: Session, day: date) -> int:
    """Keep all figures of the active branch at once; answers how many were worked out."""
    return sum(keep(session, each, day) for each in chunks(session))


def keep(session: Session, measure_ids: Sequence[str], day: date) -> int:
    """Work out the figures of measures in the active branch, seen on a day, that are not final; answers how many.

    All is read before anything is written.
    """
    known = [each for _owner, each in installation().measures if each.id in measure_ids]
    wanted = _wanted(session, known, month_of(day))
    every = sorted({month for _measure, month in wanted})
    if not every:
        return 0
    sheet = Sheet(session, known, Months.since(every[0], every[-1], day))
    open_ = FIGURE.c.measure.in_([each.id for each in known]), FIGURE.c.final.is_(False)
    change(session, Figure, delete(FIGURE).where(FIGURE.c.month.in_(every), *open_))
    return insert_rows(session, Figure, [sheet.row(*each) for each in wanted])


def _wanted(session: Session, measures: Sequence[Measure], now: str) -> list[tuple[Measure, str]]:
    """What is not final: of the months of the last two years, and of older ones that were left so."""
    first = moved(now, -BACK)
    held = select(FIGURE.c.measure, FIGURE.c.month, FIGURE.c.final).where(
        FIGURE.c.measure.in_([each.id for each in measures]),
        or_(FIGURE.c.month >= first, FIGURE.c.final.is_(False)),
    )
    final = {(measure, month): is_final for measure, month, is_final in fetch(session, held)}
    months = {*Months.since(first, now, date.min).all, *(month for _measure, month in final)}
    return [
        (each, month)
        for each in measures
        for month in sorted(months)
        if month <= now and not final.get((each.id, month), month < first)
    ]


def due(session: Session) -> list[tuple[int, dict[str, Any]]]:
    """The branches of which not all figures were worked out today, each with what its job is started with."""
    on: dict[int, set[str]] = {}
    for branch_id, plugin in session.execute(
        select(BranchPlugin.branch_id, BranchPlugin.plugin).where(BranchPlugin.enabled)
    ):
        on.setdefault(branch_id, set()).add(plugin)
    branches = session.execute(select(Branch.id, Branch.time_zone).where(Branch.active)).all()
    days = {branch_id: clock.today(zone) for branch_id, zone in branches}
    done = _done(session, days)
    asked = {branch_id: len(measures_on(on.get(branch_id, ()))) for branch_id in days}
    return [
        (branch_id, {"day": day.isoformat()})
        for branch_id, day in sorted(days.items())
        if done.get(branch_id, 0) < asked[branch_id]
    ]


def _done(session: Session, days: Mapping[int, date]) -> dict[int, int]:
    """Of how many measures the present month was worked out today, by branch."""
    known = [each.id for _owner, each in installation().measures]
    counted = (
        select(Figure.branch_id, Figure.worked_on, Figure.month, func.count())
        .where(Figure.branch_id.in_(days), Figure.month.in_({month_of(day) for day in days.values()}))
        .where(Figure.measure.in_(known))
        .group_by(Figure.branch_id, Figure.worked_on, Figure.month)
    )
    found: dict[int, int] = {}
    for branch_id, worked_on, month, count in session.execute(counted):
        if worked_on >= days[branch_id] and month == month_of(days[branch_id]):
            found[branch_id] = found.get(branch_id, 0) + count
    return found
