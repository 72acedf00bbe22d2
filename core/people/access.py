"""Who acts, where, and what they may do. Read once per request and remembered on `g`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import g, has_request_context
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from core.branches.models import HEAD_OFFICE, Branch
from core.branches.switches import plugin_on
from core.data import clock
from core.installation import installation
from core.people.models import Appointment, PersonProfile
from core.people.positions import Position


@dataclass
class Person:
    """The person of this request, in the active branch."""

    user_id: int
    username: str
    name: str
    profile: PersonProfile | None
    branches: list[Branch] = field(default_factory=list)
    branch: Branch | None = None
    positions: list[Position] = field(default_factory=list)
    grants: dict[str, frozenset[str]] = field(default_factory=dict)
    everything: bool = False


def current_person() -> Person | None:
    """The person who is logged in, or None."""
    return g.get("zhidu_person") if has_request_context() else None


def current_user_id() -> int | None:
    person = current_person()
    return person.user_id if person else None


def may(entity_id: str, action: str) -> bool:
    """Whether the person may take a named action on an entity in the active branch, its plugin being on there."""
    person = current_person()
    if person is None or person.branch is None:
        return False
    plugin = entity_id.partition(".")[0]
    if not plugin_on(plugin):
        return False
    if action in person.grants.get(entity_id, ()):
        return True
    return person.everything


def require(entity_id: str, action: str) -> None:
    """Raise Unauthorized without a person, NotFound where the plugin is off, Forbidden without the right."""
    person = current_person()
    if person is None:
        raise Unauthorized
    if person.branch is None or not plugin_on(entity_id.partition(".")[0]):
        raise NotFound
    if not may(entity_id, action):
        raise Forbidden


def load_person(session: Session, user: Any, wanted_branch: str | None) -> Person:
    """Read a person's appointments of today and choose the active branch.

    `wanted_branch` is a branch code from the request; without it the branch last chosen, then the first appointment.
    A code where the person holds nothing is answered as if it did not exist (NotFound).
    """
    profile = session.scalar(select(PersonProfile).where(PersonProfile.user_id == user.id))
    name = f"{user.last_name}{user.first_name}".strip() or user.username
    person = Person(user_id=user.id, username=user.username, name=name, profile=profile)
    held = _appointments(session, user.id)
    administers = any(_administers(appointment, branch) for appointment, branch in held)
    person.branches = _all_branches(session) if administers else _distinct([branch for _, branch in held])
    person.branch = _active(person, wanted_branch)
    person.everything = administers
    if person.branch is not None:
        _add_grants(person, held)
    return person


def _appointments(session: Session, user_id: int) -> list[tuple[Appointment, Branch]]:
    latest, earliest = clock.today("Pacific/Kiritimati"), clock.today("Pacific/Pago_Pago")
    rows = session.execute(
        select(Appointment, Branch)
        .join(Branch, Branch.id == Appointment.branch_id)
        .where(Appointment.user_id == user_id, Branch.active, Appointment.valid_from <= latest)
        .where(or_(Appointment.valid_to.is_(None), Appointment.valid_to >= earliest))
        .order_by(Appointment.id)
    )
    return [(appointment, branch) for appointment, branch in rows if _holds_today(appointment, branch)]


def _holds_today(appointment: Appointment, branch: Branch) -> bool:
    today = clock.today(branch.time_zone)
    return appointment.valid_from <= today and (appointment.valid_to is None or appointment.valid_to >= today)


def _administers(appointment: Appointment, branch: Branch) -> bool:
    position = installation().positions.get(appointment.position)
    return position is not None and position.everything and branch.kind == HEAD_OFFICE


def _all_branches(session: Session) -> list[Branch]:
    return list(session.scalars(select(Branch).where(Branch.active).order_by(Branch.id)))


def _distinct(branches: list[Branch]) -> list[Branch]:
    return list({branch.id: branch for branch in branches}.values())


def _active(person: Person, wanted: str | None) -> Branch | None:
    if wanted:
        match = next((branch for branch in person.branches if branch.code == wanted), None)
        if match is None:
            raise NotFound
        return match
    saved = person.profile.branch_id if person.profile else None
    return next(
        (each for each in person.branches if each.id == saved),
        person.branches[0] if person.branches else None,
    )


def _add_grants(person: Person, held: list[tuple[Appointment, Branch]]) -> None:
    active = person.branch.id if person.branch else None
    for appointment, branch in held:
        position = installation().positions.get(appointment.position)
        if position is None or (branch.id != active and not _administers(appointment, branch)):
            continue
        person.positions.append(position)
        for each in position.grants:
            person.grants[each.entity] = person.grants.get(each.entity, frozenset()) | each.actions
