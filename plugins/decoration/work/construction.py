"""The work of construction that waits for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
from plugins.decoration.models.construction_papers import HandbookReturn, Instalment, RecordCard, Settlement
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    SiteCheck,
    StartNotice,
)
from plugins.decoration.reach import of_own_customers
from plugins.decoration.rules import names_construction as c

MOST_DAYS = 12
"""Days that stand one by one; what is later waits for its turn."""


def in_state(entity: str, model: type[Any], state: str, title: Any) -> Callable[..., Sequence[WorkItem]]:
    """One line for all records in a state."""

    def items(session: Session, _day: date) -> Sequence[WorkItem]:
        return line(session, entity, str(title), (model.state == state,), f"f_state={state}")

    return items


def to_notify(session: Session, _day: date) -> Sequence[WorkItem]:
    """Acceptances whose customer is not told yet, by their day."""
    return _by_day(session, c.ANNOUNCED, gettext("Customers to call to acceptances"))


def to_close(session: Session, _day: date) -> Sequence[WorkItem]:
    """Acceptances that were called about, but not closed with the call."""
    wanted = (Acceptance.state == c.PASSED, Acceptance.called_on.is_not(None))
    query = f"f_state={c.PASSED}&f_called_on.some=1"
    return line(session, c.ACCEPTANCE, gettext("Acceptances to close"), wanted, query)


def to_hold(session: Session, _day: date) -> Sequence[WorkItem]:
    """Acceptances that are due, by their day."""
    return _by_day(session, c.NOTIFIED, gettext("Acceptances to hold"))


def _by_day(session: Session, state: str, title: str) -> list[WorkItem]:
    own = of_own_customers(Acceptance)()
    rows = session.execute(
        select(Acceptance.planned_on, func.count(Acceptance.id))
        .where(Acceptance.state == state, Acceptance.planned_on.is_not(None), *own)
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
        in_state(c.START_NOTICE, StartNotice, c.SENT, _("Start notices to receive")),
        c.START_NOTICE,
        "receive",
        icon="flag-up",
    ),
    WorkKind(
        "decoration.completions-to-receive",
        in_state(c.COMPLETION_NOTICE, CompletionNotice, c.SENT, _("Completion notices to receive")),
        c.COMPLETION_NOTICE,
        "receive",
        icon="flag-check",
    ),
    WorkKind("decoration.acceptances-to-notify", to_notify, c.ACCEPTANCE, "notify", icon="phone"),
    WorkKind("decoration.acceptances-to-hold", to_hold, c.ACCEPTANCE, "edit", icon="clipboard-check"),
    WorkKind(
        "decoration.acceptances-to-close",
        to_close,
        c.ACCEPTANCE,
        "close",
        icon="clipboard-check",
    ),
    WorkKind(
        "decoration.payments-due",
        in_state(c.INSTALMENT, Instalment, c.DUE, _("Payments due")),
        c.INSTALMENT,
        "confirm-payment",
        icon="cash",
    ),
    WorkKind(
        "decoration.issues-open",
        in_state(c.SITE_CHECK, SiteCheck, c.OPEN, _("Quality issues to put right")),
        c.SITE_CHECK,
        "edit",
        icon="alert-triangle",
    ),
    WorkKind(
        "decoration.settlements-to-tell",
        in_state(c.SETTLEMENT, Settlement, c.LISTED, _("Completed works to tell finance of")),
        c.SETTLEMENT,
        "tell",
        icon="send",
    ),
    WorkKind(
        "decoration.settlements-to-settle",
        in_state(c.SETTLEMENT, Settlement, c.TOLD, _("Completed works to settle")),
        c.SETTLEMENT,
        "settle",
        icon="list-details",
    ),
    WorkKind(
        "decoration.handbooks-to-collect",
        in_state(c.HANDBOOK, HandbookReturn, c.AWAITED, _("Engineering handbooks to collect")),
        c.HANDBOOK,
        "edit",
        icon="book-2",
    ),
    WorkKind(
        "decoration.cards-to-file",
        in_state(c.RECORD_CARD, RecordCard, c.DRAFTED, _("Customer record cards to fill in")),
        c.RECORD_CARD,
        "edit",
        icon="id-badge-2",
    ),
)
