"""What is owed: bills less what payments put on them, always worked out from the rows."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, literal, select, true, type_coerce, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches.scope import current_scope
from core.data import Money
from core.entities import counting
from plugins.gas.models import Account, Arrears, Bill, Payment, PaymentAllocation

ZERO = Decimal("0.00")
OVERDUE, TODAY, LATER = "overdue", "today", "later"
_DUE: dict[str, Any] = {OVERDUE: operator.lt, TODAY: operator.eq, LATER: operator.gt}


@dataclass(frozen=True)
class Owed:
    """A bill that is not paid in full; amounts in yuan."""

    bill_id: int
    number: str
    period: str
    due_on: date
    total: Decimal
    owed: Decimal


@dataclass(frozen=True)
class Debts:
    """Which debts are meant: those of `day`, or only those that were overdue, due or not yet due on it (`due`).

    `past` takes bills and payments as they stood at the end of the day; else all that there are. `branches` narrows
    to the branches of these ids.
    """

    day: date
    due: str = ""
    past: bool = False
    branches: tuple[int, ...] | None = None


@dataclass(frozen=True)
class DueDebt:
    """What is OVERDUE, due TODAY or due LATER: how many accounts, how much in yuan (None where they are more than
    COUNT_CAP, which are not all counted), the first due date."""

    due: str
    accounts: int
    owed: Decimal | None
    first_due: date


@dataclass(frozen=True)
class Debtor:
    """An account that owes. `days_overdue` counts from the oldest due date; 0 or less: not due yet."""

    account_id: int
    branch_id: int
    number: str
    name: str
    phone: str | None
    address: str
    bills: int
    owed: Decimal
    oldest_due: date
    days_overdue: int


def open_bills(session: Session, account_id: int) -> list[Owed]:
    """The bills of an account that are not paid in full, oldest first."""
    owed = _still_owed()
    rows = session.execute(
        select(Bill.id, Bill.number, Bill.period, Bill.due_on, Bill.total, owed)
        .where(Bill.account_id == account_id, owed > ZERO)
        .order_by(Bill.period, Bill.due_on, Bill.id)
    )
    return [Owed(*row) for row in rows]


def owed_by(session: Session, account_ids: Sequence[int]) -> dict[int, Decimal]:
    """What each of these accounts owes in all; one statement, in which accounts without a bill do not stand."""
    owed = _sum(_still_owed())
    rows = session.execute(
        select(Bill.account_id, owed).where(Bill.account_id.in_(account_ids)).group_by(Bill.account_id)
    )
    return {key: amount for key, amount in rows}


def paid_on(session: Session, bill_id: int) -> Decimal:
    """What was paid on a bill."""
    paid = select(_sum(PaymentAllocation.amount)).where(PaymentAllocation.bill_id == bill_id)
    return session.scalar(paid) or ZERO


def unpaid() -> list[ColumnElement[bool]]:
    """What narrows bills to those that are not paid in full."""
    return [_still_owed() > ZERO]


def owed_on(session: Session, bill_ids: Sequence[int]) -> dict[int, Decimal]:
    """What each of these bills still owes; one statement."""
    rows = session.execute(select(Bill.id, _still_owed()).where(Bill.id.in_(bill_ids)))
    return {key: owed for key, owed in rows}


def debtors(session: Session, which: Debts, *, limit: int, offset: int = 0) -> list[Debtor]:
    """The accounts that owe, the longest overdue first."""
    owing = _owing(which).subquery()
    rows = session.execute(
        select(Account, owing.c.bills, owing.c.owed, owing.c.oldest_due)
        .join(owing, owing.c.account_id == Account.id)
        .order_by(owing.c.oldest_due, Account.number)
        .limit(limit)
        .offset(offset)
    )
    return [_debtor(account, bills, owed, oldest, which.day) for account, bills, owed, oldest in rows]


def debt_in_all(session: Session, which: Debts) -> tuple[int, Decimal]:
    """How many accounts owe, and how much together."""
    owing = _owing(which).subquery()
    count, owed = session.execute(select(func.count(), _sum(owing.c.owed)).select_from(owing)).one()
    return count, owed or ZERO


def _debtor(account: Account, bills: int, owed: Decimal, oldest: date, today: date) -> Debtor:
    return Debtor(
        account.id,
        account.branch_id,
        account.number,
        account.name,
        account.phone,
        account.address,
        bills,
        owed,
        oldest,
        (today - oldest).days,
    )


def owing_what_is_due(due: str, day: date) -> list[ColumnElement[bool]]:
    """Conditions on balances, no two of which hold for one account, and one of which holds for whoever has an unpaid
    bill that is OVERDUE, due TODAY or due LATER. Each walks an index."""
    first, last = Arrears.due_since, Arrears.due_last
    if due == OVERDUE:
        return [first < day]
    if due == LATER:
        return [last > day]
    one = select(Bill.id).where(Bill.branch_id.in_(current_scope().readable), Bill.due_on == day)
    one = one.order_by(Bill.due_on, Bill.id).limit(1)  # in the order of the index, which is walked for it
    same = Bill.branch_id == Arrears.branch_id, Bill.account_id == Arrears.account_id
    on_it = select(Bill.id).where(*same, Bill.due_on == day, *unpaid()).correlate(Arrears).exists()
    return [
        first == day,
        and_(last == day, first < day),
        and_(one.scalar_subquery().is_not(None), last > day, first < day, on_it),
    ]


def debt_by_due(session: Session, today: date) -> list[DueDebt]:
    """What is overdue, due today and due later, of the bills not paid in full, where there is some.

    One statement, which looks at COUNT_CAP + 1 balances of each, whatever is owed.
    """
    asked = union_all(*(_debt(due, today) for due in (OVERDUE, TODAY, LATER)))
    found = []
    for due, count, since, last, accounts, amount, first in session.execute(asked):
        if count > counting.COUNT_CAP:
            found.append(DueDebt(due, count, None, {OVERDUE: since, TODAY: today, LATER: last}[due]))
        elif accounts:
            found.append(DueDebt(due, accounts, amount, first))
    return found


def _debt(due: str, today: date) -> Select[Any]:
    """One row. The branches are said in each part: the gate does not look into every part of a union."""
    known = (Arrears.branch_id, Arrears.account_id, Arrears.due_since, Arrears.due_last)
    here, most = Arrears.branch_id.in_(current_scope().readable), counting.COUNT_CAP + 1
    each = (
        select(*known).where(which, here).limit(most).subquery() for which in owing_what_is_due(due, today)
    )
    some = union_all(*(select(*one.c) for one in each)).cte(f"some_{due}")
    balances = select(
        func.count().label("count"),
        func.min(some.c.due_since).label("since"),
        func.min(some.c.due_last).label("last"),
    )
    counted = balances.select_from(some).subquery()
    bill = (
        select(Bill.account_id, Bill.due_on, _still_owed().label("left"))
        .join(some, and_(some.c.branch_id == Bill.branch_id, some.c.account_id == Bill.account_id))
        .where(Bill.due_on >= some.c.due_since, _DUE[due](Bill.due_on, today))
        .where(select(counted.c.count).scalar_subquery() < most)
        .subquery()
    )
    owed = select(
        func.count(func.distinct(bill.c.account_id)).label("accounts"),
        _sum(bill.c.left).label("amount"),
        func.min(bill.c.due_on).label("first"),
    )
    bills = owed.where(bill.c.left > ZERO).subquery()
    columns: list[Any] = [literal(due), *counted.c, *bills.c]
    return select(*columns).select_from(counted.join(bills, true()))


def _owing(which: Debts) -> Select[int, int, Decimal, date]:
    paid = _paid(which.day if which.past else None)
    owed = _left(paid)
    owing = (
        select(
            Bill.account_id,
            func.count().label("bills"),
            _sum(owed).label("owed"),
            func.min(Bill.due_on).label("oldest_due"),
        )
        .outerjoin(paid, paid.c.bill_id == Bill.id)
        .where(owed > ZERO)
        .group_by(Bill.account_id)
    )
    if which.past:
        owing = owing.where(Bill.billed_on <= which.day)
    if which.branches is not None:
        owing = owing.where(Bill.branch_id.in_(which.branches))
    return owing if which.due not in _DUE else owing.where(_DUE[which.due](Bill.due_on, which.day))


def _paid(until: date | None = None) -> Any:
    """What was paid on each bill, up to a day included."""
    paid = select(PaymentAllocation.bill_id, _sum(PaymentAllocation.amount).label("amount"))
    if until is not None:
        paid = paid.join(Payment, Payment.id == PaymentAllocation.payment_id).where(
            Payment.received_on <= until
        )
    return paid.group_by(PaymentAllocation.bill_id).subquery("paid")


def _still_owed() -> ColumnElement[Decimal]:
    """What a bill still owes, asked for each bill: of a few bills the payments of all others are not added up."""
    paid = select(_sum(PaymentAllocation.amount)).where(
        PaymentAllocation.branch_id == Bill.branch_id, PaymentAllocation.bill_id == Bill.id
    )
    nothing = type_coerce(ZERO, Money)
    return type_coerce(Bill.total - func.coalesce(paid.correlate(Bill).scalar_subquery(), nothing), Money)


def _left(paid: Any) -> ColumnElement[Decimal]:
    """What a bill still owes. The type is said, as a sum does not keep it."""
    return type_coerce(Bill.total - func.coalesce(paid.c.amount, type_coerce(ZERO, Money)), Money)


def _sum(amount: Any) -> ColumnElement[Decimal]:
    return type_coerce(func.sum(amount), Money)
