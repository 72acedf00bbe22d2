"""Calls that wait, late and of today; each line leads to the call list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.entities.counting import GLANCE_CAP
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
    title = gettext("Customers to call")
    lines = []
    if late:
        lines.append(WorkItem(title, late, LIST, due=first[0].due_on, cap=GLANCE_CAP))
    if of_today:
        lines.append(WorkItem(title, of_today, LIST, due=day, cap=GLANCE_CAP))
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
