"""How far somebody who rules over people and rights reaches: their own branch and what lies below, what they hold."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, clock
from core.installation import installation
from core.people.access import Person, current_person
from core.people.models import Appointment
from core.people.positions import Position
from core.people.rights.effective import effective, level_in
from core.people.rights.levels import MASKED, WRITE
from core.people.rights.models import RightOverride
from core.people.rights.snapshot import below, present


def reach(session: Session, person: Person) -> tuple[int, ...] | None:
    """The branches in which a person may rule over people and rights; None: everywhere."""
    if person.everything:
        return None
    if person.branch is None:
        return ()
    known = person.known or present(session)
    return below(session, known, person.branch.id)


def reached_branches() -> list[ColumnElement[bool]]:
    """What narrows appointments to those that the current person may know of."""
    person = current_person()
    within = reach(_session(), person) if person is not None else None
    return [] if within is None else [Appointment.branch_id.in_(within)]


def reached_overrides() -> list[ColumnElement[bool]]:
    """What narrows changes of rights to those that count within reach."""
    person = current_person()
    within = reach(_session(), person) if person is not None else None
    if within is None:
        return []
    return [or_(RightOverride.branch_id.is_(None), RightOverride.branch_id.in_(within))]


def reached_people() -> list[ColumnElement[bool]]:
    """What narrows people to those who are appointed within reach, and those who are appointed nowhere yet."""
    person = current_person()
    within = reach(_session(), person) if person is not None else None
    if within is None:
        return []
    here = select(Appointment.user_id).where(Appointment.branch_id.in_(within))
    return [or_(User.id.in_(here), User.id.not_in(select(Appointment.user_id)))]


def demand_person(user_id: int) -> None:
    """Raise NotFound or UserError (403) unless the current person may edit this one: nobody above, nobody elsewhere."""
    person = current_person()
    if person is None:
        return
    session = _session()
    within = reach(session, person)
    if within is None:
        return
    day = clock.today()
    rows = session.execute(
        select(Appointment.branch_id, Appointment.position)
        .where(Appointment.user_id == user_id)
        .where(or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day))
    ).all()
    if not rows:
        _demand_newcomer(session, user_id)
    if rows and not any(row.branch_id in within for row in rows):
        raise NotFound
    for row in rows:
        position = installation().positions.get(row.position)
        if row.branch_id not in within or (
            position and not gives_no_more(session, person, position, row.branch_id)
        ):
            raise UserError(
                "This person holds a position above yours, or in another branch. Ask the administrator there.",
                status=403,
            )


def _demand_newcomer(session: Session, user_id: int) -> None:
    """Who was appointed somewhere once, and is nowhere now, is for the head office."""
    if session.scalar(select(Appointment.id).where(Appointment.user_id == user_id).limit(1)) is not None:
        raise NotFound


def demand_branch(branch_id: int | None) -> None:
    """Raise UserError unless the current person rules in a branch (None: in the whole company)."""
    person = current_person()
    within = reach(_session(), person) if person is not None else None
    if within is not None and branch_id not in within:
        raise UserError(
            "This reaches beyond your branch. Choose your own branch or one below it.",
            field="branch_id",
            status=403,
        )


def demand_position(position: Position, branch_id: int) -> None:
    """Raise UserError when a position would give more than the current person holds: nobody grants what they lack."""
    person = current_person()
    if person is not None and not gives_no_more(_session(), person, position, branch_id):
        raise UserError(
            "This position may do more than yours. Ask somebody who holds as much to appoint it.",
            field="position",
            status=403,
        )


def gives_no_more(session: Session, person: Person, position: Position, branch_id: int) -> bool:
    """Whether a person holds all that a position gives in a branch."""
    if person.everything:
        return True
    if position.everything or (position.oversees and not any(each.position.oversees for each in person.held)):
        return False
    rights = effective(person.known or present(session), position, branch_id, clock.today())
    if any(
        not actions <= person.grants.get(entity, frozenset()) for entity, actions in rights.actions.items()
    ):
        return False
    return all(_no_deeper(person, rights, entity) for entity, actions in rights.actions.items() if actions)


def _no_deeper(person: Person, rights: Any, entity_id: str) -> bool:
    """Whether a position shows no field of an entity deeper than the person is shown it."""
    entity = installation().entities.get(entity_id)
    fields = entity.fields if entity is not None else ()
    for each in fields:
        default = MASKED if each.mask else WRITE
        given = level_in([rights], entity_id, each.name, default)
        if given > level_in(person.rights, entity_id, each.name, default):
            return False
    return True


def _session() -> Session:
    return installation().database.session()
