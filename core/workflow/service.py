"""A move of a record, in the caller's transaction: judged, written, told. Whether it has to be approved is asked in
`core.workflow.moving`, which calls this; so does what a program moves by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches import Branch, setwise
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.service import claim, flush, judged, tell
from core.entities.spec import Entity
from core.history.models import MOVE
from core.history.writing import described
from core.installation import installation
from core.people.access import current_user_id
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
    hold(session, entity, record, transition)
    with described(MOVE, transition=transition.id):
        kept = prepare(session, entity, record, workflow, transition, values, witnesses)
        with session.no_autoflush:
            setattr(record, workflow.field, transition.to)
            _stamp(session, record, transition)
            claim(session, record)
        flush(session, entity)
        keep_witnesses(session, entity, record, transition, witnesses)
        kept()
    _tell(session, entity, record, transition)


def hold(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """Hold the record in the reference that the move locks until the transaction ends.

    A write that changes nothing: it locks the row on PostgreSQL and the database on SQLite. What the guards read after
    it is what others have committed before.
    """
    key = getattr(record, transition.locks) if transition.locks else None
    if key is None:
        return
    model = installation().entities[entity.field(transition.locks).target].model
    table = setwise.table_of(model)
    setwise.change(session, model, update(table).where(table.c.id == key).values(id=table.c.id))


def _stamp(session: Session, record: Any, transition: Transition) -> None:
    """Who made the move, and on which day of the branch."""
    if transition.by:
        setattr(record, transition.by, current_user_id())
    if transition.on:
        branch = session.get(Branch, record.branch_id)
        zone = branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE
        setattr(record, transition.on, clock.today(zone))


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
    for what in (transition.to, SAVED):
        tell(session, entity, record, what)
