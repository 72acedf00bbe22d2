"""Moves as people make them: at once, or after others have approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound

from core.branches.scope import current_branch_id
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.service import claim, find
from core.entities.spec import Entity
from core.history.models import MOVE_APPROVED, MOVE_ASKED, MOVE_DECLINED
from core.history.values import plain, typed
from core.history.writing import note
from core.people.access import current_person, today_in
from core.workflow.approvals import chain_for, present_step, said_of, voice, waiting_of
from core.workflow.kinds import Transition
from core.workflow.models import DECLINED, DROPPED, GRANTED, WAITING, Approval, MoveRequest
from core.workflow.movers import demand_mover
from core.workflow.service import carry_out, demand_legal, found, hold, prepare

WAITS_ALREADY = N_("This waits for approval already. Wait until it is decided.")
OVER = N_("This was decided meanwhile. Open the record to see how.")
CHANGED = N_("The record was changed after approval was asked for, so nothing was decided. Ask for it again.")
WHY = N_("Say why, so that whoever asked knows what to do.")


def move(
    session: Session,
    entity: Entity,
    record: Any,
    transition_id: str,
    values: Mapping[str, Any],
    witnesses: Sequence[int] = (),
    user_id: int | None = None,
) -> MoveRequest | None:
    """Move a record, or ask for the approvals that its rules want: then the request is answered.

    `values` are what was entered, as the columns hold it. Raises UserError; the caller judged the right, and commits.
    """
    workflow, transition = found(entity, transition_id)
    waiting = waiting_of(session, entity, record.id)
    hold(session, entity, record, transition)
    demand_legal(workflow, transition, record)
    demand_mover(session, entity, record, transition)
    prepare(session, entity, record, workflow, transition, values, witnesses)
    session.expire(record)  # nothing of it is written before it is approved
    chain = chain_for(session, entity, record, transition, values, today_in(session, current_branch_id()))
    if not chain:
        carry_out(session, entity, record, transition_id, values, witnesses)
        if waiting is not None:
            _end(waiting, DROPPED)
            session.flush()
        return None
    if waiting is not None:
        raise UserError(WAITS_ALREADY, status=409)
    return _ask(session, entity, record, transition, values, witnesses, chain, user_id)


def _ask(
    session: Session,
    entity: Entity,
    record: Any,
    transition: Transition,
    values: Mapping[str, Any],
    witnesses: Sequence[int],
    chain: list[dict[str, Any]],
    user_id: int | None,
) -> MoveRequest:
    request = MoveRequest(
        entity=entity.id,
        record_id=record.id,
        transition=transition.id,
        record_version=record.row_version,
        entered=plain(dict(values)),
        witnesses=list(witnesses),
        chain=chain,
        steps=len(chain),
        asked_by=user_id,
    )
    session.add(request)
    note(session, MOVE_ASKED, entity.model.__table__.name, record.id, transition=transition.id)
    session.flush()
    return request


def request_of(session: Session, request_id: int) -> MoveRequest:
    """A request of the active branch; NotFound for any other."""
    request = session.scalar(select(MoveRequest).where(MoveRequest.id == request_id))
    if request is None:
        raise NotFound
    return request


def decide(session: Session, entity: Entity, request: MoveRequest, yes: bool, why: str) -> Any:
    """Say yes or no to a request; the last yes moves the record, a no ends the request and makes the move that it names
    for that. The record is answered.

    Raises Forbidden for who may not decide, and UserError; the caller commits. A record that was changed since the
    request ends it: then UserError says so once the caller has committed what `CHANGED` tells.
    """
    person = current_person()
    held = voice(request, said_of(session, [request])[request.id])
    if request.state != WAITING:
        raise UserError(OVER, status=409)
    if held is None or person is None:
        raise Forbidden
    if not yes and not why:
        raise UserError(WHY, status=422, field="why")
    record = find(session, entity, request.record_id)
    if record.row_version != request.record_version:
        _end(request, DROPPED)
        session.commit()
        raise UserError(CHANGED, status=409)
    step = present_step(request)
    with session.no_autoflush:
        claim(session, request)  # of two decisions at the same time only one counts
    session.add(
        Approval(
            request_id=request.id,
            entity=request.entity,
            record_id=request.record_id,
            transition=request.transition,
            step=request.said,
            rule=step["rule"],
            basis_id=step["basis"],
            position=held.position.id,
            user_id=person.user_id,
            for_user_id=held.acting_for_id,
            yes=yes,
            why=why or None,
        )
    )
    action = MOVE_APPROVED if yes else MOVE_DECLINED
    told = {"transition": request.transition, "rule": step["rule"], **({"why": why} if why else {})}
    note(session, action, entity.model.__table__.name, record.id, **told)
    request.said += 1
    _workflow, transition = found(entity, request.transition)
    if not yes:
        _end(request, DECLINED)
        if transition.otherwise:
            carry_out(session, entity, record, transition.otherwise, {}, asked_by=request.asked_by)
    elif request.said == request.steps:
        _end(request, GRANTED)
        carry_out(
            session,
            entity,
            record,
            request.transition,
            entered_values(entity, request),
            request.witnesses,
            request.asked_by,
        )
    session.flush()
    return record


def _end(request: MoveRequest, state: str) -> None:
    request.state, request.ended_at = state, clock.now()


def entered_values(entity: Entity, request: MoveRequest) -> dict[str, Any]:
    return {
        name: typed(entity.column(name), value) if value is not None else None
        for name, value in request.entered.items()
    }
