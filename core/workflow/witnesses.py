"""Witnesses of a move (见证人): different people, neither those whom it concerns nor whoever makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Entity
from core.people.access import current_person
from core.workflow.kinds import Transition
from core.workflow.models import Witness

TOO_FEW = N_("Name %(count)s different people who saw it.")
CONCERNED = N_("Whom this concerns, or who enters it, cannot witness it. Name other people.")
FIRST = "witness_1"


def demand_witnesses(transition: Transition, record: Any, witnesses: Sequence[int]) -> None:
    """Raise UserError unless enough different people are named who have nothing to do with it."""
    asked = transition.witnesses
    if asked is None:
        return
    if len(set(witnesses)) < max(asked.count, len(witnesses)):
        raise UserError(TOO_FEW, status=422, field=FIRST, count=asked.count)
    person = current_person()
    concerned = {getattr(record, name) for name in asked.not_in}
    concerned |= {person.user_id, person.acting_for} if person is not None else set()
    if concerned & set(witnesses):
        raise UserError(CONCERNED, status=422, field=FIRST)


def keep_witnesses(
    session: Session, entity: Entity, record: Any, transition: Transition, witnesses: Sequence[int]
) -> None:
    """Write down who witnessed a move that was made."""
    if transition.witnesses is None:
        return
    for user_id in witnesses:
        row = Witness(entity=entity.id, record_id=record.id, transition=transition.id, user_id=user_id)
        session.add(row)
    session.flush()
