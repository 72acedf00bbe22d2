"""Call-backs made of those due, and customers who were content of those asked (DEC-K06, DEC-K07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import case, extract, func, or_, select
from sqlalchemy.orm import Session

from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months, listed
from core.worklist.models import DONE, MISSED, OPEN, Obligation
from plugins.decoration.calls.listing import call_rules
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.rules import names_callbacks as c


def made_of_due(session: Session, months: Months) -> Iterator[Sum]:
    """Of the calls that rules asked for by a day of the month that is over, those that were made; what was merged,
    waived or lost its ground was not due."""
    own = Obligation
    year, month = extract("year", own.due_on), extract("month", own.due_on)
    due = or_(own.state == DONE, own.state == MISSED, (own.state == OPEN) & (own.due_on < months.today))
    rows = session.execute(
        select(own.branch_id, year, month, func.count(case((own.state == DONE, 1))), func.count(own.id))
        .where(own.rule.in_(call_rules()), own.due_on.between(months.first_day, months.last_day))
        .where(due, own.paused_on.is_(None))
        .group_by(own.branch_id, year, month)
    )
    for branch, of_year, of_month, done, of in rows:
        yield Sum(branch, _month(of_year, of_month), done, of)


def content_of_asked(session: Session, months: Months) -> Iterable[Sum]:
    """Of the customers who gave a score in the month, those who gave none below what counts as content."""
    own = CallBack
    year, month = extract("year", own.done_on), extract("month", own.done_on)
    unhappy = case((own.satisfied.is_(False), own.customer_id))
    asked = func.count(func.distinct(own.customer_id))
    rows = session.execute(
        select(own.branch_id, year, month, asked, func.count(func.distinct(unhappy)))
        .where(own.done_on.between(months.first_day, months.last_day), own.satisfied.is_not(None))
        .group_by(own.branch_id, year, month)
    )
    return [
        Sum(branch, _month(of_year, of_month), everybody - some, everybody)
        for branch, of_year, of_month, everybody, some in rows
    ]


def _month(year: Any, month: Any) -> str:
    return f"{int(year):04d}-{int(month):02d}"


MEASURES = (
    Measure(
        id="decoration.calls-made",
        label=_("Call-backs made"),
        unit=SHARE,
        entity=c.CALL_BACK,
        sums=made_of_due,
        url=listed("/decoration/call-back/", "done_on"),
        about=_("Of the call-backs that were due on a day of the month, those that were made."),
        rests_on=((c.CALL_BACK, "done_on"), (c.CALL_BACK, "state")),
        clause="DEC-K06, DEC-K07",
    ),
    Measure(
        id="decoration.content",
        label=_("Content customers"),
        unit=SHARE,
        entity=c.CALL_BACK,
        sums=content_of_asked,
        url=listed("/decoration/call-back/", "done_on"),
        about=_(
            "Of the customers who were asked in the month, those who gave no score that means they are not."
        ),
        rests_on=((c.CALL_BACK, "satisfied"), (c.CALL_BACK, "done_on")),
        clause="DEC-K06, DEC-K07",
    ),
)
