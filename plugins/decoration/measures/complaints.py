"""Figures of complaints and repairs for each branch and month (DEC-K07, DEC-R59, DEC-R87)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, case, extract, func, or_, select
from sqlalchemy.orm import Session

from core.data import clock
from core.measures.kinds import COUNT, SHARE, Measure, Sum
from core.measures.months import Months, listed
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.customers import Customer
from plugins.decoration.reach_complaints import ALL
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c


def received(session: Session, months: Months) -> Iterable[Sum]:
    """Complaints that came in a month."""
    return [
        Sum(branch, month, count)
        for branch, month, count, _part in _complaints(session, months, func.count(Complaint.id))
    ]


def in_batches(session: Session, months: Months) -> Iterable[Sum]:
    """The customers who complained of what came in a batch."""
    batch = func.count(case((Complaint.batch, Complaint.customer_id)).distinct())
    return [Sum(branch, month, part) for branch, month, _count, part in _complaints(session, months, batch)]


def answered_in_time(session: Session, months: Months) -> Iterable[Sum]:
    """Of the complaints that came in a month, those answered in time; what may still be answered is left out."""
    judged = or_(Complaint.responded_at.is_not(None), Complaint.respond_until < clock.now())
    in_time = func.count(case((Complaint.responded_at <= Complaint.respond_until, 1)))
    rows = _complaints(session, months, in_time, judged, Complaint.respond_until.is_not(None))
    return [Sum(branch, month, part, count) for branch, month, count, part in rows]


def rate(session: Session, months: Months) -> Iterator[Sum]:
    """Complaints of a month for the customers whose works are under way, done, or who are VIPs."""
    came = {(each.branch_id, each.month): each.amount for each in received(session, months)}
    rows = session.execute(
        select(Customer.branch_id, Customer.filed_on, func.count(Customer.id))
        .where(Customer.phase != n.PRE_SALE, Customer.filed_on <= months.end_of(months.last))
        .group_by(Customer.branch_id, Customer.filed_on)
    ).all()
    for month in months.all:
        end, active = months.end_of(month), dict[int, int]()
        for branch, filed_on, count in rows:
            if filed_on <= end:
                active[branch] = active.get(branch, 0) + count
        yield from (Sum(branch, month, came.get((branch, month), 0), of) for branch, of in active.items())


def under_warranty(session: Session, months: Months) -> Iterable[Sum]:
    """Of the repairs reported in a month, those under warranty."""
    year, month = extract("year", Repair.reported_on), extract("month", Repair.reported_on)
    rows = session.execute(
        select(
            Repair.branch_id, year, month, func.count(case((Repair.in_warranty, 1))), func.count(Repair.id)
        )
        .where(Repair.reported_on.between(months.first_day, months.last_day))
        .group_by(Repair.branch_id, year, month)
    )
    return [Sum(branch, _month(y, m), part, of) for branch, y, m, part, of in rows]


def _complaints(
    session: Session, months: Months, part: ColumnElement[Any], *judged: ColumnElement[bool]
) -> list[tuple[int, str, int, int]]:
    """Branch, month, complaints and the part of them."""
    year, month = extract("year", Complaint.received_on), extract("month", Complaint.received_on)
    rows = session.execute(
        select(Complaint.branch_id, year, month, func.count(Complaint.id), part)
        .where(Complaint.received_on.between(months.first_day, months.last_day), *judged)
        .group_by(Complaint.branch_id, year, month)
    )
    return [
        (branch, _month(of_year, of_month), count, some) for branch, of_year, of_month, count, some in rows
    ]


def _month(year: int, month: int) -> str:
    return f"{int(year):04d}-{int(month):02d}"


OF_MONTH = listed("/decoration/complaint/", "received_on")
CAME = ((c.COMPLAINT, "received_on"),)
MEASURES = (
    Measure(
        id="decoration.complaints",
        label=_("Complaints received"),
        unit=COUNT,
        entity=c.COMPLAINT,
        right=ALL,
        sums=received,
        url=OF_MONTH,
        about=_("Complaints that came in the month, whatever came of them."),
        rests_on=CAME,
        clause="DEC-K01, DEC-R50",
    ),
    Measure(
        id="decoration.complaint-rate",
        label=_("Complaint rate"),
        unit=SHARE,
        entity=c.COMPLAINT,
        right=ALL,
        sums=rate,
        url=OF_MONTH,
        about=_("Complaints of the month for each customer in service: during or after the sale, or VIP."),
        rests_on=(*CAME, (n.CUSTOMER, "phase")),
        clause="DEC-K07, DEC-R81",
        at_most=True,
    ),
    Measure(
        id="decoration.complaints-answered",
        label=_("Complaints answered in time"),
        unit=SHARE,
        entity=c.COMPLAINT,
        right=ALL,
        sums=answered_in_time,
        url=OF_MONTH,
        about=_("Of the complaints that came in the month, those answered within the hours that are set."),
        rests_on=(*CAME, (c.COMPLAINT, "responded_at")),
        clause="DEC-R59",
    ),
    Measure(
        id="decoration.batch-complaints",
        label=_("Customers with a complaint of a batch"),
        unit=COUNT,
        entity=c.COMPLAINT,
        right=ALL,
        sums=in_batches,
        url=OF_MONTH,
        about=_("Customers whose complaint of the month is one of a batch."),
        rests_on=(*CAME, (c.COMPLAINT, "batch")),
        clause="DEC-R87",
        at_most=True,
    ),
    Measure(
        id="decoration.repairs-under-warranty",
        label=_("Repairs under warranty"),
        unit=SHARE,
        entity=c.REPAIR,
        sums=under_warranty,
        url=listed("/decoration/repair/", "reported_on"),
        about=_("Of the repairs reported in the month, those under warranty."),
        rests_on=((c.REPAIR, "reported_on"), (c.REPAIR, "in_warranty")),
        clause="DEC-E11",
    ),
)
