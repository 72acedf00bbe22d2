"""What was reported lately: days of sales and months, most signed off, one sent back, one waiting for a signature."""
# zh-ok-file: remarks of people who do not exist

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Date, func, literal, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import table_of
from core.reports import service
from core.reports.duty import after_report
from core.reports.kinds import Report
from core.reports.models import FiledReport
from core.reports.states import HANDED_IN, SENT_BACK, SIGNED
from core.worklist.events import happened
from plugins.gas.demo.duties import noon
from plugins.gas.models import Payment
from plugins.gas.reports import REPORTS
from plugins.gas.rules.book.saying import COLLECTION_REPORT, READING_SUMMARY, SALES_SUMMARY

STAFF = ("cashier", "meter-reader", "department-head", "team-leader")
DAYS, MONTHS = 5, 3
REMARKS = {
    SALES_SUMMARY: "现金与系统一致",
    READING_SUMMARY: "气温下降，居民用气量上升；未见表主要因户内无人，下月改约周末入户。",
    COLLECTION_REPORT: "结算单已随表附上",
}
REASON = "缺少本月气费结算单，请补齐后重新提交"
BY_ID = {each.id: each for each in REPORTS}


def hand_in(session: Session, staff: dict[str, int | None], until: date) -> None:
    """The reports of the last days of sales, and of the months before the present one."""
    for number, day in enumerate(_days_of_sales(session, until)):
        handed = day + timedelta(days=1 if number == 1 else 0)  # one came late
        record = _handed_in(session, BY_ID[SALES_SUMMARY], day, staff["cashier"], handed)
        if number:
            _signed(session, record, staff["team-leader"], handed)
    first = until.replace(day=1)
    for number in range(MONTHS):
        last = first - timedelta(days=1)
        summary = _handed_in(session, BY_ID[READING_SUMMARY], last, staff["meter-reader"], last)
        collection = _handed_in(session, BY_ID[COLLECTION_REPORT], last, staff["meter-reader"], last)
        _signed(session, summary, staff["department-head"], first)
        if number:
            _signed(session, collection, staff["department-head"], first)
        else:
            _sent_back(session, collection, staff["department-head"], first)
        first = last.replace(day=1)


def _days_of_sales(session: Session, until: date) -> list[date]:
    """The last days before `until` on which money was taken, the latest first; told to the rule book."""
    own = table_of(Payment)
    found = select(Payment.received_on).where(Payment.received_on < until).distinct()
    days = list(session.scalars(found.order_by(Payment.received_on.desc()).limit(DAYS)))
    for day in days:
        of_day = select(func.min(own.c.id), own.c.branch_id, literal(day, Date)).where(
            own.c.received_on == day
        )
        with noon(day):
            happened(session, "gas.payment.day-begun", of_day.group_by(own.c.branch_id))
    return days


def _handed_in(session: Session, report: Report, on: date, by: int | None, day: date) -> FiledReport:
    period = report.of_day(on)
    with noon(day):
        said = service.filled(session, report, current_branch_id(), period)
        record = service.keep(session, report, period, said, REMARKS[report.id])
        record.state, record.handed_in_by, record.handed_in_on = HANDED_IN, by, day
        session.flush()
        after_report(session, record, HANDED_IN)
    return record


def _signed(session: Session, record: FiledReport, by: int | None, day: date) -> None:
    record.state, record.signed_by, record.signed_on = SIGNED, by, day
    session.flush()


def _sent_back(session: Session, record: FiledReport, by: int | None, day: date) -> None:
    record.state, record.sent_back_by, record.sent_back_on, record.reason = SENT_BACK, by, day, REASON
    session.flush()
