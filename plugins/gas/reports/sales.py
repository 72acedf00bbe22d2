"""The day's gas sales summary (当日气量销售汇总表; GAS-K06, GAS-P05): volume and money by class and clerk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.people.rights.words import names_of
from core.reports.kinds import COUNT, MONEY, QUANTITY, TEXT, WORD, Column, Figure, Filled, Table
from plugins.gas.models import CASH, Account, Bill, Payment, PaymentAllocation
from plugins.gas.reports import common

Key = tuple[str, int | None]
"""Use class and clerk."""


@dataclass
class Sold:
    """What was sold to one use class by one clerk."""

    payments: int = 0
    volume: Decimal = common.NOTHING
    cash: Decimal = common.NOTHING
    card: Decimal = common.NOTHING

    @property
    def amount(self) -> Decimal:
        return self.cash + self.card

    def cells(self) -> tuple[int, Decimal, Decimal, Decimal, Decimal]:
        return self.payments, self.volume, self.cash, self.card, self.amount


def day(session: Session, branch_id: int, first: date, _last: date) -> Filled:
    """What was taken on a day, and the volume of the bills that were settled in full by it."""
    sold = _taken(session, branch_id, first)
    for key, volume in _settled(session, branch_id, first).items():
        sold.setdefault(key, Sold()).volume += volume
    names = names_of(session, {clerk for _class, clerk in sold if clerk is not None})
    whole = Sold(
        sum(each.payments for each in sold.values()),
        *(
            sum((getattr(each, name) for each in sold.values()), common.NOTHING)
            for name in ("volume", "cash", "card")
        ),
    )
    figures = (
        Figure(_("Payments"), whole.payments),
        Figure(_("Money taken"), whole.amount, MONEY),
        Figure(_("of that in cash"), whole.cash, MONEY),
        Figure(_("of that by UnionPay card"), whole.card, MONEY),
        Figure(_("Volume of the bills settled"), whole.volume, QUANTITY, common.M3),
    )
    columns = (
        Column(_("Class of use"), WORD),
        Column(_("Clerk"), TEXT),
        Column(_("Payments"), COUNT),
        Column(_("Volume"), QUANTITY, common.M3),
        Column(_("Cash"), MONEY),
        Column(_("UnionPay card"), MONEY),
        Column(_("Amount"), MONEY),
    )
    order = list(common.CLASSES)
    rows = [
        (common.CLASSES[use_class], names.get(clerk or 0), *sold[use_class, clerk].cells())
        for use_class, clerk in sorted(
            sold, key=lambda key: (order.index(key[0]), names.get(key[1] or 0, ""))
        )
    ]
    total = (None, None, *whole.cells()) if rows else None
    return Filled(figures, (Table(_("By class of use and clerk"), columns, rows, total),))


def _taken(session: Session, branch_id: int, on: date) -> dict[Key, Sold]:
    rows = session.execute(
        select(
            Account.use_class,
            Payment.cashier_id,
            Payment.method,
            func.count(),
            common.money_of(Payment.amount),
        )
        .join(Account, Account.id == Payment.account_id)
        .where(Payment.branch_id == branch_id, Payment.received_on == on)
        .group_by(Account.use_class, Payment.cashier_id, Payment.method)
    )
    found: dict[Key, Sold] = {}
    for use_class, clerk, method, count, amount in rows:
        each = found.setdefault((use_class, clerk), Sold())
        each.payments += count
        if method == CASH:
            each.cash += amount
        else:
            each.card += amount
    return found


def _settled(session: Session, branch_id: int, on: date) -> dict[Key, Decimal]:
    """The volume of the bills that the day's money settled, by the clerk who took the last of it; one statement."""
    last = (
        select(PaymentAllocation.bill_id, func.max(Payment.id).label("payment_id"))
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.branch_id == branch_id, Payment.received_on == on)
        .group_by(PaymentAllocation.bill_id)
        .subquery("last")
    )
    paid = (
        select(PaymentAllocation.bill_id, common.money_of(PaymentAllocation.amount).label("amount"))
        .join(last, last.c.bill_id == PaymentAllocation.bill_id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.received_on <= on)
        .group_by(PaymentAllocation.bill_id)
        .subquery("paid")
    )
    rows = session.execute(
        select(Account.use_class, Payment.cashier_id, common.volume_of(Bill.usage))
        .select_from(Bill)
        .join(last, last.c.bill_id == Bill.id)
        .join(paid, paid.c.bill_id == Bill.id)
        .join(Payment, Payment.id == last.c.payment_id)
        .join(Account, Account.id == Bill.account_id)
        .where(Bill.branch_id == branch_id, common.IS_USAGE, paid.c.amount >= Bill.total)
        .group_by(Account.use_class, Payment.cashier_id)
    )
    return {(use_class, clerk): volume for use_class, clerk, volume in rows}
