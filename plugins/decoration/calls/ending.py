"""What ends with a call-back: complaints, repairs, acceptances and visits of VIPs learn from it what the customer says,
and end with it where nothing bars that. A call is entered once, here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.service import SAVED, claim, tell
from core.entities.spec import Entity
from core.handbook.findings import silently
from core.installation import installation
from core.workflow.service import carry_out
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.vip import Reception, VipArchive
from plugins.decoration.rules import names_callbacks as c
from plugins.decoration.rules import names_care, names_complaints, names_construction

CLOSE, CONTACT = "close", "contact"
OF_SHEETS = {
    "call_back_said": "summary",
    "called_back_on": "done_on",
    "called_back_by": "caller_id",
    "rating": "rating",
}


@dataclass(frozen=True)
class Ending:
    """What ends with a call in `state`; `told` are its fields by those of the call-back that fill them."""

    model: type[Any]
    state: str
    told: Mapping[str, str]


ENDINGS = {
    names_complaints.COMPLAINT: Ending(Complaint, names_complaints.VERIFIED, OF_SHEETS),
    names_complaints.REPAIR: Ending(Repair, names_complaints.ACCEPTED, OF_SHEETS),
    names_construction.ACCEPTANCE: Ending(
        Acceptance,
        names_construction.PASSED,
        {"call_result": "summary", "called_on": "done_on", "called_by": "caller_id"},
    ),
}


def is_to_be_called(record: Any) -> bool:
    """Whether a complaint, repair or acceptance has come to its call and nobody has called yet."""
    ending = next(each for each in ENDINGS.values() if each.model is type(record))
    day = next(field for field, source in ending.told.items() if source == "done_on")
    return bool(record.state == ending.state and getattr(record, day) is None)


def tell_subject(session: Session, call: CallBack) -> None:
    """What the call is about keeps what the customer says. It is closed with it unless the customer has problems, or
    something else is missing: whoever looks after it then sees on its page what."""
    for entity_id, field in c.FIELDS.items():
        key, ending = getattr(call, field), ENDINGS[entity_id]
        record = session.get(ending.model, key) if key is not None else None
        if record is None or record.state != ending.state:
            continue
        entity = installation().entities[entity_id]
        with session.no_autoflush:
            for name, source in ending.told.items():
                setattr(record, name, getattr(call, source))
            claim(session, record)
        session.flush()
        tell(session, entity, record, SAVED)
        if not call.problems:
            _close(session, entity, record)


def _close(session: Session, entity: Entity, record: Any) -> None:
    """Close it where its rules allow that; what bars it is said to whoever closes it by hand."""
    try:
        with silently(), session.begin_nested():
            carry_out(session, entity, record, CLOSE, {})
    except UserError:
        session.refresh(record)


def tell_visits(session: Session, call: CallBack) -> None:
    """The manager has asked a VIP personally: the visits of which the summary waited for it are over (DEC-R28)."""
    waiting = (
        select(Reception)
        .join(VipArchive, VipArchive.id == Reception.archive_id)
        .where(VipArchive.customer_id == call.customer_id, Reception.state == names_care.SUMMED_UP)
        .order_by(Reception.id)
    )
    entity = installation().entities[names_care.RECEPTION]
    for each in session.scalars(waiting).all():
        carry_out(session, entity, each, CONTACT, {"outcome": call.summary})
