"""Who may make a move beside the right to it: whom it is for alone, and whom it concerns."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Entity
from core.handbook.facts import FactsOf
from core.installation import installation
from core.people.access import current_person
from core.workflow.kinds import Transition

NOT_YOURS = N_("Only whom this is about can do it, with an account of their own.")
ABOUT_YOU = N_("This is about yourself: somebody else does it.")


def demand_mover(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """Raise UserError where the reader does not make this move, be it for somebody else whose place they take."""
    barred = barred_from(session, entity, record, transition)
    if barred:
        raise UserError(barred, status=403)


def barred_from(session: Session, entity: Entity, record: Any, transition: Transition) -> str:
    """The msgid of why the reader does not make this move; empty where they may."""
    if not transition.only_by and not transition.not_by:
        return ""
    person = current_person()
    facts = FactsOf(session, entity, record, installation().entities)
    only = facts[transition.only_by] if transition.only_by else None
    if only is not None and (person is None or person.user_id != only):
        return NOT_YOURS
    concerned = {facts[name] for name in transition.not_by} - {None}
    acting = {person.user_id, person.acting_for} if person is not None else set()
    return ABOUT_YOU if acting & concerned else ""
