"""Calls of today and of this week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import case, func, select

from core.entities.counting import COUNT_CAP, GLANCE_CAP, told
from core.people.access import by_right, may
from core.ui import format as shown
from core.work.groups import today
from plugins.decoration.calls.listing import counted
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.reach import of_own_customers
from plugins.decoration.rules import names_callbacks as c


def cards() -> list[dict[str, Any]]:
    """Calls that wait and were made today, and how content customers were in the last seven days."""
    if not may(c.CALL_BACK, c.CALL):
        return []
    with by_right(c.CALL_BACK, c.CALL):
        return [_calls(), _content()]


def _calls() -> dict[str, Any]:
    day, rows = today(), (CallBack.done_on == today(), *of_own_customers(CallBack)())
    some = select(CallBack.id).where(*rows).limit(COUNT_CAP + 1).subquery()
    made = session().scalar(select(func.count()).select_from(some)) or 0
    waiting = counted(session(), day)
    return {
        "title": gettext("Customers to call today"),
        "figure": told(waiting, GLANCE_CAP),
        "hint": gettext("%(count)s reached today", count=told(made)),
        "url": "/decoration/calls/",
        "tone": "warning" if waiting else "",
    }


def _content() -> dict[str, Any]:
    first = today() - timedelta(days=6)
    rows = (
        CallBack.done_on >= first,
        CallBack.satisfied.is_not(None),
        *of_own_customers(CallBack)(),
    )
    some = select(CallBack.satisfied).where(*rows).limit(COUNT_CAP + 1).subquery()
    asked, content = (
        session()
        .execute(select(func.count(), func.count(case((some.c.satisfied.is_(True), 1)))).select_from(some))
        .one()
    )
    return {
        "title": gettext("Content customers in seven days"),
        "figure": shown.number(content),
        "hint": gettext("of %(count)s who were asked", count=told(asked)),
        "url": f"/decoration/call-back/?f_done_on.ge={first.isoformat()}&f_satisfied=false",
        "tone": "warning" if content < asked else "",
    }
