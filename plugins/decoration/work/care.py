"""Work that waits around VIPs and care messages: batches to approve, customers proposed as VIPs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
from plugins.decoration.models.care import CareBatch
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names_care as c


def batches_to_approve(session: Session, _day: date) -> Sequence[WorkItem]:
    """Drafts, due on the day of their first message."""
    title = gettext("Care messages to approve")
    return line(
        session, c.BATCH, title, (CareBatch.state == c.DRAFT,), f"f_state={c.DRAFT}", CareBatch.due_on
    )


def proposed_vips(session: Session, _day: date) -> Sequence[WorkItem]:
    """Customers of whom the manager decides, and those whose archive is not opened yet."""
    found: list[WorkItem] = []
    for state, title in (
        (c.PROPOSED, gettext("Customers proposed as VIPs")),
        (c.GRANTED, gettext("VIP archives to open")),
    ):
        found += line(session, c.VIP_ARCHIVE, title, (VipArchive.state == state,), f"f_state={state}")
    return found


WORK = (
    WorkKind("decoration.care-to-approve", batches_to_approve, c.BATCH, "approve", icon="message-heart"),
    WorkKind("decoration.vips-to-decide", proposed_vips, c.VIP_ARCHIVE, "grant", icon="crown"),
)
