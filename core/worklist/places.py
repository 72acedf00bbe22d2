"""The place of the active branch: its calendar, hours and clock, read once for a piece of work."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.data import clock
from core.workdays.kept import calendar_of, hours_of
from core.worklist.reckoning import Place


def place_of(session: Session, branch_id: int) -> Place:
    """The calendar, hours of service and clock of a branch."""
    return Place(
        calendar_of(session, branch_id), hours_of(session, branch_id), ZoneInfo(zone_of(session, branch_id))
    )


def zone_of(session: Session, branch_id: int) -> str:
    branch = session.get(Branch, branch_id)
    return branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE


def today_in(session: Session, branch_id: int) -> date:
    """The business date of a branch."""
    return clock.today(zone_of(session, branch_id))
