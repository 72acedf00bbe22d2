"""The moves of a workflow as what can be done to many records of a list at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from core.entities.lists.bulk import Act
from core.entities.spec import Entity
from core.people.access import current_user_id
from core.ui.shell_form import ShellForm
from core.workflow.forms import entered, form_for_move
from core.workflow.kinds import Transition
from core.workflow.moving import move
from core.workflow.registry import workflow_of
from core.workflow.texts import lazy


def bulk_moves(entity: Entity) -> list[Act]:
    """Every move that many records may make with the same entries: not one that asks for witnesses or a number each."""
    workflow = workflow_of(entity)
    if workflow is None:
        return []
    return [
        _act(entity, each)
        for each in workflow.transitions
        if each.right and each.many and each.witnesses is None
    ]


def _act(entity: Entity, each: Transition) -> Act:
    return Act(
        f"move-{each.id}",
        lazy(each.label),
        each.right,
        each.icon,
        each.danger,
        do=partial(_moved, entity, each),
        asks=each.entered,
        form=partial(_form, entity, each) if each.entered else None,
    )


def _form(entity: Entity, each: Transition, session: Session, sent: Any) -> ShellForm:
    return form_for_move(session, entity, None, each, formdata=sent, csrf=False)


def _moved(entity: Entity, each: Transition, session: Session, record: Any, form: ShellForm | None) -> bool:
    values = entered(entity, each, form) if form is not None else {}
    return move(session, entity, record, each.id, values, (), current_user_id()) is not None
