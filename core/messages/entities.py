"""What is judged when people keep words, opt-outs and quiet hours, and which messages await a hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy.sql import ColumnElement

from core.data import UserError
from core.data.marks import N_
from core.installation import installation
from core.messages.addresses import plain
from core.messages.kinds import CALL_LIST
from core.messages.models import DEAD, WAITING, Outgoing
from core.messages.wording import demand_places, template_of
from core.people.access import may

NO_HOURS = N_("Quiet hours end at another time than they begin. Correct one.")
NO_TEMPLATE = N_("This message is no longer there. Choose another one.")


def reached() -> Sequence[ColumnElement[bool]]:
    """What narrows the outbox to messages about what the current person may see: they say what is in it."""
    return [Outgoing.entity.in_([each for each in installation().entities if may(each, "see")])]


def is_dead(message: Any) -> bool:
    """Whether it was given up, so that a person may send it again."""
    return bool(message.state == DEAD)


def what_went_wrong(message: Any) -> str | None:
    """Why it did not go out: our own words in the reader's language, a server's as it said them."""
    return gettext(message.error) if message.error else None


def is_call(message: Any) -> bool:
    """Whether somebody has still to be called."""
    return bool(message.channel == CALL_LIST and message.state == WAITING)


def check_template(row: Any) -> None:
    """Its places are those of the record that it tells of."""
    if row.template not in installation().templates:
        raise UserError(NO_TEMPLATE, status=422, field="template")
    entity = installation().entities[template_of(row.template).entity]
    demand_places(entity, row.subject or "", row.body or "")


def check_opt_out(row: Any) -> None:
    """Numbers and addresses are kept in the form in which they are compared."""
    row.address = plain(row.address or "")


def check_quiet_hours(row: Any) -> None:
    if row.begins == row.ends:
        raise UserError(NO_HOURS, status=422, field="ends")
