"""Calls that wait, late and of today; each line leads to the call list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.work.kinds import WorkItem, WorkKind
from plugins.decoration.calls.listing import calls, counted, listed_rules
from plugins.decoration.rules import names_callbacks as c

LIST = "/decoration/calls/"


def customers_to_call(session: Session, day: date) -> Sequence[WorkItem]:
    """What the reader is to call: a line for what is late, one for today."""
    first = calls(session, day, 1)
    if not first:
        return []
    late = counted(session, day - timedelta(days=1))
    of_today = counted(session, day, since=day)
    lines = []
    if late:
        lines.append(WorkItem(gettext("Customers to call"), late, LIST, due=first[0].due_on))
    if of_today:
        lines.append(WorkItem(gettext("Customers to call"), of_today, LIST, due=day))
    return lines


WORK = (
    WorkKind(
        "decoration.calls",
        customers_to_call,
        c.CALL_BACK,
        c.CALL,
        icon="phone",
        rules=listed_rules,
    ),
)
