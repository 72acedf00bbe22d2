"""What is owed of reports: by when, and that the report of a period ends what is owed for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from core.branches.setwise import fetch, table_of
from core.handbook.kinds import Cadence, Obliging
from core.handbook.periods import Period
from core.handbook.registry import book
from core.installation import installation
from core.reports.kinds import Report, handed_in
from core.reports.models import FiledReport
from core.reports.states import FILED
from core.worklist.closing import fulfil
from core.worklist.events import MADE_BEFORE, happened, tell_of
from core.worklist.models import DROPPED, OPEN, Obligation
from core.worklist.ways import is_on

OWED, REPORT = table_of(Obligation), table_of(FiledReport)


def report_of(rule_id: str) -> Report | None:
    """The report that a rule asks for."""
    return next((each for each in installation().reports.values() if each.rule == rule_id), None)


def day_of_duty(rule: Any, rows: Any) -> ColumnElement[date]:
    """The day by which what is owed belongs to a period: that of the deadline's event, or the cadence's date."""
    column: ColumnElement[date] = rows.c.nominal_on if isinstance(rule, Cadence) else rows.c.starts_on
    return column


def due_of(session: Session, report: Report, period: Period) -> date | None:
    """By when the report of a period is owed; None where nobody asks for it."""
    asked = report.asked_in(period)
    day = day_of_duty(book().get(report.rule), OWED)
    which = (OWED.c.rule == report.rule, OWED.c.state != DROPPED, day.between(asked.first, asked.last))
    found: date | None = fetch(session, select(func.min(OWED.c.due_on)).where(*which))[0][0]
    return found


def open_duties(session: Session, report: Report, limit: int) -> list[tuple[date, date]]:
    """What is owed and open: the day that tells the period, and the due date; the oldest first."""
    day = day_of_duty(book().get(report.rule), OWED)
    wanted = select(day, OWED.c.due_on).where(
        OWED.c.rule == report.rule, OWED.c.state == OPEN, OWED.c.paused_on.is_(None)
    )
    return [
        (row[0], row[1]) for row in fetch(session, wanted.order_by(OWED.c.due_on, OWED.c.id).limit(limit))
    ]


def after_report(session: Session, record: FiledReport, what: str) -> None:
    """A report was handed in: note by when it was due, and end what is owed for its period."""
    report = installation().reports.get(record.kind)
    if what != FILED[0] or report is None:
        return
    if record.first_handed_in_on is None:
        record.first_handed_in_on = record.handed_in_on
    due_on = due_of(session, report, Period(record.first_on, record.last_on))
    record.due_on = due_on if due_on is not None else record.due_on
    session.flush()
    happened(session, handed_in(record.kind), [record], record.handed_in_on)


def end_handed_in(session: Session, rule: Obliging) -> None:
    """What is owed for a period whose report lies there already is not asked for again: a later event of the period
    has opened it, or the planner came late."""
    report = report_of(rule.id)
    if report is None or not is_on(session, rule):
        return
    day = day_of_duty(rule, OWED)
    covers = day.between(REPORT.c.owed_first_on, REPORT.c.owed_last_on)
    open_ones = exists(
        select(1).where(OWED.c.rule == rule.id, OWED.c.state == OPEN, covers).correlate(REPORT)
    )
    lying = select(REPORT.c.id, REPORT.c.last_on.label("day")).where(
        REPORT.c.kind == report.id, REPORT.c.state.in_(FILED), open_ones
    )
    if not fetch(session, lying.limit(1)):
        return
    source, event = lying.subquery("lying"), handed_in(report.id)
    fulfil(session, rule, event, source, "", None)
    tell_of(session, rule, "done", source, "", event)


def listen() -> None:
    """Hear of what begins to be owed, once."""
    if end_handed_in not in MADE_BEFORE:
        MADE_BEFORE.append(end_handed_in)
