"""What is judged before news and batches are saved, and what follows from them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.work.groups import today
from plugins.decoration.care import audience, drafting, news, sending
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.care import CareBatch, HouseEvent
from plugins.decoration.rules import names_care as c

BY_HAND = (c.CAMPAIGN, c.WEATHER, c.HEATING, c.HOLIDAY)
"""Occasions of which a person may make a batch; the others come from birthdays and events."""
OVER = N_("This day is over. Enter the day on which the messages are to be sent.")
NOT_BY_HAND = N_(
    "Batches of this occasion are made by the program, from birthdays and from events of the house."
)


def check_event(event: HouseEvent) -> None:
    """DEC-R45 says of which kinds the department takes part."""
    kinds = settings_on(session(), book().rules["DEC-R45"], current_branch_id(), today())["event_types"] or ()
    event.takes_part = event.kind in kinds


def after_event(here: Session, event: HouseEvent, what: str) -> None:
    """A new event brings its drafts, a changed one new ones; of what is called off nobody hears."""
    if what == "added":
        news.make_batches(here, event)
    elif what == c.CANCELLED:
        news.throw_away(here, event)
    elif what == "saved" and event.state == c.PLANNED:
        news.keep_up(here, event)


def check_batch(batch: CareBatch) -> None:
    """A batch made by hand gets the words of its occasion where nobody wrote others."""
    if batch.id:
        return
    if batch.occasion not in BY_HAND:
        raise UserError(NOT_BY_HAND, field="occasion")
    if batch.due_on is not None and batch.due_on < today():
        raise UserError(OVER, field="due_on")
    batch.text = batch.text or drafting.script(session(), batch.occasion)


def after_batch(here: Session, batch: CareBatch, what: str) -> None:
    """Its drafts are made, worded, approved and discarded with it."""
    if what == "added":
        drafting.draft_all(here, batch)
    elif what == c.DRAFT:
        audience.reword(here, batch)
    elif what == c.APPROVED:
        sending.approve(here, batch, today())
    elif what == c.DISCARDED:
        audience.leave_out(here, batch)
    elif what == c.SENT:
        sending.after_sent(here, batch)
