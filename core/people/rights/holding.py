"""Which positions a person holds today, in their own right or for somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union
from sqlalchemy.orm import Session, aliased

from core.branches.models import Branch
from core.data import clock
from core.data.base import freed
from core.installation import installation
from core.people.models import REGULAR, Appointment, Chosen, PersonProfile, chosen, chosen_columns
from core.people.positions import Position
from core.people.rights.models import RightsVersion
from core.people.rights.snapshot import Snapshot


@dataclass(frozen=True)
class Held:
    """A position that is held in a branch today. `acting_for` is the name of the person whose place is taken."""

    appointment: Appointment
    branch: Branch
    position: Position
    acting_for_id: int | None = None
    acting_for: str = ""


def profile_and_version(session: Session, user_id: int) -> tuple[Chosen | None, int | None]:
    """What a person chose, and the version of the overrides that holds now, in one statement."""
    version = select(RightsVersion.version).scalar_subquery()
    once = select(literal(1)).subquery()
    row = session.execute(
        select(version, *chosen_columns())
        .select_from(once)
        .outerjoin(PersonProfile, PersonProfile.user_id == user_id)
    ).one()
    return chosen(row[1:]), row[0]


def held_today(session: Session, user_id: int, known: Snapshot | None = None) -> list[Held]:
    """The positions that a person holds today, each by the calendar of its branch, in the order of appointment.

    With `known`, what was read of them at that version serves again; the rows then belong to no session.
    """
    if known is None:
        return held_by(session, [user_id])[user_id]
    key = ("appointments", user_id, *_days())
    rows: list[Any] | None = known.remembered.get(key)
    if rows is None:
        found = session.execute(_rows_for([user_id])).all()
        rows = known.remember(key, [tuple(freed(each) for each in row) for row in found])
    return _held_among(rows, [user_id])[user_id]


def held_by(session: Session, user_ids: Collection[int]) -> dict[int, list[Held]]:
    """As `held_today`, for several people in one statement.

    A position that no plugin brings any more is held, and gives nothing.
    """
    return _held_among(session.execute(_rows_for(user_ids)), user_ids)


def _held_among(among: Iterable[Any], user_ids: Collection[int]) -> dict[int, list[Held]]:
    rows = [row for row in among if _counts_today(row[0], row[1])]
    owners = {
        (row[0].user_id, *_place(row[0])): row for row in rows if row[0].kind == REGULAR and row[2].active
    }
    found: dict[int, list[Held]] = {each: [] for each in user_ids}
    for appointment, branch, _user in rows:
        if appointment.user_id not in found:
            continue
        position = installation().positions.get(appointment.position)
        position = position or Position(appointment.position, appointment.position)
        principal = appointment.acting_for_id
        held = found[appointment.user_id]
        if principal is None:
            held.append(Held(appointment, branch, position))
        elif (owner := owners.get((principal, *_place(appointment)))) is not None:
            held.append(Held(appointment, branch, position, principal, name_of(owner[2])))
    return found


def _rows_for(user_ids: Collection[int]) -> Select[Any]:
    """The appointments of people, and those of whoever delegated something to them.

    All of them are named by one set: asked for the one or the other, PostgreSQL would read the whole company.
    """
    latest, earliest = _days()
    mine = aliased(Appointment)
    themselves = select(User.id).where(User.id.in_(user_ids))
    principals = select(mine.acting_for_id).where(mine.user_id.in_(user_ids), mine.acting_for_id.is_not(None))
    return (
        select(Appointment, Branch, User)
        .join(Branch, Branch.id == Appointment.branch_id)
        .join(User, User.id == Appointment.user_id)
        .where(Appointment.user_id.in_(union(themselves, principals)), Branch.active)
        .where(in_period(Appointment, earliest, latest))
        .order_by(Appointment.id)
    )


def _days() -> tuple[date, date]:
    """Today where the day begins first, and where it begins last."""
    return clock.today("Pacific/Kiritimati"), clock.today("Pacific/Pago_Pago")


def _counts_today(appointment: Appointment, branch: Branch) -> bool:
    return holds_on(appointment, clock.today(branch.time_zone))


def _place(appointment: Appointment) -> tuple[int, str]:
    return appointment.branch_id, appointment.position


def name_of(user: User) -> str:
    """A person's name, the user name where there is none."""
    return f"{user.last_name or ''}{user.first_name or ''}".strip() or str(user.username)


def in_period(appointment: Any, first: date, last: date) -> ColumnElement[bool]:
    """Whether an appointment counts on some day between two."""
    return and_(
        appointment.valid_from <= last, or_(appointment.valid_to.is_(None), appointment.valid_to >= first)
    )


def holds_on(appointment: Appointment, day: date) -> bool:
    """Whether an appointment counts on a day."""
    return appointment.valid_from <= day and (appointment.valid_to is None or appointment.valid_to >= day)
