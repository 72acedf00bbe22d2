"""Whose an obligation is: of a person, of the holders of a position, and of those to whom it was raised."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from core.handbook.kinds import Obliging
from core.handbook.registry import book
from core.people.access import Person, current_person, may
from core.worklist.granting import ENTITY
from core.worklist.models import Obligation

SEE_ALL = "see-all"


def reached() -> list[ColumnElement[bool]]:
    """What narrows obligations to those that the current person may see: their own, or all with the right to."""
    person = current_person()
    if person is None or may(ENTITY, SEE_ALL):
        return []
    return [or_(own(person), raised_to(person))]


def own(person: Person) -> ColumnElement[bool]:
    """Owed by the person, or by a position of theirs where nobody is named; never unknown, as it is turned round."""
    positions = [each.id for each in person.positions]
    of_position = and_(Obligation.owner_id.is_(None), Obligation.owner_position.in_(positions))
    in_person = and_(Obligation.owner_id.is_not(None), Obligation.owner_id == person.user_id)
    return or_(in_person, of_position)


def raised_to(person: Person) -> ColumnElement[bool]:
    """Late, and raised to a position of theirs by the ladder."""
    held = {each.id for each in person.positions}
    rungs = [
        and_(Obligation.rule == rule.id, Obligation.step >= number)
        for rule in book().of_kind(Obliging)
        for number, step in enumerate(rule.ladder, start=1)
        if step.position in held
    ]
    return or_(false(), *rungs)
