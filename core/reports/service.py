"""Fills reports from data, keeps what was written beside them, and hands them in. The caller commits."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.handbook.periods import Period
from core.installation import installation
from core.reports import content
from core.reports.duty import due_of
from core.reports.kinds import ENTITY, Report
from core.reports.models import FiledReport
from core.reports.states import HAND_IN, OPEN
from core.workflow.moving import move

LONGEST_REMARKS = 4000
_UNWRITTEN = re.compile("[\x00\ud800-\udfff]")  # what no database takes as text

TOO_LONG = N_("This is longer than %(limit)s characters.")
LIES_THERE = N_("This report was handed in already. Open it to see what became of it.")
READ_AGAIN = N_(
    "The figures have changed since you opened this page. Read them again, then hand the report in."
)


def filled(session: Session, report: Report, branch_id: int, period: Period) -> content.Content:
    """What the data say of a period now."""
    return content.plain(report.fill(session, branch_id, period.first, period.last))


def held(session: Session, report: Report, period: Period) -> FiledReport | None:
    """The report of a period in the active branch, kept from others until the transaction ends; None before it was
    begun."""
    wanted = select(FiledReport).where(FiledReport.kind == report.id, FiledReport.first_on == period.first)
    return session.scalars(wanted.with_for_update(), execution_options={"populate_existing": True}).first()


def keep(
    session: Session, report: Report, period: Period, said: content.Content, remarks: str
) -> FiledReport:
    """Keep a report that is being written, with what the data say. UserError where it lies there handed in."""
    text = _UNWRITTEN.sub("", remarks).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_REMARKS:
        raise UserError(TOO_LONG, field="remarks", limit=LONGEST_REMARKS)
    record = held(session, report, period) or _begun(session, report, period, said)
    if record.state not in OPEN:
        raise UserError(LIES_THERE, status=409)
    record.content, record.digest, record.filled_at = said, content.digest(said), clock.now()
    record.remarks = text or None
    session.flush()
    return record


def _begun(session: Session, report: Report, period: Period, said: content.Content) -> FiledReport:
    asked = report.asked_in(period)
    made = FiledReport(
        kind=report.id,
        first_on=period.first,
        last_on=period.last,
        owed_first_on=asked.first,
        owed_last_on=asked.last,
        due_on=due_of(session, report, period),
        content=said,
        digest=content.digest(said),
        filled_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:  # somebody else began it a moment earlier
        found = held(session, report, period)
        if found is None:
            raise
        return found
    return made


def hand_in(session: Session, record: FiledReport, user_id: int | None) -> Any:
    """Hand in what was kept; answers the request, where others have to approve first. UserError as of any move."""
    return move(session, entity_by_id(ENTITY), record, HAND_IN, {}, user_id=user_id)


def lacks_text(_session: Session, record: Any) -> bool:
    """For a guard: whether the report needs words beside its figures, and has none."""
    report = installation().reports.get(record.kind)
    return report is not None and report.text_needed and not record.remarks


def is_fresh(session: Session, record: Any) -> bool:
    """For a guard: whether the data still say what was kept."""
    report = installation().reports.get(record.kind)
    if report is None:
        return False
    now = filled(session, report, record.branch_id, Period(record.first_on, record.last_on))
    return bool(content.digest(now) == record.digest)
