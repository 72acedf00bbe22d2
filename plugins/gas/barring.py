"""What bars the way to a cut-off (GAS-R82): a protected customer, an open dispute, money on the way, nothing owed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data import UserError
from core.people.access import today_in
from plugins.gas import owing
from plugins.gas.models import Account, Bill, CutOff, CutOffBill, Hold, Protection
from plugins.gas.rules.cutting_off import DISPUTE, IN_TRANSIT, OPEN


def hold_account(session: Session, account_id: int) -> None:
    """Hold the account until the transaction ends: money, disputes, protection and the steps of a cut-off come one
    after the other."""
    if not setwise.hold(session, Account, account_id):
        raise UserError("There is no such account in this branch.", status=404)


def today_here(session: Session) -> date:
    """The business date of the active branch."""
    return today_in(session, current_branch_id())


def protected_on(day: date) -> list[ColumnElement[bool]]:
    """What narrows protections to those that hold on a day."""
    return [Protection.valid_from <= day, or_(Protection.valid_to.is_(None), Protection.valid_to >= day)]


def protection_of(session: Session, account_id: int) -> str | None:
    """The reason for which an account is protected today."""
    asked = select(Protection.reason).where(Protection.account_id == account_id)
    asked = asked.where(*protected_on(today_here(session)))
    return session.scalar(asked.order_by(Protection.id).limit(1))


def open_holds(account_id: int) -> list[ColumnElement[bool]]:
    """What narrows holds to the open ones of an account, on all of it or on a bill."""
    return [Hold.account_id == account_id, Hold.state == OPEN]


def held_bills() -> list[ColumnElement[bool]]:
    """What narrows bills to those under an open hold, their own or one of all that the account owes."""
    about = or_(Hold.bill_id == Bill.id, Hold.bill_id.is_(None))
    return [exists().where(Hold.account_id == Bill.account_id, Hold.state == OPEN, about)]


def _bills_of(order_id: int) -> Any:
    return select(CutOffBill.bill_id).where(CutOffBill.order_id == order_id)


def protected(session: Session, order: CutOff) -> str | None:
    """The reason for which the customer is protected today."""
    return protection_of(session, order.account_id)


def disputed(session: Session, order: CutOff) -> list[str]:
    """The numbers of the bills; a dispute of all that is owed is one of every bill."""
    about = or_(Hold.bill_id.is_(None), Hold.bill_id == Bill.id)
    hold = exists().where(*open_holds(order.account_id), Hold.kind == DISPUTE, about)
    asked = select(Bill.number).where(Bill.id.in_(_bills_of(order.id)), hold)
    return list(session.scalars(asked.order_by(Bill.period, Bill.id)))


def in_transit(session: Session, order: CutOff) -> Decimal:
    """How much money was said to be on the way, in yuan."""
    about = or_(Hold.bill_id.is_(None), Hold.bill_id.in_(_bills_of(order.id)))
    asked = select(Hold.amount).where(*open_holds(order.account_id), Hold.kind == IN_TRANSIT, about)
    return sum((amount or owing.ZERO for amount in session.scalars(asked)), owing.ZERO)


def still_owed(session: Session, order: CutOff) -> Decimal:
    """What the bills of an order owe now, in yuan."""
    left = owing.owed_on(session, list(session.scalars(_bills_of(order.id))))
    return sum(left.values(), owing.ZERO)
