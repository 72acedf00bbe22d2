"""Taking a payment: locked, allocated to the oldest bill first, with a receipt number that leaves no gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.sequences import next_number
from core.handbook.judging import judge
from core.installation import installation
from core.ui import format as shown
from plugins.gas import arrears
from plugins.gas.barring import hold_account
from plugins.gas.models import CASH, UNIONPAY, Payment, PaymentAllocation
from plugins.gas.owing import Owed, open_bills
from plugins.gas.refusals import shown_to_people
from plugins.gas.rules import OpenBill, allocate_payment
from plugins.gas.rules.figures import check_amount

RECEIPTS = "gas.receipt"
LONGEST_KEY = 64


@dataclass(frozen=True)
class Taking:
    """What the cashier entered. `request_key` belongs to one form, so that a second press takes nothing."""

    account_id: int
    amount: Decimal
    method: str
    notes_checked: bool
    request_key: str


def receipt_number(number: int) -> str:
    """A receipt number as it is printed."""
    return f"{number:08d}"


def judge_taking(session: Session, taking: Taking, received_on: date) -> None:
    """Ask the rule book about a payment before it is taken (GAS-R38). RuleRefusedError when it says no."""
    payment = Payment(
        account_id=taking.account_id,
        amount=taking.amount,
        method=taking.method,
        notes_checked=taking.notes_checked,
        received_on=received_on,
    )
    judge(session, installation().entities["gas.payment"], payment)


def take_payment(session: Session, taking: Taking, received_on: date, cashier_id: int | None) -> Payment:
    """Take a payment on what an account owes; the same request answers the payment that it made before.

    UserError for an amount that is no money or more than is owed. Doors ask `judge_taking` first. The caller commits,
    or rolls back when this refuses.
    """
    _check(taking)
    hold_account(session, taking.account_id)
    earlier = session.scalar(select(Payment).where(Payment.request_key == taking.request_key))
    if earlier is not None:
        return earlier
    bills = open_bills(session, taking.account_id)
    _check_owed(taking.amount, bills)
    payment = Payment(
        receipt_number=receipt_number(next_number(session, current_branch_id(), RECEIPTS)),
        account_id=taking.account_id,
        amount=taking.amount,
        method=taking.method,
        notes_checked=taking.notes_checked,
        received_on=received_on,
        cashier_id=cashier_id,
        request_key=taking.request_key,
    )
    session.add(payment)
    session.flush()
    _allocate(session, payment, bills)
    arrears.renew(session, [taking.account_id])
    return payment


def _check(taking: Taking) -> None:
    with shown_to_people("amount"):
        check_amount(taking.amount)
    if taking.method not in (CASH, UNIONPAY):
        raise UserError("Choose how the customer pays.", field="method")
    if not 0 < len(taking.request_key) <= LONGEST_KEY:
        raise UserError("This form cannot be used any more. Open it again.")


def _check_owed(amount: Decimal, bills: list[Owed]) -> None:
    owed = sum((bill.owed for bill in bills), Decimal("0.00"))
    if not owed:
        raise UserError("This account owes nothing, so there is nothing to take.", status=409)
    if amount > owed:
        raise UserError(
            "%(amount)s is more than the account owes: take at most %(owed)s.",
            field="amount",
            amount=shown.money(amount),
            owed=shown.money(owed),
        )


def _allocate(session: Session, payment: Payment, bills: list[Owed]) -> None:
    settled = allocate_payment([OpenBill(bill.bill_id, bill.owed) for bill in bills], payment.amount)
    session.add_all(
        PaymentAllocation(payment_id=payment.id, bill_id=each.ref, amount=each.amount)
        for each in settled.allocations
    )
    session.flush()
