"""The calendar of a branch, as the company keeps it: what the nearest branch up the tree says of a day counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.workdays.calendar import Calendar
from core.workdays.hours import USUAL_HOURS, ServiceHours
from core.workdays.models import NOTICE, ServiceTime, Workday
from core.workdays.year import Said


def calendar_of(session: Session, branch_id: int | None) -> Calendar:
    """The working days of a branch (None: of the company as a whole). Two statements."""
    return kept_of(session, branch_id)[0]


def kept_of(session: Session, branch_id: int | None) -> tuple[Calendar, Mapping[date, Said]]:
    """As `calendar_of`, and what was entered of each day that somebody entered. Two statements."""
    line = lineage(session, branch_id)
    wanted = select(Workday.branch_id, Workday.day, Workday.is_workday, Workday.source, Workday.name)
    return told_by(session.execute(wanted.where(_counts(Workday.branch_id, line))).all(), line)


def told_by(rows: Sequence[Any], line: Sequence[int]) -> tuple[Calendar, Mapping[date, Said]]:
    """As `kept_of`, by rows of working days, for a branch with its `lineage`."""
    rank = {each: place for place, each in enumerate(line)}
    nearest = {
        row.day: row for row in sorted(rows, key=lambda row: rank.get(row.branch_id, len(line)), reverse=True)
    }
    announced = frozenset(row.day.year for row in rows if row.source == NOTICE and row.branch_id is None)
    calendar = Calendar({day: row.is_workday for day, row in nearest.items()}, announced)
    return calendar, {day: Said(row.name, row.source, row.branch_id) for day, row in nearest.items()}


def hours_of(session: Session, branch_id: int | None) -> ServiceHours:
    """The hours of service of a branch, in its own time zone; the usual ones where nobody up the tree says any."""
    line = lineage(session, branch_id)
    wanted = select(ServiceTime.branch_id, ServiceTime.windows)
    return hours_by(session.execute(wanted.where(_counts(ServiceTime.branch_id, line))).all(), line)


def hours_by(rows: Sequence[Any], line: Sequence[int]) -> ServiceHours:
    """As `hours_of`, by rows of service times, for a branch with its `lineage`."""
    found = {row.branch_id: row.windows for row in rows}
    windows = next((found[each] for each in (*line, None) if each in found), None)
    return ServiceHours.read(windows) if windows is not None else USUAL_HOURS


def lineage(session: Session, branch_id: int | None) -> tuple[int, ...]:
    """A branch and all above it, the branch itself first."""
    above = {row[0]: row[1] for row in session.execute(select(Branch.id, Branch.parent_id))}
    line: list[int] = []
    while branch_id is not None and branch_id not in line:
        line.append(branch_id)
        branch_id = above.get(branch_id)
    return tuple(line)


def _counts(column: Any, line: Iterable[int]) -> ColumnElement[bool]:
    return or_(column.is_(None), column.in_(tuple(line)))
