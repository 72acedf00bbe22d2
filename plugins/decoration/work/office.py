"""The work of the office that waits for people: to pay, to answer, to issue, to appraise and feed back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.people.access import current_user_id
from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
from plugins.decoration.models.office import Appraisal, Document, Expense, Suggestion
from plugins.decoration.rules import names_office as o


def to_pay(session: Session, _day: date) -> Sequence[WorkItem]:
    """Claims that the manager signed."""
    wanted = (Expense.state == o.SIGNED,)
    return line(session, o.EXPENSE, gettext("Claims to pay out"), wanted, f"f_state={o.SIGNED}")


def returned(session: Session, _day: date) -> Sequence[WorkItem]:
    """Claims that came back to the reader."""
    me = current_user_id()
    wanted = (Expense.state == o.RETURNED, Expense.claimant_id == me)
    query = f"f_state={o.RETURNED}&f_claimant_id={me}"
    return line(session, o.EXPENSE, gettext("Claims that were returned"), wanted, query)


def to_answer(session: Session, _day: date) -> Sequence[WorkItem]:
    """Suggestions that nobody answered."""
    wanted = (Suggestion.state == o.MADE,)
    return line(session, o.SUGGESTION, gettext("Suggestions to answer"), wanted, f"f_state={o.MADE}")


def to_issue(session: Session, _day: date) -> Sequence[WorkItem]:
    """Minutes and documents that were drafted and went to nobody."""
    wanted = (Document.state == o.DRAFT,)
    return line(session, o.DOCUMENT, gettext("Documents to issue"), wanted, f"f_state={o.DRAFT}")


def to_appraise(session: Session, day: date) -> Sequence[WorkItem]:
    """Appraisals whose days are over."""
    wanted = (Appraisal.state == o.DRAFTED, Appraisal.last_day <= day)
    query = f"f_state={o.DRAFTED}&f_last_day.lt={day + timedelta(days=1)}"
    return line(session, o.APPRAISAL, gettext("Service to appraise"), wanted, query)


def to_feed_back(session: Session, _day: date) -> Sequence[WorkItem]:
    """Appraisals that nobody has told to those whom they are about."""
    wanted = (Appraisal.state == o.APPRAISED,)
    return line(session, o.APPRAISAL, gettext("Appraisals to feed back"), wanted, f"f_state={o.APPRAISED}")


WORK = (
    WorkKind("decoration.claims-to-pay", to_pay, o.EXPENSE, "pay", icon="cash"),
    WorkKind("decoration.claims-returned", returned, o.EXPENSE, "add", icon="arrow-back-up"),
    WorkKind("decoration.suggestions-to-answer", to_answer, o.SUGGESTION, "answer", icon="bulb"),
    WorkKind("decoration.documents-to-issue", to_issue, o.DOCUMENT, "issue", icon="file-text"),
    WorkKind("decoration.service-to-appraise", to_appraise, o.APPRAISAL, "appraise", icon="star"),
    WorkKind(
        "decoration.appraisals-to-feed-back", to_feed_back, o.APPRAISAL, "appraise", icon="message-reply"
    ),
)
