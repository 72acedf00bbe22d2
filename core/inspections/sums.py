"""How much was in order: by round and branch, added up in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _
from sqlalchemy import Integer, case, cast, extract, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.inspections.kinds import NOT_APPLICABLE, NOT_OK, OK
from core.inspections.models import InspectionResult
from core.inspections.rounds import RESULT
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months, first_day, last_day

MOST_ITEMS = 10


@dataclass(frozen=True)
class Counts:
    """Finished inspections of a round in a branch, and their items by verdict."""

    branch_id: int
    round: str
    inspections: int
    ok: int
    not_ok: int
    not_applicable: int

    @property
    def judged(self) -> int:
        """Items that count: what does not apply is in neither part of the share."""
        return self.ok + self.not_ok


@dataclass(frozen=True)
class Worst:
    """An item and how often it was not in order."""

    round: str
    rule: str
    item: str
    text: str
    count: int


def by_round(session: Session, month: str) -> list[Counts]:
    """The counts of a month, for each branch in scope and round."""
    model = InspectionResult
    rows: Any = session.execute(
        select(
            model.branch_id,
            model.round,
            func.count(func.distinct(model.inspection_id)),
            *(_count(each) for each in (OK, NOT_OK, NOT_APPLICABLE)),
        )
        .where(*_within(first_day(month), last_day(month)))
        .group_by(model.branch_id, model.round)
        .order_by(model.branch_id, model.round)
    )
    return [Counts(*row) for row in rows]


def worst(session: Session, month: str) -> list[Worst]:
    """The items that were most often not in order in a month."""
    model, count = InspectionResult, func.count(InspectionResult.id)
    rows = session.execute(
        select(model.round, model.rule, model.item, func.max(model.text), count)
        .where(*_within(first_day(month), last_day(month)), model.verdict == NOT_OK)
        .group_by(model.round, model.rule, model.item)
        .order_by(count.desc(), model.rule, model.item)
        .limit(MOST_ITEMS)
    )
    return [Worst(*row) for row in rows]


def in_order(session: Session, months: Months) -> Iterator[Sum]:
    """For the dashboard: items in order, of those that were judged."""
    model = InspectionResult
    year, month = cast(extract("year", model.day), Integer), cast(extract("month", model.day), Integer)
    rows = session.execute(
        select(model.branch_id, year, month, _count(OK), _count(NOT_OK))
        .where(*_within(months.first_day, months.last_day))
        .group_by(model.branch_id, year, month)
    )
    for branch_id, of_year, of_month, ok, not_ok in rows:
        yield Sum(branch_id, f"{of_year:04d}-{of_month:02d}", ok, ok + not_ok)


def _within(first: date, last: date) -> tuple[Any, ...]:
    return (InspectionResult.finished, InspectionResult.day.between(first, last))


def _count(verdict: str) -> ColumnElement[int]:
    return func.count(case((InspectionResult.verdict == verdict, 1)))


def list_of(month: str, **filters: str) -> str:
    """The address of the list of the items behind a figure of a month."""
    asked: dict[str, Any] = {f"f_{name}": value for name, value in filters.items()}
    days = {"f_day.ge": first_day(month).isoformat(), "f_day.le": last_day(month).isoformat()}
    return f"/core/inspection-result/?{urlencode({'f_finished': 'true', **days, **asked})}"


IN_ORDER = Measure(
    id="core.inspections-in-order",
    label=_("Inspected and in order"),
    unit=SHARE,
    entity=RESULT,
    sums=in_order,
    url=lambda month, _months: list_of(month),
    about=_("Of the items judged in finished inspections of the month, those in order."),
    settles=1,
)
