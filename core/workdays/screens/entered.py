"""Days and hours as people enter them: judged, and within the reach of whoever enters them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, inspect, or_, select

from core.data import UserError
from core.data.marks import N_
from core.installation import installation
from core.people.access import current_person
from core.people.rights.reach import demand_branch, reach
from core.workdays.counting import PeriodError
from core.workdays.hours import ServiceHours
from core.workdays.models import NOTICE, OWN, ServiceTime, Workday

TWICE_DAY = N_("Something is said of this day already. Change that entry instead.")
TWICE_HOURS = N_("This branch has hours already. Change that entry instead.")
NO_HOURS = N_("Write the hours like 09:00-12:00 13:30-18:00, in order and none within another.")


def check_day(row: Workday) -> None:
    """One entry for a day and branch; who enters it reaches so far. What is changed by hand is the company's own."""
    _demand_reach(row)
    state = inspect(row)
    same = select(Workday.id).where(Workday.day == row.day, Workday.id != (row.id or 0), _at(Workday, row))
    if _session().scalar(same.limit(1)) is not None:
        raise UserError(TWICE_DAY, field="day", status=409)
    if row.source == NOTICE and state.attrs.branch_id.history.has_changes():
        row.source = OWN


def check_hours(row: ServiceTime) -> None:
    """Hours that can be read, one entry for a branch."""
    _demand_reach(row)
    try:
        row.windows = str(ServiceHours.read(row.windows or ""))
    except PeriodError:
        raise UserError(NO_HOURS, field="windows") from None
    same = select(ServiceTime.id).where(ServiceTime.id != (row.id or 0), _at(ServiceTime, row))
    if _session().scalar(same.limit(1)) is not None:
        raise UserError(TWICE_HOURS, field="branch_id", status=409)


def guard(row: Any) -> None:
    """Raise UserError unless the current person reaches the branch of an entry."""
    demand_branch(row.branch_id)


def reached_days() -> list[ColumnElement[bool]]:
    """What narrows days to those that count within the current person's reach."""
    return _reached(Workday)


def reached_hours() -> list[ColumnElement[bool]]:
    """What narrows hours to those that count within the current person's reach."""
    return _reached(ServiceTime)


def _reached(model: Any) -> list[ColumnElement[bool]]:
    person = current_person()
    within = reach(_session(), person) if person is not None else None
    return [] if within is None else [or_(model.branch_id.is_(None), model.branch_id.in_(within))]


def _demand_reach(row: Any) -> None:
    history = inspect(row).attrs.branch_id.history
    for branch_id in {*(history.deleted or ()), row.branch_id}:
        demand_branch(branch_id)


def _at(model: Any, row: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (
        model.branch_id == row.branch_id if row.branch_id else model.branch_id.is_(None)
    )
    return found


def _session() -> Any:
    return installation().database.session()
