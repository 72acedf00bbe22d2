"""Items that administrators put onto rounds: asked while a record is there of which their conditions hold."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.handbook.conditions import as_sql
from core.handbook.kinds import Checklist
from core.handbook.own.models import INSPECT
from core.handbook.own.rules import Term, of_effect, terms
from core.installation import installation


def own_items(session: Session, rounds: Container[str], branch_id: int, day: date) -> list[Checklist]:
    """The own items of rounds in a branch on a day."""
    rows = [each for each in of_effect(session, INSPECT) if each.moment in rounds]
    held = (each for each in terms(session, rows, branch_id) if each.has(day))
    return [
        each.rule
        for each in held
        if isinstance(each.rule, Checklist) and is_needed(session, each.row.entity, each.rule, branch_id)
    ]


def is_needed(session: Session, entity_id: str, rule: Checklist, branch_id: int) -> bool:
    """Whether the branch has a record that the rule is about; without conditions nothing has to be there."""
    if not rule.where:
        return True
    entities = installation().entities
    entity = entities[entity_id]
    found = select(entity.model.id).where(
        entity.model.branch_id == branch_id, as_sql(entity, rule.where, entities)
    )
    return session.scalar(found.limit(1)) is not None


def always_asked(session: Session, branch_id: int) -> list[Term]:
    """The own items of a branch that need no record to be there, each with its time."""
    held = terms(session, of_effect(session, INSPECT), branch_id)
    return [each for each in held if not each.rule.where]
