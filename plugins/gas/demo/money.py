"""Bills of the months gone by, made by the biller itself, and the payments of those who paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data.sequences import Sequence as Counter
from plugins.gas import arrears, models
from plugins.gas.billing import periods, runs
from plugins.gas.payments import RECEIPTS, receipt_number

ALL_AT_ONCE = 5_000
PAID_IN_TIME, PAID_IN_PART = 0.94, 0.01


@dataclass(frozen=True)
class Due:
    """A bill that somebody may pay."""

    bill_id: int
    account_id: int
    total: Decimal
    billed_on: date
    due_on: date

    @property
    def days(self) -> int:
        """How many days there are to pay it in."""
        return (self.due_on - self.billed_on).days


def bill(session: Session, months: Sequence[date], until: date) -> None:
    """Run the month's billing for each of `months`, on the 26th or on `until` if that is earlier."""
    for month in months:
        run = runs.new_run(session, periods.period_of(month), min(month.replace(day=26), until))
        for first, last, _count in runs.plan(session, run, ALL_AT_ONCE):
            runs.bill_chunk(session, run, first, last)
        runs.close_run(session, run)


def pay(session: Session, random: Random, cashier_id: int | None, until: date) -> None:
    """Most customers pay each bill within the week that they have; some later, a few a part, a few nothing."""
    bills = _bills(session)
    paid = sorted(_paid(random, bills, until), key=lambda pair: pair[1])
    payments = [
        {
            "receipt_number": receipt_number(place),
            "account_id": due.account_id,
            "amount": amount,
            "method": models.UNIONPAY if random.random() < 0.4 else models.CASH,
            "notes_checked": True,
            "received_on": day,
            "cashier_id": cashier_id,
            "request_key": f"demo-{due.bill_id}",
        }
        for place, (due, day, amount) in enumerate(paid, start=1)
    ]
    setwise.insert_rows(session, models.Payment, payments)
    _allocate(session, paid)
    arrears.renew(session, [due.account_id for due, _day, _amount in paid])
    session.add(Counter(branch_id=current_branch_id(), name=RECEIPTS, last=len(payments)))
    session.flush()


def _bills(session: Session) -> list[Due]:
    bill = setwise.table_of(models.Bill)
    found = select(bill.c.id, bill.c.account_id, bill.c.total, bill.c.billed_on, bill.c.due_on).where(
        bill.c.total > 0
    )
    return [Due(*row) for row in setwise.fetch(session, found.order_by(bill.c.id))]


def _paid(random: Random, bills: list[Due], until: date) -> Iterator[tuple[Due, date, Decimal]]:
    """Who pays which bill when; after a bill that stays open, an account pays nothing more."""
    stopped: set[int] = set()
    for due in bills:
        day = due.billed_on + timedelta(days=random.randint(1, due.days))
        if due.account_id in stopped or day > until:
            continue
        chance = random.random()
        if chance < PAID_IN_TIME:
            yield due, day, due.total
            continue
        if random.random() < 0.9:
            day = due.billed_on + timedelta(days=random.randint(due.days + 1, 50))
            if day <= until:
                yield due, day, due.total
                continue
        stopped.add(due.account_id)
        if chance > 1 - PAID_IN_PART and due.total > 20:
            yield due, day, Decimal(int(due.total / 2))


def _allocate(session: Session, paid: list[tuple[Due, date, Decimal]]) -> None:
    payment = setwise.table_of(models.Payment)
    ids = dict(
        setwise.fetch(
            session, select(payment.c.request_key, payment.c.id).where(payment.c.request_key.like("demo-%"))
        )
    )
    rows: list[dict[str, Any]] = [
        {"payment_id": ids[f"demo-{due.bill_id}"], "bill_id": due.bill_id, "amount": amount}
        for due, _day, amount in paid
    ]
    setwise.insert_rows(session, models.PaymentAllocation, rows)
