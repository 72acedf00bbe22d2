"""What bars a move beside its state: functions of the record's facts. Checks of the rule book are asked apart."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.spec import Entity
from core.handbook.facts import FactsOf
from core.handbook.kinds import Refusal
from core.installation import installation
from core.workflow.kinds import Transition


def demand_guards(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """Raise UserError with what the first guard says that bars the move."""
    facts = FactsOf(session, entity, record, installation().entities)
    for each in transition.guards:
        refusal = each(facts) if callable(each) else None
        if refusal is not None:
            raise _refused(refusal)


def _refused(refusal: Refusal) -> UserError:
    """A refusal as people read it, beside the first field that it is about."""
    text = refusal.text if isinstance(refusal.text, str) else str(refusal.text)
    field = refusal.fields[0] if refusal.fields else None
    return UserError(text, status=422, field=field, **refusal.figures)
