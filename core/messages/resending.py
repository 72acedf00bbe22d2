"""Messages that a person sends again, one or many at once, or says what became of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.data.marks import N_
from core.history.writing import note
from core.installation import installation
from core.messages.models import DEAD, WAITING, Outgoing

NOT_DEAD = N_("This message is on its way already. Look at its state.")


def send_again(session: Session, id: int) -> None:
    """Put a message that was given up into the queue again; the caller commits. UserError for any other."""
    change_state(session, id, (DEAD,), NOT_DEAD, state=WAITING, tries=0, next_at=clock.now(), claimed_by=None)
    note(session, "message_again", Outgoing.__tablename__, id)


def send_one_again(message: Outgoing) -> None:
    """The same for one of many."""
    send_again(installation().database.session(), message.id)


def change_state(session: Session, id: int, states: tuple[str, ...], refusal: str, **values: Any) -> None:
    """Only out of one of the states: of two people who do it at the same time, one does."""
    done: Any = session.execute(
        update(Outgoing).where(Outgoing.id == id, Outgoing.state.in_(states)).values(**values)
    )
    if done.rowcount != 1:
        raise UserError(refusal, status=409)
