"""Messages that were approved are released to the outbox on their day, by the hundred."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from core.branches.setwise import AT_ONCE, change, fetch, table_of
from core.installation import installation
from core.workflow.service import carry_out
from core.worklist.events import happened
from plugins.decoration.models.care import CareBatch, CareMessage, HouseEvent
from plugins.decoration.rules import names_care as c

MESSAGE = table_of(CareMessage)
OF_THE_DAY = (c.BIRTHDAY, c.HOLIDAY)
"""Occasions of which nobody wants to hear when they are over."""


def approve(session: Session, batch: CareBatch, today: date) -> None:
    """The drafts of a batch are approved; those whose day is over are missed. The first go out at once."""
    drafts = (MESSAGE.c.batch_id == batch.id, MESSAGE.c.state == c.DRAFT)
    over = (MESSAGE.c.occasion.in_(OF_THE_DAY), MESSAGE.c.due_on < today)
    change(session, CareMessage, update(MESSAGE).where(*drafts, *over).values(state=c.MISSED))
    change(session, CareMessage, update(MESSAGE).where(*drafts).values(state=c.APPROVED))
    release(session, today)


def count_due(session: Session, today: date) -> int:
    """How many messages of the active branch wait to be released by a day."""
    return int(fetch(session, select(func.count(MESSAGE.c.id)).where(*_due(today)))[0][0])


def release(session: Session, today: date, most: int = AT_ONCE) -> int:
    """Give the outbox what is due, each message once; answers how many. Batches without any left are sent."""
    late = (*_due(today), MESSAGE.c.occasion.in_(OF_THE_DAY), MESSAGE.c.due_on < today)
    change(session, CareMessage, update(MESSAGE).where(*late).values(state=c.MISSED))
    wanted = select(MESSAGE.c.id).where(*_due(today)).order_by(MESSAGE.c.due_on, MESSAGE.c.id).limit(most)
    ids = [row[0] for row in fetch(session, wanted)]
    if ids:
        those = MESSAGE.c.id.in_(ids)
        change(session, CareMessage, update(MESSAGE).where(those).values(state=c.RELEASED))
        session.expire_all()
        rows = select(MESSAGE.c.id, MESSAGE.c.branch_id, MESSAGE.c.due_on).where(those)
        happened(session, f"{c.MESSAGE}.{c.RELEASED}", rows)
    _end(session)
    return len(ids)


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    return MESSAGE.c.state == c.APPROVED, MESSAGE.c.due_on <= today


def _end(session: Session) -> None:
    """Approved batches of which nothing waits any more."""
    waits = select(CareMessage.id).where(
        CareMessage.batch_id == CareBatch.id, CareMessage.state == c.APPROVED
    )
    done = select(CareBatch).where(CareBatch.state == c.APPROVED, ~waits.exists())
    for batch in session.scalars(done.order_by(CareBatch.id)).all():
        carry_out(session, installation().entities[c.BATCH], batch, "sent", {})


def after_sent(session: Session, batch: CareBatch) -> None:
    """What waited for the whole batch hears of it: obligations, and the event that it told of."""
    happened(session, f"{c.BATCH}.{batch.occasion}-{c.SENT}", [batch])
    event = session.get(HouseEvent, batch.event_id) if batch.event_id is not None else None
    moves = {(c.VIP_NEWS, c.PLANNED): "tell-vips", (c.HOUSE_NEWS, c.VIPS_TOLD): "tell-all"}
    move = moves.get((batch.occasion, event.state)) if event is not None else None
    if event is not None and move is not None:
        carry_out(session, installation().entities[c.EVENT], event, move, {})
