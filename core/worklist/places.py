"""The place of the active branch: its calendar, hours and clock, read once for a piece of work."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core.people.access import time_zone
from core.workdays.kept import calendar_of, hours_of
from core.worklist.reckoning import Place


def place_of(session: Session, branch_id: int) -> Place:
    """The calendar, hours of service and clock of a branch."""
    return Place(
        calendar_of(session, branch_id), hours_of(session, branch_id), ZoneInfo(time_zone(session, branch_id))
    )
