"""Reports that the shop hands in, and the rules that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from shop.models import Customer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from company import Company
from core.data.marks import N_
from core.handbook.kinds import Cadence, Clause, Deadline, Rule
from core.handbook.values import DAY_OF_MONTH, DAYS, Setting
from core.people.positions import Position
from core.reports.kinds import (
    DAY,
    MONEY,
    MONTH,
    SHARE,
    TEXT,
    WORD,
    Column,
    Figure,
    Filled,
    Report,
    Table,
    by_report,
)
from core.reports.reach import with_reports
from duties import ruled_by

CLAUSE = Clause("reports", "Shop rules", "12", "What was sold is reported.")
DAILY_RULE = Deadline(
    "SHOP-R40",
    CLAUSE,
    "The day's new customers are reported within %(days)s.",
    (Setting("days", DAYS, 1, "Within"),),
    event="shop.customer.added",
    within="days",
    owner="shop.reporter",
    closed_by=by_report("shop.daily"),
    roll="none",
    title="Hand in the daily report",
)
MONTHLY_RULE = Cadence(
    "SHOP-R41",
    CLAUSE,
    "The month before is reported on day %(day)s.",
    (Setting("day", DAY_OF_MONTH, 5, "Day of the month"),),
    on="day",
    owner="shop.reporter",
    closed_by=by_report("shop.monthly"),
    roll="none",
    title="Hand in the monthly report",
)
RULES: tuple[Rule, ...] = (DAILY_RULE, MONTHLY_RULE)
REPORTER = Position("shop.reporter", "Reporter")
CHIEF = Position("shop.chief", "Chief")


def fill(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """How many customers there are, by their kind."""
    count = session.scalar(select(func.count(Customer.id)).where(Customer.branch_id == branch_id)) or 0
    names: Any = session.scalars(select(Customer.name).order_by(Customer.id.desc()).limit(2)).all()
    columns = (Column(N_("Name")), Column(N_("State"), WORD), Column(N_("Amount"), MONEY))
    rows = [(name, N_("Open"), count) for name in names]
    figures = (
        Figure(N_("Customers"), count),
        Figure(N_("Share"), None, SHARE),
        Figure(N_("Until"), f"{last}", TEXT),
    )
    return Filled(figures, (Table(N_("Newest"), columns, rows, (None, None, count * len(rows))),))


DAILY = Report("shop.daily", "Daily report", DAILY_RULE.id, fill, ("shop.chief",), DAY, order=1)
MONTHLY = Report("shop.monthly", "Monthly report", MONTHLY_RULE.id, fill, ("shop.chief",), MONTH, before=True)
REPORTS = (DAILY, MONTHLY)
PEOPLE = (
    ("east.reporter", "east", REPORTER.id),
    ("east.chief", "east", CHIEF.id),
    ("west.reporter", "west", REPORTER.id),
    ("west.chief", "west", CHIEF.id),
)


@contextmanager
def reporting(company: Company) -> Iterator[None]:
    """Both branches have somebody who reports and somebody who signs off."""
    known = company.installation
    before = known.reports, known.positions
    known.reports = {each.id: each for each in REPORTS}
    known.positions = {**known.positions, REPORTER.id: REPORTER, CHIEF.id: CHIEF}
    try:
        with ruled_by(company, RULES):
            known.positions = with_reports(known.positions, REPORTS, known.rules)
            for name, branch, position in PEOPLE:
                if name not in company.people:
                    company.add_person(name, branch, position)
            yield
    finally:
        known.reports, known.positions = before
