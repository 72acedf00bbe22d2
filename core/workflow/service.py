"""A move of a record, in the caller's transaction: judged, written, told. Whether it has to be approved is asked in
`core.workflow.moving`, which calls this; so does what a program moves by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError
from core.data.marks import N_
from core.entities.service import claim, flush, judged
from core.entities.spec import Entity
from core.history.models import MOVE
from core.history.writing import described
from core.installation import installation
from core.ui import format as shown
from core.workflow.guards import demand_guards
from core.workflow.kinds import Transition, Workflow
from core.workflow.registry import workflow_of
from core.workflow.texts import told
from core.workflow.witnesses import demand_witnesses, keep_witnesses

ILLEGAL = N_("%(move)s is not possible while this is in the state %(state)s. Possible now: %(allowed)s.")
AT_ITS_END = N_("%(move)s is not possible any more: this is in the state %(state)s, which is the last one.")
SAVED = "saved"
"""What is told of a record whenever it has been written."""
MISSING = N_("Fill in this field.")


class IllegalMoveError(UserError):
    """A move that the present state does not allow; `allowed` are the ids of those that it does."""

    def __init__(self, workflow: Workflow, transition: Transition, state: str) -> None:
        found = workflow.out_of(state)
        self.allowed = [each.id for each in found]
        labels = shown.listed(told(each.label) for each in found)
        known = next((each.label for each in workflow.states if each.id == state), state)
        words: dict[str, Any] = {"move": told(transition.label), "state": told(known)}
        if found:
            words["allowed"] = labels
        super().__init__(ILLEGAL if found else AT_ITS_END, status=409, **words)


def found(entity: Entity, transition_id: str) -> tuple[Workflow, Transition]:
    """The workflow of an entity and one of its moves; NotFound for what is not there."""
    workflow = workflow_of(entity)
    transition = workflow.transition(transition_id) if workflow is not None else None
    if workflow is None or transition is None:
        raise NotFound
    return workflow, transition


def demand_legal(workflow: Workflow, transition: Transition, record: Any) -> None:
    """Raise IllegalMoveError where the record's present state does not allow the move."""
    state = getattr(record, workflow.field)
    if state not in transition.source:
        raise IllegalMoveError(workflow, transition, state)


def carry_out(
    session: Session,
    entity: Entity,
    record: Any,
    transition_id: str,
    values: Mapping[str, Any],
    witnesses: Sequence[int] = (),
) -> None:
    """Move a record: write `values` (as the columns hold them), the new state, the history and the event.

    Whoever calls has judged the right, and rolls back when UserError says why the record stays where it is.
    """
    workflow, transition = found(entity, transition_id)
    with described(MOVE, transition=transition.id):
        kept = prepare(session, entity, record, workflow, transition, values, witnesses)
        with session.no_autoflush:
            setattr(record, workflow.field, transition.to)
            claim(session, record)
        flush(session, entity)
        keep_witnesses(session, entity, record, transition, witnesses)
        kept()
    _tell(session, entity, record, transition)


def prepare(
    session: Session,
    entity: Entity,
    record: Any,
    workflow: Workflow,
    transition: Transition,
    values: Mapping[str, Any],
    witnesses: Sequence[int] = (),
) -> Callable[[], None]:
    """Judge a move and write its values into the record, without a flush. Raises UserError for what does not go.

    Answers what is called when the database has taken the record.
    """
    demand_legal(workflow, transition, record)
    with session.no_autoflush:
        for name in transition.entered:
            if name in values:
                setattr(record, name, values[name])
        for name in transition.fields:
            if getattr(record, name) in (None, ""):
                raise UserError(MISSING, status=422, field=name)
        demand_witnesses(transition, record, witnesses)
        if entity.check is not None:
            entity.check(record)
        demand_guards(session, entity, record, transition)
        return judged(session, entity, record, transition.id)


def _tell(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """A move is the event `<entity>.<state>`, and a change of the record as any other."""
    tell = installation().happened
    if tell is not None:
        for what in (transition.to, SAVED):
            tell(session, entity, record, what)
