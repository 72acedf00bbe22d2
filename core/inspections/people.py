"""Who may be named as responsible for what is not in order: the people of the branch."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.people.models import Appointment
from core.people.rights.holding import in_period
from core.people.rights.words import names_of


def people_of(session: Session, branch_id: int, day: date) -> list[tuple[int, str]]:
    """Those who hold a position in a branch on a day, with their names, by name."""
    held = select(Appointment.user_id).where(
        Appointment.branch_id == branch_id, in_period(Appointment, day, day)
    )
    names = names_of(session, set(session.scalars(held)))
    return sorted(names.items(), key=lambda each: (each[1], each[0]))
