"""What is judged when people keep words, opt-outs and quiet hours, and which messages await a hand."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.data import UserError
from core.data.marks import N_
from core.installation import installation
from core.messages.kinds import CALL_LIST
from core.messages.models import DEAD, WAITING
from core.messages.wording import demand_places, template_of

NO_HOURS = N_("Quiet hours end at another time than they begin. Correct one.")
NO_TEMPLATE = N_("This message is no longer there. Choose another one.")


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
    """Numbers and addresses are kept without blanks at their ends."""
    row.address = (row.address or "").strip()


def check_quiet_hours(row: Any) -> None:
    if row.begins == row.ends:
        raise UserError(NO_HOURS, status=422, field="ends")
