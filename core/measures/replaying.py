"""Kept figures worked out again: final ones from the records, all of them from the settings that they keep."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.branches.models import Branch
from core.branches.scope import branch_scope, current_branch_id, current_scope
from core.data import clock
from core.handbook import stored, thresholds
from core.handbook.kinds import Threshold
from core.handbook.replay import Difference, Replayed
from core.installation import installation
from core.measures.adding import Adder, Key
from core.measures.kept import value_of
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.models import Figure
from core.measures.months import Months

COMPARED = ("amount", "whole", "target", "state")


def replay_figures(session: Session, found: Replayed) -> None:
    """The kept figures of the branches in scope. One that is not final changes with its records until it is."""
    if not current_scope().system:
        branch = session.get_one(Branch, current_branch_id())
        return _of_branch(session, found, branch)
    for branch in session.scalars(select(Branch).order_by(Branch.id)).all():
        with branch_scope(branch.id):
            _of_branch(session, found, branch)


def _of_branch(session: Session, found: Replayed, branch: Branch) -> None:
    known = {each.id: each for _owner, each in installation().measures}
    ordered = select(Figure).options(joinedload(Figure.basis)).order_by(Figure.measure, Figure.month)
    rows = session.scalars(ordered).all()
    sums = _sums(session, branch, [each for each in rows if each.final and each.measure in known], known)
    for row in rows:
        measure = known.get(row.measure)
        rule = thresholds.rule_of(row.measure)
        if measure is None or _is_of_another(rule, row):
            found.passed_over += 1
            continue
        found.judged += 1
        kept = stored.plain({name: _stored(getattr(row, name)) for name in COMPARED})
        now = stored.plain(_again(measure, rule, row, sums))
        if stored.canonical(kept) != stored.canonical(now):
            what = f"{row.measure} of {branch.code} in {row.month}"
            found.differences.append(Difference(rule.id if rule else row.measure, what, kept, now))


def _is_of_another(rule: Threshold | None, row: Figure) -> bool:
    """Whether the rule that set its target is gone, new or has been rewritten."""
    basis = row.basis
    if rule is None or basis is None:
        return rule is not None or basis is not None
    return (rule.id, rule.version) != (basis.rule, basis.version)


def _sums(
    session: Session, branch: Branch, rows: list[Figure], known: Mapping[str, Measure]
) -> dict[str, dict[Key, Sum]]:
    if not rows:
        return {}
    every = {each.month for each in rows}
    months = Months.since(min(every), max(every), clock.today(branch.time_zone))
    adder = Adder(session)
    return {name: adder.sums(known[name], (branch.id,), months) for name in {each.measure for each in rows}}


def _again(
    measure: Measure, rule: Threshold | None, row: Figure, sums: Mapping[str, Mapping[Key, Sum]]
) -> dict[str, Any]:
    amount, whole, target = row.amount, row.whole, row.target
    if row.final:
        nothing = Sum(row.branch_id, row.month, 0, 0 if measure.unit == SHARE else None)
        found = sums[row.measure].get((row.branch_id, row.month), nothing)
        amount, whole = Decimal(found.amount), found.of if found.of is None else Decimal(found.of)
    if not row.entered and row.basis is not None and rule is not None:
        target = stored.live_map(row.basis.settings)[rule.target]
    elif not row.entered:
        target = measure.usual
    at_most = measure.at_most if rule is None else rule.at_most
    state = thresholds.compared(value_of(measure, amount, whole), target, at_most=at_most).state
    return {
        name: _stored(value) for name, value in zip(COMPARED, (amount, whole, target, state), strict=True)
    }


def _stored(value: Any) -> Any:
    """As the column keeps it: a number with its four decimals."""
    return round(Decimal(value), 4) if isinstance(value, Decimal | int) else value
