"""What notices did lately, for the handbook: how many people they told, and whom they did not reach."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.handbook.screens.shown import DOERS, Did
from core.messages.models import DEAD, OPTED_OUT, SENT, Outgoing


def told(session: Session, since: date) -> Did:
    """By rule, how many messages since a day were told, are still to be, are not wanted, or could not be; one
    statement."""
    counted = (
        select(Outgoing.rule, Outgoing.state, func.count(Outgoing.id))
        .where(Outgoing.rule.is_not(None), Outgoing.written_at >= datetime.combine(since, time(), UTC))
        .group_by(Outgoing.rule, Outgoing.state)
    )
    labels = {SENT: gettext("told"), OPTED_OUT: gettext("not wanted"), DEAD: gettext("not delivered")}
    still = gettext("yet to be told")
    found: Did = defaultdict(Counter)
    for rule, state, count in session.execute(counted):
        found[rule or ""][labels.get(state, still)] += count
    return found


def tell_handbook() -> None:
    """Let the handbook count them, once."""
    if told not in DOERS:
        DOERS.append(told)
