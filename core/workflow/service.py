"""A move of a record, in the caller's transaction: judged, written, told. Whether it has to be approved is asked in
`core.workflow.moving`, which calls this; so does what a program moves by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches import setwise
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.service import claim, flush, judged, tell
from core.entities.spec import Entity
from core.history.models import MOVE
from core.history.writing import described
from core.installation import installation
from core.people.access import current_user_id, today_in
from core.ui import format as shown
from core.workflow.guards import demand_guards
from core.workflow.kinds import Transition, Workflow
from core.workflow.registry import workflow_of
from core.workflow.texts import told
from core.workflow.witnesses import demand_witnesses, keep_witnesses

ILLEGAL = N_("%(move)s is not possible while this is in the state %(state)s. Possible now: %(allowed)s.")
AT_ITS_END = N_("%(move)s is not possible any more: this is in the state %(state)s, which is the last one.")
NOT_BY_HAND = N_(
    "%(move)s is not possible while this is in the state %(state)s, from which nobody moves it by hand."
)
SAVED = "saved"
"""What is told of a record whenever it has been written."""
MISSING = N_("Fill in this field.")


class IllegalMoveError(UserError):
    """A move that the present state does not allow; `allowed` are the ids of those that it does."""

    def __init__(self, workflow: Workflow, transition: Transition, state: str) -> None:
        found = workflow.by_hand(state)
        self.allowed = [each.id for each in found]
        labels = shown.listed(told(each.label) for each in found)
        known = next((each.label for each in workflow.states if each.id == state), state)
        words: dict[str, Any] = {"move": told(transition.label), "state": told(known)}
        if found:
            words["allowed"] = labels
        barred = NOT_BY_HAND if workflow.out_of(state) else AT_ITS_END
        super().__init__(ILLEGAL if found else barred, status=409, **words)


def found(entity: Entity, transition_id: str) -> tuple[Workflow, Transition]:
    """The workflow of an entity and one of its moves; NotFound for what is not there."""
    workflow = workflow_of(entity)
    transition = workflow.transition(transition_id) if workflow is not None else None
    if workflow is None or transition is None:
        raise NotFound
    return workflow, transition


def found_by_hand(entity: Entity, transition_id: str) -> tuple[Workflow, Transition]:
    """As `found`, of the moves that people make; NotFound for one that only the program makes."""
    workflow, transition = found(entity, transition_id)
    if not transition.right:
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
    asked_by: int | None = None,
) -> None:
    """Move a record: write `values` (as the columns hold them), the new state, the history and the event.

    Whoever calls has judged the right, and rolls back when UserError says why the record stays where it is. `asked_by`
    is who asked for it, where somebody else had the last word.
    """
    workflow, transition = found(entity, transition_id)
    hold(session, entity, record, transition)
    with described(MOVE, transition=transition.id):
        kept = prepare(session, entity, record, workflow, transition, values, witnesses, asked_by)
        with session.no_autoflush:
            setattr(record, workflow.field, transition.to)
            claim(session, record)
        flush(session, entity)
        keep_witnesses(session, entity, record, transition, witnesses)
        kept()
    _tell(session, entity, record, transition)


def hold(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """Hold the record in the reference that the move locks: what the guards read after it is what others have committed
    before."""
    key = getattr(record, transition.locks) if transition.locks else None
    if key is not None:
        setwise.hold(session, installation().entities[entity.field(transition.locks).target].model, key)


def _stamp(
    session: Session, entity: Entity, record: Any, transition: Transition, asked_by: int | None
) -> None:
    """Who made the move, who asked for it, on which day of the branch, and what it enters itself."""
    if transition.by:
        setattr(record, transition.by, current_user_id())
    if transition.asker:
        setattr(record, transition.asker, asked_by if asked_by is not None else current_user_id())
    for name in transition.dated:
        if name in transition.entered and getattr(record, name) is not None:
            continue  # somebody said on which day it was
        is_day = entity.kind(entity.field(name)) == "date"
        setattr(record, name, _today(session, record) if is_day else clock.now())
    for name, value in transition.sets:
        setattr(record, name, value)


def _today(session: Session, record: Any) -> date:
    return today_in(session, record.branch_id)


def prepare(
    session: Session,
    entity: Entity,
    record: Any,
    workflow: Workflow,
    transition: Transition,
    values: Mapping[str, Any],
    witnesses: Sequence[int] = (),
    asked_by: int | None = None,
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
        _stamp(session, entity, record, transition, asked_by)
        demand_witnesses(transition, record, witnesses)
        if entity.check is not None:
            entity.check(record)
        demand_guards(session, entity, record, transition)
        return judged(session, entity, record, transition.id)


def _tell(session: Session, entity: Entity, record: Any, transition: Transition) -> None:
    """A move is the event `<entity>.<state>` of the day on which it was made, and a change of the record as any."""
    tell(session, entity, record, transition.to, _today(session, record))
    tell(session, entity, record, SAVED)
