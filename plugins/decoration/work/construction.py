"""The work of construction that waits for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.entities.counting import COUNT_CAP
from core.work.kinds import WorkItem, WorkKind
from plugins.decoration.models.construction_papers import HandbookReturn, Instalment, RecordCard, Settlement
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    SiteCheck,
    StartNotice,
)
from plugins.decoration.rules import names_construction as c

MOST_DAYS = 12
"""Days that stand one by one; what is later waits for its turn."""


def counted(model: type[Any], state: str, title: Any, path: str) -> Callable[..., Sequence[WorkItem]]:
    """One line for all rows in a state."""

    def items(session: Session, _day: date) -> Sequence[WorkItem]:
        some = select(model.id).where(model.state == state).limit(COUNT_CAP + 1).subquery()
        count = session.scalar(select(func.count()).select_from(some)) or 0
        return [WorkItem(str(title), count, f"/decoration/{path}/?f_state={state}")] if count else []

    return items


def to_notify(session: Session, _day: date) -> Sequence[WorkItem]:
    """Acceptances whose customer is not told yet, by their day."""
    return _by_day(session, c.ANNOUNCED, gettext("Customers to call to acceptances"))


def to_hold(session: Session, _day: date) -> Sequence[WorkItem]:
    """Acceptances that are due, by their day."""
    return _by_day(session, c.NOTIFIED, gettext("Acceptances to hold"))


def _by_day(session: Session, state: str, title: str) -> list[WorkItem]:
    rows = session.execute(
        select(Acceptance.planned_on, func.count(Acceptance.id))
        .where(Acceptance.state == state, Acceptance.planned_on.is_not(None))
        .group_by(Acceptance.planned_on)
        .order_by(Acceptance.planned_on)
        .limit(MOST_DAYS)
    )
    return [
        WorkItem(title, count, f"/decoration/acceptance/?f_state={state}&f_planned_on={day}", due=day)
        for day, count in rows
    ]


WORK = (
    WorkKind(
        "decoration.starts-to-receive",
        counted(StartNotice, c.SENT, _("Start notices to receive"), "start-notice"),
        c.START_NOTICE,
        "receive",
        icon="flag-up",
    ),
    WorkKind(
        "decoration.completions-to-receive",
        counted(CompletionNotice, c.SENT, _("Completion notices to receive"), "completion-notice"),
        c.COMPLETION_NOTICE,
        "receive",
        icon="flag-check",
    ),
    WorkKind("decoration.acceptances-to-notify", to_notify, c.ACCEPTANCE, "notify", icon="phone"),
    WorkKind("decoration.acceptances-to-hold", to_hold, c.ACCEPTANCE, "edit", icon="clipboard-check"),
    WorkKind(
        "decoration.acceptances-to-close",
        counted(Acceptance, c.PASSED, _("Acceptances to call about and close"), "acceptance"),
        c.ACCEPTANCE,
        "close",
        icon="phone-check",
    ),
    WorkKind(
        "decoration.payments-due",
        counted(Instalment, c.DUE, _("Payments due"), "instalment"),
        c.INSTALMENT,
        "confirm-payment",
        icon="cash",
    ),
    WorkKind(
        "decoration.issues-open",
        counted(SiteCheck, c.OPEN, _("Quality issues to put right"), "site-check"),
        c.SITE_CHECK,
        "edit",
        icon="alert-triangle",
    ),
    WorkKind(
        "decoration.settlements-to-tell",
        counted(Settlement, c.LISTED, _("Completed works to tell finance of"), "settlement"),
        c.SETTLEMENT,
        "tell",
        icon="send",
    ),
    WorkKind(
        "decoration.settlements-to-settle",
        counted(Settlement, c.TOLD, _("Completed works to settle"), "settlement"),
        c.SETTLEMENT,
        "settle",
        icon="list-details",
    ),
    WorkKind(
        "decoration.handbooks-to-collect",
        counted(HandbookReturn, c.AWAITED, _("Engineering handbooks to collect"), "handbook-return"),
        c.HANDBOOK,
        "edit",
        icon="book-2",
    ),
    WorkKind(
        "decoration.cards-to-file",
        counted(RecordCard, c.DRAFTED, _("Customer record cards to fill in"), "record-card"),
        c.RECORD_CARD,
        "edit",
        icon="id-badge-2",
    ),
)
