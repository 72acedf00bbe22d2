"""Until when the works are under warranty: so many years from the day of acceptance on (DEC-R71-B)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.workdays import Calendar, later, rolled
from core.workdays.kept import calendar_of
from plugins.decoration.models.complaints import RepairFile
from plugins.decoration.rules.names_complaints import WATERPROOF

MONTHS = 12


def last_days(session: Session, accepted_on: date) -> tuple[date, date]:
    """The last days of the general warranty and that against leaks, by the settings of the day of acceptance."""
    return ends(accepted_on, *terms(session, accepted_on))


def terms(session: Session, day: date) -> tuple[Mapping[str, Any], Calendar]:
    """What a warranty that begins on a day is counted by in the active branch."""
    branch_id = current_branch_id()
    return settings_on(session, book().rules["DEC-R71-B"], branch_id, day), calendar_of(session, branch_id)


def ends(accepted_on: date, settings: Mapping[str, Any], calendar: Calendar) -> tuple[date, date]:
    """As `last_days`, by terms that are known."""
    general, waterproof = settings["general_years"], settings["waterproof_years"]
    return (
        last_day(accepted_on, general, settings, calendar),
        last_day(accepted_on, waterproof, settings, calendar),
    )


def last_day(accepted_on: date, years: int, settings: Mapping[str, Any], calendar: Calendar) -> date:
    """The day of the same number so many years later, or its month's last; where the branch says so, a last day that is
    off gives way to the next working day (Civil Code, article 203)."""
    nominal = later(accepted_on, years * MONTHS)
    return rolled(nominal, calendar, "next") if settings["rolls_to_workday"] else nominal


def until(file: RepairFile, part: str) -> date:
    """The last day of the warranty of a part of the works."""
    return file.waterproof_until if part == WATERPROOF else file.general_until
