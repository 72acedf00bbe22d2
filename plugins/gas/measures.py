"""The gas office's figures of each month (GAS-K): read, billed, taken, collected, overdue; added up in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.data import Money
from core.measures.kinds import MONEY, SHARE, Measure, Part, Sum
from core.measures.months import Months, last_day, listed, moved
from plugins.gas import reading_rates
from plugins.gas.billing.sql import part_of
from plugins.gas.models import ACTUAL, USAGE, Bill, Payment, PaymentAllocation
from plugins.gas.owing import OVERDUE
from plugins.gas.reading_rates import ALL, Counts, not_billed_for_a_reading, read_of, shares

BILLED, COLLECTED, RIGHT = "billed", "collected", "right"
COLLECTING = 12
"""Months after its own in which money still counts for a month's bills."""


# ---------------------------------------------------------------- sums


def charged(session: Session, months: Months) -> Mapping[str, Sequence[Sum]]:
    """What the bills for usage of each month come to, what has been paid of them by now, and of the accounts that are
    billed or should be, how many are."""
    bills = (
        select(Bill.branch_id, Bill.period, _sum(Bill.total), func.count())
        .where(Bill.period.in_(months.all), Bill.kind == USAGE)
        .group_by(Bill.branch_id, Bill.period)
    )
    found: dict[str, list[Sum]] = {BILLED: [], COLLECTED: [], RIGHT: []}
    paid, due = _paid(session, months), defaultdict(int, not_billed_for_a_reading(session, months))
    done: Counts = {}
    for branch, month, total, count in session.execute(bills):
        found[BILLED].append(Sum(branch, month, total))
        found[COLLECTED].append(Sum(branch, month, paid.get((branch, month), Decimal(0)), total))
        done[branch, month] = count
        due[branch, month] += count
    found[RIGHT].extend(shares(done, due))
    return found


def _paid(session: Session, months: Months) -> dict[tuple[int, str], Decimal]:
    """What has been paid of each month's bills, up to the day on which collecting it counts no more."""
    until = {month: last_day(moved(month, COLLECTING)) for month in months.all}
    is_over, amount = min(until.values()) < months.today, PaymentAllocation.amount
    in_time = Payment.received_on <= case(until, value=Bill.period, else_=months.today)
    paid = (
        select(Bill.branch_id, Bill.period, _sum(case((in_time, amount)) if is_over else amount))
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .where(Bill.period.in_(months.all), Bill.kind == USAGE)
        .group_by(Bill.branch_id, Bill.period)
    )
    if is_over:  # an outer join keeps its place: SQLite began with all payments of the branch otherwise
        paid = paid.outerjoin(Payment, Payment.id == PaymentAllocation.payment_id)
    return {(branch, month): total or Decimal(0) for branch, month, total in session.execute(paid)}


def taken(session: Session, months: Months) -> Iterable[Sum]:
    """What was received in a month."""
    year, month = part_of("year", Payment.received_on), part_of("month", Payment.received_on)
    rows = session.execute(
        select(Payment.branch_id, year, month, _sum(Payment.amount))
        .where(Payment.received_on.between(months.first_day, months.last_day))
        .group_by(Payment.branch_id, year, month)
    )
    return [
        Sum(branch, f"{of_year:04d}-{of_month:02d}", amount) for branch, of_year, of_month, amount in rows
    ]


def overdue(session: Session, months: Months) -> Iterator[Sum]:
    """What was overdue at a month's end (today in the present one): due before it, and not paid until then.

    Bills and what was paid on them are added up by day, each in one pass; the months are made of the days.
    """
    charged = session.execute(
        select(Bill.branch_id, Bill.due_on, _sum(Bill.total))
        .where(Bill.due_on < months.end_of(months.last))
        .group_by(Bill.branch_id, Bill.due_on)
    ).all()
    paid = session.execute(
        select(Bill.branch_id, Bill.due_on, Payment.received_on, _sum(PaymentAllocation.amount))
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Bill.due_on < months.end_of(months.last))
        .group_by(Bill.branch_id, Bill.due_on, Payment.received_on)
    ).all()
    for month in months.all:
        end, left = months.end_of(month), defaultdict[int, Decimal](Decimal)
        for branch, due_on, amount in charged:
            left[branch] += amount if due_on < end else 0
        for branch, due_on, received_on, amount in paid:
            left[branch] -= amount if due_on < end and received_on <= end else 0
        yield from (Sum(branch, month, amount) for branch, amount in left.items())


def _sum(amount: Any) -> ColumnElement[Decimal]:
    return func.sum(amount, type_=Money())


# ---------------------------------------------------------------- the lists behind them


def _readings(month: str, _months: Months) -> str:
    return f"/gas/reading/?f_period={month}&f_kind={ACTUAL}"


def _bills_of(month: str, _months: Months) -> str:
    return f"/gas/bill/?f_period={month}&f_kind={USAGE}"


def _arrears(month: str, months: Months) -> str:
    if months.is_over(month):
        return f"/gas/past-arrears/?due={OVERDUE}&on={last_day(month).isoformat()}"
    return f"/gas/arrears/?f_due={OVERDUE}"


def _runs(month: str, _months: Months) -> str:
    return f"/gas/billing-run/?f_period={month}"


MEASURES = (
    Measure(
        id="gas.read",
        label=_("Meters read"),
        unit=SHARE,
        entity="gas.reading",
        sums=read_of(ALL),
        url=_readings,
        about=_("Meters with an actual reading of the month, of those that are there at its end."),
        rests_on=(("gas.reading", "period"), ("gas.reading", "kind"), ("gas.reading", "meter_id")),
    ),
    Measure(
        id="gas.billed",
        label=_("Billed"),
        unit=MONEY,
        entity="gas.bill",
        sums=Part(charged, BILLED),
        url=_bills_of,
        about=_("What the bills for the month's usage come to."),
        rests_on=(("gas.bill", "period"), ("gas.bill", "total")),
    ),
    Measure(
        id="gas.taken",
        label=_("Money taken"),
        unit=MONEY,
        entity="gas.payment",
        sums=taken,
        url=listed("/gas/payment/", "received_on"),
        about=_("What was received in the month, whichever bills it paid."),
        rests_on=(("gas.payment", "received_on"), ("gas.payment", "amount")),
        settles=0,
    ),
    Measure(
        id="gas.collected",
        label=_("Collection rate"),
        unit=SHARE,
        entity="gas.payment-allocation",
        sums=Part(charged, COLLECTED),
        url=_bills_of,
        about=_("What has been paid of the bills for the month's usage, within a year after it."),
        rests_on=(("gas.bill", "period"), ("gas.bill", "total"), ("gas.payment-allocation", "amount")),
        parts=MONEY,
        settles=COLLECTING,
    ),
    Measure(
        id="gas.overdue",
        label=_("Overdue money"),
        unit=MONEY,
        entity="gas.account",
        right="see-arrears",
        sums=overdue,
        url=_arrears,
        about=_("What was due before the end of the month, or before today, and not paid by then."),
        rests_on=(("gas.bill", "total"),),
        at_most=True,
        settles=1,
    ),
    *reading_rates.MEASURES,
    Measure(
        id="gas.report-accuracy",
        label=_("Accuracy of the monthly report"),
        unit=SHARE,
        entity="gas.billing-run",
        sums=Part(charged, RIGHT),
        url=_runs,
        about=_(
            "Accounts that were billed, of these and those that a wrong or missing reading kept from it."
        ),
        rests_on=(("gas.billing-run", "period"), ("gas.billing-skip", "account_id")),
    ),
)
