"""Work that waits around VIPs and care messages: batches to approve, customers proposed as VIPs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.work.kinds import WorkItem, WorkKind
from plugins.decoration.models.care import CareBatch
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names_care as c


def batches_to_approve(session: Session, _day: date) -> Sequence[WorkItem]:
    """Drafts, due on the day of their first message."""
    return _line(session, CareBatch, CareBatch.due_on, c.DRAFT, gettext("Care messages to approve"), c.BATCH)


def proposed_vips(session: Session, _day: date) -> Sequence[WorkItem]:
    """Customers of whom the manager decides, and those whose archive is not opened yet."""
    found = []
    for state, title in (
        (c.PROPOSED, gettext("Customers proposed as VIPs")),
        (c.GRANTED, gettext("VIP archives to open")),
    ):
        found += _line(session, VipArchive, VipArchive.granted_on, state, title, c.VIP_ARCHIVE, dated=False)
    return found


def _line(
    session: Session, model: Any, day: Any, state: str, title: str, entity: str, *, dated: bool = True
) -> list[WorkItem]:
    count, first = session.execute(select(func.count(), func.min(day)).where(model.state == state)).one()
    path = f"/{entity.replace('.', '/')}/?f_state={state}"
    return [WorkItem(title, count, path, due=first if dated else None)] if count else []


WORK = (
    WorkKind("decoration.care-to-approve", batches_to_approve, c.BATCH, "approve", icon="message-heart"),
    WorkKind("decoration.vips-to-decide", proposed_vips, c.VIP_ARCHIVE, "grant", icon="crown"),
)
