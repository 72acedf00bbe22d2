"""Sheets that were checked and wait to be accepted, as work on the home page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.exchange.models import CHECKED, ImportSheet
from core.exchange.registry import all_kinds
from core.people.access import may
from core.work.kinds import WorkItem, WorkKind


def sheets_to_accept(session: Session, _day: date) -> Sequence[WorkItem]:
    """One line for each kind of sheet that the person may accept; a single sheet is opened by it."""
    kinds = {kind.id: kind for kind in all_kinds() if may(kind.entity, kind.right)}
    if not kinds:
        return []
    counted = (
        select(ImportSheet.kind, func.count(), func.min(ImportSheet.id))
        .where(
            ImportSheet.branch_id == current_branch_id(),
            ImportSheet.state == CHECKED,
            ImportSheet.kind.in_(kinds),
        )
        .group_by(ImportSheet.kind)
        .order_by(ImportSheet.kind)
    )
    return [
        WorkItem(
            gettext("Sheets to accept: %(kind)s", kind=str(kinds[kind].label)),
            count,
            url_for("ExchangeView.sheet", sheet_id=first)
            if count == 1
            else url_for("ExchangeView.index", kind=kind, state=CHECKED),
        )
        for kind, count, first in session.execute(counted)
    ]


WORK = (WorkKind("core.sheets", sheets_to_accept, icon="file-spreadsheet"),)
