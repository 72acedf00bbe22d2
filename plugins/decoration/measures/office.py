"""How the office works: reports in time and right, call-backs made, files complete (DEC-K06, DEC-K07)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, case, exists, extract, func, select
from sqlalchemy.orm import Session

from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months, listed
from core.reports.models import FiledReport
from core.worklist.models import DROPPED, Obligation
from plugins.decoration import reach
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules import names_office as o


def reports_right(session: Session, months: Months) -> Iterable[Sum]:
    """Of the reports that were due in a month, those handed in by then and never sent back."""
    right = exists(
        select(1).where(
            FiledReport.id == Obligation.closed_record,
            FiledReport.first_handed_in_on <= Obligation.due_on,
            FiledReport.sent_back_on.is_(None),
        )
    )
    due = (Obligation.rule.in_(o.REPORT_RULES), Obligation.state != DROPPED)
    return by_month(session, months, Obligation, Obligation.due_on, func.count(case((right, 1))), due)


def files_complete(session: Session, months: Months) -> Iterable[Sum]:
    """Of the customers filed in a month, those whose file names address, needs and where it is kept."""
    whole = and_(
        Customer.address.is_not(None), Customer.needs.is_not(None), Customer.archive_place.is_not(None)
    )
    kept = (Customer.state != c.MERGED,)
    return by_month(session, months, Customer, Customer.filed_on, func.count(case((whole, 1))), kept)


def by_month(
    session: Session, months: Months, own: Any, day: Any, done: Any, which: tuple[ColumnElement[bool], ...]
) -> list[Sum]:
    """For each branch and month, up to today, how many of the records `which` hold for are `done`."""
    year, month = extract("year", day), extract("month", day)
    rows = session.execute(
        select(own.branch_id, year, month, done, func.count(own.id))
        .where(day.between(months.first_day, min(months.last_day, months.today)), *which)
        .group_by(own.branch_id, year, month),
    )
    return [Sum(branch, f"{int(y):04d}-{int(m):02d}", made, of) for branch, y, m, made, of in rows]


def _reports(_month: str, _months: Months) -> str:
    return "/core/report/"


def _duties(_month: str, _months: Months) -> str:
    return "/core/obligation/"


MEASURES = (
    Measure(
        id="decoration.reports-right",
        label=_("Reports in time and right"),
        unit=SHARE,
        entity="core.report",
        sums=reports_right,
        url=_reports,
        about=_("Of the reports due in the month, those handed in by then and not sent back."),
        clause="DEC-K06, DEC-K07; DEC-R50",
    ),
    Measure(
        id="decoration.files-complete",
        label=_("Complete files"),
        unit=SHARE,
        entity=n.CUSTOMER,
        right=reach.ALL,
        sums=files_complete,
        url=listed("/decoration/customer/", "filed_on"),
        about=_(
            "Of the customers filed in the month, those whose file says the address, the needs and where it is kept."
        ),
        rests_on=tuple((n.CUSTOMER, each) for each in ("filed_on", "address", "needs", "archive_place")),
        clause="DEC-K07",
    ),
)
