"""The monthly reading-and-collection report (月度抄收报表; GAS-K09)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.measures.months import month_of
from core.reports.kinds import COUNT, MONEY, QUANTITY, SHARE, WORD, Column, Figure, Filled, Table
from plugins.gas import measures
from plugins.gas.models import Account, Bill, PaymentAllocation
from plugins.gas.reading_rates import ALL, rates
from plugins.gas.reports import common


def month(session: Session, branch_id: int, first: date, _last: date) -> Filled:
    """A month's meters read, what its usage was billed, what came in, and what is overdue."""
    of = month_of(first)
    billed = common.billed_by_class(session, branch_id, Bill.period == of)
    paid = _paid_by_class(session, branch_id, of)
    figures = (
        *_of_measures(session, branch_id, of),
        Figure(_("Bills for the month"), sum(each[0] for each in billed.values())),
        Figure(_("Collected of what was billed"), sum(paid.values(), common.NOTHING), MONEY),
    )
    return Filled(figures, (_by_class(session, branch_id, of, billed, paid),))


def _of_measures(session: Session, branch_id: int, of: str) -> tuple[Figure, ...]:
    """The figures that the dashboard shows too, each with its why."""
    months = common.months_of(session, branch_id, of)
    charged = measures.charged(session, months)

    def found(sums: Any) -> Any:
        return common.sum_of(sums, branch_id, of)

    def amount(sums: Any) -> Decimal:
        known = found(sums)
        return Decimal(known.amount) if known is not None else common.NOTHING

    read = common.share_of(found(rates(session, months)[ALL]))
    collected = common.share_of(found(charged[measures.COLLECTED]))
    right = common.share_of(found(charged[measures.RIGHT]))
    return (
        Figure(_("Meters read"), read, SHARE, measure="gas.read"),
        Figure(_("Money taken"), amount(measures.taken(session, months)), MONEY, measure="gas.taken"),
        Figure(_("Billed"), amount(charged[measures.BILLED]), MONEY, measure="gas.billed"),
        Figure(_("Collection rate"), collected, SHARE, measure="gas.collected"),
        Figure(_("Overdue money"), amount(measures.overdue(session, months)), MONEY, measure="gas.overdue"),
        Figure(_("Accuracy of the monthly report"), right, SHARE, measure="gas.report-accuracy"),
    )


def _paid_by_class(session: Session, branch_id: int, of: str) -> dict[str, Decimal]:
    """What has been paid by now of the bills for a month's usage."""
    rows: Any = session.execute(
        select(Account.use_class, common.money_of(PaymentAllocation.amount))
        .select_from(Bill)
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .join(Account, Account.id == Bill.account_id)
        .where(Bill.branch_id == branch_id, Bill.period == of, common.IS_USAGE)
        .group_by(Account.use_class)
    )
    return {row[0]: row[1] for row in rows}


def _by_class(
    session: Session,
    branch_id: int,
    of: str,
    billed: dict[str, tuple[int, Decimal, Decimal]],
    paid: dict[str, Decimal],
) -> Table:
    end = common.months_of(session, branch_id, of).end_of(of)
    there = common.meters_by_class(session, branch_id, end)
    read = common.read_by_class(session, branch_id, of, end)
    columns = (
        Column(_("Class of use"), WORD),
        Column(_("Meters"), COUNT),
        Column(_("Read"), COUNT),
        Column(_("Share read"), SHARE),
        Column(_("Bills"), COUNT),
        Column(_("Volume"), QUANTITY, common.M3),
        Column(_("Charged"), MONEY),
        Column(_("Collected"), MONEY),
        Column(_("Still owed"), MONEY),
    )
    rows = [
        (label, *_cells(there.get(code, 0), read.get(code, 0), billed.get(code), paid.get(code)))
        for code, label in common.CLASSES.items()
        if there.get(code) or code in billed
    ]
    whole = (
        sum(each[0] for each in billed.values()),
        sum((each[1] for each in billed.values()), common.NOTHING),
        sum((each[2] for each in billed.values()), common.NOTHING),
    )
    total = _cells(sum(there.values()), sum(read.values()), whole, sum(paid.values(), common.NOTHING))
    return Table(_("By class of use"), columns, rows, (None, *total))


def _cells(
    there: int, read: int, billed: tuple[int, Decimal, Decimal] | None, paid: Decimal | None
) -> tuple[int, int, Decimal | None, int, Decimal, Decimal, Decimal, Decimal]:
    count, volume, amount = billed if billed is not None else (0, common.NOTHING, common.NOTHING)
    came_in = paid if paid is not None else common.NOTHING
    return there, read, common.part(read, there), count, volume, amount, came_in, amount - came_in
