"""The figures that are kept, as the dashboard and "why?" read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.measures.adding import Key
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.models import Figure
from core.measures.months import Months
from core.measures.reach import reading

COLUMNS = (
    Figure.measure,
    Figure.branch_id,
    Figure.month,
    Figure.amount,
    Figure.whole,
    Figure.target,
    Figure.entered,
    Figure.state,
    Figure.basis_id,
    Figure.worked_at,
    Figure.final,
)


@dataclass(frozen=True)
class Kept:
    """A row of `core_figure` as plain values."""

    measure: str
    branch_id: int
    month: str
    amount: Decimal
    whole: Decimal | None
    target: Decimal | None
    entered: bool
    state: str
    basis_id: int | None
    worked_at: datetime
    final: bool

    @property
    def sum(self) -> Sum:
        return Sum(self.branch_id, self.month, self.amount, self.whole)


def value_of(measure: Measure, amount: Decimal | int, whole: Decimal | int | None) -> Decimal | None:
    """A figure in yuan, percent or pieces; None for a share of nothing."""
    if measure.unit != SHARE:
        return Decimal(amount)
    return Decimal(amount) / Decimal(whole) * 100 if whole else None


def read(
    session: Session, measure_ids: Sequence[str], branches: Iterable[int], months: Months
) -> dict[str, dict[Key, Kept]]:
    """What is kept of measures, by measure, branch and month. One statement."""
    found: dict[str, dict[Key, Kept]] = {each: {} for each in measure_ids}
    with reading(tuple(sorted(branches))):
        wanted = select(*COLUMNS).where(Figure.month.in_(months.all), Figure.measure.in_(measure_ids))
        for row in session.execute(wanted):
            each = Kept(*row)
            found[each.measure][each.branch_id, each.month] = each
    return found


def latest(session: Session, measure_id: str, month: str) -> Kept | None:
    """What a measure was found to be in the active branch; None where nothing is kept of the month."""
    here = Figure.branch_id == current_branch_id(), Figure.month == month, Figure.measure == measure_id
    row = session.execute(select(*COLUMNS).where(*here)).one_or_none()
    return Kept(*row) if row is not None else None
