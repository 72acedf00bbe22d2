"""What happens in the gas office, told to the rule book: bills posted and paid, money taken, days of reading begun."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Date, func, literal, select
from sqlalchemy.orm import Session

from core.branches.setwise import table_of
from core.entities.service import ADDED
from core.messages.told import LISTENERS
from core.worklist.events import happened
from plugins.gas import owing
from plugins.gas.barring import today_here
from plugins.gas.cutting_off import is_held, withdraw_settled
from plugins.gas.models import ACTUAL, Bill, BillingRun, Payment, PaymentAllocation, Reading
from plugins.gas.rules.book.arrears import REMINDERS


def bills_posted(session: Session, run: BillingRun, first: int, last: int) -> None:
    """A billing run has posted the bills of the accounts with ids from `first` to `last`.

    A bill of nothing is told of to nobody: no payment would ever settle it. What an open hold is about rests at once.
    """
    bill = table_of(Bill)
    posted = select(bill.c.id, bill.c.branch_id, bill.c.billed_on)
    posted = posted.where(bill.c.run_id == run.id, bill.c.account_id.between(first, last), bill.c.total > 0)
    happened(session, "gas.bill.posted", posted)
    happened(session, "gas.bill.held", posted.where(is_held(bill)), run.billed_on)


def billing_done(session: Session, run: BillingRun) -> None:
    """A billing run has come to its end."""
    happened(session, "gas.billing-run.done", [run], run.billed_on)


def payment_taken(session: Session, payment: Payment) -> None:
    """Money was taken: the first of a day begins it, what it settles in full is paid, and no gas is cut off for it."""
    rows = table_of(Payment)
    first = select(func.min(rows.c.id), rows.c.branch_id, rows.c.received_on)
    of_the_day = first.where(rows.c.received_on == payment.received_on)
    happened(session, "gas.payment.day-begun", of_the_day.group_by(rows.c.branch_id, rows.c.received_on))
    settled = (
        select(Bill)
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .where(PaymentAllocation.payment_id == payment.id, *(~each for each in owing.unpaid()))
    )
    bills = list(session.scalars(settled))
    happened(session, "gas.bill.paid", bills, payment.received_on, by=payment.cashier_id)
    if bills:
        withdraw_settled(session, payment.account_id)


def reminded(session: Session, rule: str, _entity: str, bill_id: int) -> None:
    """The customer was reminded of a bill. What this makes due rests at once where an open hold is about the bill."""
    if rule in REMINDERS:
        bill = table_of(Bill)
        rows = select(bill.c.id, bill.c.branch_id, literal(today_here(session), Date))
        happened(session, "gas.bill.held", rows.where(bill.c.id == bill_id, is_held(bill)))


def listen() -> None:
    """Hear of reminders that went out, once."""
    if reminded not in LISTENERS:
        LISTENERS.append(reminded)


def meters_read(session: Session, days: Iterable[date]) -> None:
    """Meters were read on these days: the first reading of each begins a day of reading."""
    rows = table_of(Reading)
    first = select(func.min(rows.c.id), rows.c.branch_id, rows.c.read_on)
    of_the_days = first.where(rows.c.read_on.in_(set(days)), rows.c.kind == ACTUAL)
    happened(session, "gas.reading.day-begun", of_the_days.group_by(rows.c.branch_id, rows.c.read_on))


def after_reading(session: Session, reading: Reading, what: str) -> None:
    """A reading was entered or corrected in the office, by form or REST call.

    One that was corrected begins a day where it is the only one of it; else another has begun it already.
    """
    others = select(Reading.id).where(
        Reading.read_on == reading.read_on, Reading.kind == ACTUAL, Reading.id != reading.id
    )
    if what == ADDED or session.scalar(others.limit(1)) is None:
        meters_read(session, (reading.read_on,))
