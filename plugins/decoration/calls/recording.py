"""Keeping what came of a call: the customer was reached, or will be tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.entities.service import ADDED, SAVED, claim, flush, judged, tell
from core.installation import installation
from core.people.access import current_user_id
from core.work.groups import today
from core.workflow.moving import move
from plugins.decoration.calls.listing import Call
from plugins.decoration.calls.scoring import Answer, keep_answers
from plugins.decoration.checks.callbacks import check_call_back
from plugins.decoration.models.callbacks import CallBack, CallTry
from plugins.decoration.rules import names_callbacks as c

AGAIN_LATER = N_("Name a day after today on which to try again.")
OVER = N_("Somebody has called meanwhile. Open the call list again.")


@dataclass(frozen=True)
class Tried:
    """How a call went at which the customer was not reached."""

    outcome: str
    again_on: date
    remark: str = ""


def reached(
    session: Session, call: Call, entered: Mapping[str, Any], answers: Mapping[int, Answer]
) -> CallBack:
    """The customer was reached. `entered` are fields of the call-back's move; the caller commits. Raises UserError."""
    record = _record(session, call)
    keep_answers(session, record, answers, today())
    flush(session, _entity())
    move(session, _entity(), record, "reach", entered, user_id=current_user_id())
    return record


def tried(session: Session, call: Call, how: Tried) -> CallBack:
    """The customer was not reached: the try is kept, and the call-back waits for the day of the next one."""
    if how.again_on <= today():
        raise UserError(AGAIN_LATER, field="again_on")
    record = _record(session, call)
    claim(session, record)
    session.add(
        CallTry(
            branch_id=record.branch_id,
            call_back_id=record.id,
            customer_id=record.customer_id,
            tried_on=today(),
            tried_by=current_user_id(),
            outcome=how.outcome,
            again_on=how.again_on,
            remark=how.remark or None,
        )
    )
    record.tries += 1
    record.tried_on, record.due_on = today(), how.again_on
    flush(session, _entity())
    tell(session, _entity(), record, SAVED)
    return record


def _record(session: Session, call: Call) -> CallBack:
    """The call-back of a call: the one that is planned, else a new one in the place of what asked for it."""
    if call.record_id is not None:
        record = session.get(CallBack, call.record_id)
        if record is None or record.state != c.PLANNED:
            raise UserError(OVER, status=409)
        return record
    record = CallBack(
        branch_id=current_branch_id(),
        customer_id=call.customer_id,
        commission_id=call.commission_id,
        site_id=call.site_id,
        kind=call.kind,
        due_on=call.due_on,
        state=c.PLANNED,
        tries=0,
        **({c.FIELDS[call.of]: call.of_id} if call.of else {}),
    )
    with session.no_autoflush:
        check_call_back(record)
        afterwards = judged(session, _entity(), record, "save")
    session.add(record)
    flush(session, _entity())
    afterwards()
    tell(session, _entity(), record, ADDED)
    return record


def _entity() -> Any:
    return installation().entities[c.CALL_BACK]
