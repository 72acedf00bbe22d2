"""What checklist rules did lately, for the handbook: how often their items were judged."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.handbook.screens.shown import DOERS, Did
from core.inspections.models import InspectionResult


def judged(session: Session, since: date) -> Did:
    """By rule, how many items were judged in finished rounds since a day."""
    model = InspectionResult
    rows = session.execute(
        select(model.rule, func.count(model.id))
        .where(model.finished, model.day >= since)
        .group_by(model.rule)
    )
    return {rule: Counter({gettext("judged"): count}) for rule, count in rows}


def tell_handbook() -> None:
    """Let the handbook count them, once."""
    if judged not in DOERS:
        DOERS.append(judged)
