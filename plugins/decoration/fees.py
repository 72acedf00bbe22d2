"""Deposits and fees of the design (DEC-E05): opened at their stage, confirmed by finance, posted as receipts.

What was posted stays: a payment that was confirmed by mistake, or given back, is taken back by a second receipt.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data.sequences import next_number
from core.entities.service import ADDED, SAVED, claim, tell
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.installation import installation
from core.messages.told import LISTENERS
from core.people.access import current_user_id
from core.workflow.service import carry_out
from core.worklist.events import happened
from plugins.decoration.appointments import call_off_of, today
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission, Fee, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

RECEIPTS = "decoration.receipt"
DAY_OF = {d.DESIGN_DEPOSIT: "deposit_on", d.DESIGN_FEE: "fee_on"}
"""The field of a commission with the day of a payment."""


def receipt_number(number: int) -> str:
    """A receipt number as it is printed."""
    return f"SJ{number:08d}"


# ---------------------------------------------------------------- what follows from a commission


def after_commission(session: Session, commission: Commission, what: str) -> None:
    """At its stage a deposit or fee is asked for; what was paid before takes effect there."""
    if what == n.GIVEN_UP:
        call_off_of(session, commission)
        _withdraw_of(session, commission)
        return
    if deposit_is_due_at(session, what):
        open_fee(session, commission, d.DESIGN_DEPOSIT)
    if fee_is_due_at(session, what):
        open_fee(session, commission, d.DESIGN_FEE)
    if what == n.DRAFTED and commission.deposit_on is not None:
        _move(session, commission, d.PAY_DEPOSIT)
    if what == n.DEPOSIT_PAID and commission.fee_on is not None:
        _move(session, commission, d.PAY_FEE)


def deposit_is_due_at(session: Session, state: str) -> bool:
    """Whether the design deposit is asked for once a design has come to `state` (DEC-R07)."""
    return bool(state == _setting(session, "DEC-R07", "deposit_gate_stage"))


def fee_is_due_at(session: Session, state: str) -> bool:
    """Whether the design fee is asked for once a design has come to `state` (DEC-R06)."""
    gate = _setting(session, "DEC-R06-B", "fee_gate_stage")
    return bool(state == {d.BEFORE_RENDERING: n.DEPOSIT_PAID, d.BEFORE_PLAN_FIXED: n.REVIEWED}[gate])


def _setting(session: Session, rule: str, name: str) -> Any:
    return settings_on(session, book().rules[rule], current_branch_id(), today(session))[name]


def open_fee(session: Session, commission: Commission, kind: str, amount: Decimal | None = None) -> None:
    """Ask for a deposit or fee, once: somebody names the amount and tells the customer."""
    standing = select(Fee.id).where(
        Fee.commission_id == commission.id, Fee.kind == kind, Fee.state.not_in((d.REVERSED, d.WITHDRAWN))
    )
    if session.scalar(standing.limit(1)) is not None:
        return
    fee = Fee(
        customer_id=commission.customer_id,
        commission_id=commission.id,
        kind=kind,
        amount=amount,
        opened_on=today(session),
        state=d.OPEN,
    )
    session.add(fee)
    session.flush()
    for each in (ADDED, SAVED):
        tell(session, installation().entities[d.FEE], fee, each)


def _withdraw_of(session: Session, commission: Commission) -> None:
    unpaid = select(Fee).where(Fee.commission_id == commission.id, Fee.state.in_(d.UNPAID)).order_by(Fee.id)
    for each in session.scalars(unpaid).all():
        carry_out(session, installation().entities[d.FEE], each, d.WITHDRAW, {})


def _move(session: Session, commission: Commission, transition: str) -> None:
    carry_out(session, installation().entities[n.COMMISSION], commission, transition, {})


# ---------------------------------------------------------------- what follows from a payment


def after_fee(session: Session, fee: Fee, what: str) -> None:
    """What finance confirmed is posted with a receipt, what it takes back with another; the design follows."""
    if what == d.PAID:
        _post(session, fee, fee.amount or Decimal(0))
        _paid(session, fee, fee.paid_on)
        if fee.kind == d.ORDER_DEPOSIT:
            _register(session, fee)
    elif what == d.REVERSED:
        _post(session, fee, -(fee.amount or Decimal(0)), _standing(session, fee))
        _paid(session, fee, None)


def _post(session: Session, fee: Fee, amount: Decimal, reverses: Receipt | None = None) -> None:
    commission = session.get(Commission, fee.commission_id) if fee.commission_id else None
    receipt = Receipt(
        number=receipt_number(next_number(session, current_branch_id(), RECEIPTS)),
        fee_id=fee.id,
        customer_id=fee.customer_id,
        commission_id=fee.commission_id,
        designer_id=commission.designer_id if commission is not None else None,
        kind=fee.kind,
        amount=amount,
        received_on=today(session),
        method=fee.method or d.CASH,
        clerk_id=current_user_id(),
        reverses_id=reverses.id if reverses is not None else None,
        reason=fee.reversed_why if reverses is not None else None,
    )
    session.add(receipt)
    session.flush()
    if reverses is not None:
        reverses.reversed_by_id = receipt.id
        session.flush()
    for each in (ADDED, SAVED):
        tell(session, installation().entities[d.RECEIPT], receipt, each)


def _standing(session: Session, fee: Fee) -> Receipt:
    """The receipt of a fee that nothing has taken back."""
    return session.scalars(select(Receipt).where(Receipt.fee_id == fee.id, Receipt.amount > 0)).one()


def _paid(session: Session, fee: Fee, day: date | None) -> None:
    """The commission learns of a payment, or that it is gone, and moves where it waited for it."""
    name = DAY_OF.get(fee.kind)
    if name is None or fee.commission_id is None:
        return
    commission = session.get_one(Commission, fee.commission_id)
    with session.no_autoflush:
        setattr(commission, name, day)
        claim(session, commission)
    session.flush()
    if day is None and commission.state != n.GIVEN_UP:
        open_fee(session, commission, fee.kind, fee.amount)
    found = _FOLLOWS.get((fee.kind, day is not None, commission.state))
    if found is not None:
        _move(session, commission, found)


def _register(session: Session, fee: Fee) -> None:
    """A prospect in talks whose deposit on the order finance has confirmed stands on the list of deposits with it; of
    another prospect the manager is asked to look (DEC-R31)."""
    customer = session.get_one(Customer, fee.customer_id)
    happened(session, d.ORDER_DEPOSIT_PAID, [customer], fee.paid_on)
    if customer.state in n.IN_TALKS:
        values = {"deposit_amount": fee.amount, "deposit_on": fee.paid_on}
        carry_out(session, installation().entities[n.CUSTOMER], customer, "deposit", values)


_FOLLOWS = {
    (d.DESIGN_DEPOSIT, True, n.DRAFTED): d.PAY_DEPOSIT,
    (d.DESIGN_FEE, True, n.DEPOSIT_PAID): d.PAY_FEE,
    (d.DESIGN_DEPOSIT, False, n.DEPOSIT_PAID): d.TAKE_BACK_DEPOSIT,
    (d.DESIGN_DEPOSIT, False, n.FEE_PAID): d.TAKE_BACK_DEPOSIT,
    (d.DESIGN_FEE, False, n.FEE_PAID): d.TAKE_BACK_FEE,
}
"""By what was paid, whether it still is, and where the design stands: how it moves."""


# ---------------------------------------------------------------- the welcome


def welcomed(session: Session, rule: str, _entity: str, commission_id: int) -> None:
    """The welcome went out (DEC-R69): the design moves on."""
    if rule != "DEC-R69-B":
        return
    commission = session.get(Commission, commission_id)
    if commission is not None and commission.state == n.ENTRUSTED:
        _move(session, commission, d.WELCOME)


def listen() -> None:
    """Hear of messages that went out, once."""
    if welcomed not in LISTENERS:
        LISTENERS.append(welcomed)
