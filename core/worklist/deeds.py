"""What deadlines and series did lately, for the handbook: how often something was owed, fulfilled, and late."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from core.handbook.screens.shown import DAYS_BACK, DOERS, Did
from core.worklist.models import DONE, DROPPED, MISSED, WAIVED, Obligation


def owed(session: Session, since: date) -> Did:
    """By rule, how many obligations have begun, were fulfilled, fell late, were waived or missed since a day; one
    statement. What was dropped or merged was not asked for."""
    own, at = Obligation, datetime.combine(since, time(), UTC)
    until = since + timedelta(days=DAYS_BACK)
    asked = own.state != DROPPED
    counted = {
        gettext("begun"): and_(own.starts_on >= since, own.starts_on <= until, asked),
        gettext("fulfilled"): and_(own.state == DONE, own.closed_at >= at),
        gettext("fallen late"): and_(own.late_on >= since, asked),
        gettext("waived"): and_(own.state == WAIVED, own.closed_at >= at),
        gettext("missed"): and_(own.state == MISSED, own.closed_at >= at),
    }
    sums = [func.sum(case((condition, 1), else_=0)) for condition in counted.values()]
    rows = session.execute(select(own.rule, *sums).where(or_(*counted.values())).group_by(own.rule))
    return {
        rule: Counter({label: count for label, count in zip(counted, found, strict=True) if count})
        for rule, *found in rows
    }


def tell_handbook() -> None:
    """Let the handbook count them, once."""
    if owed not in DOERS:
        DOERS.append(owed)
