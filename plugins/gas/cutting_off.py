"""From arrears that are handed over to gas that is cut off: what is judged, written and told on the way (GAS-W3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, or_, select, true
from sqlalchemy.orm import Session

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.data.sequences import next_number
from core.entities import counting
from core.entities.service import ADDED, SAVE, judged, tell
from core.installation import installation
from core.people.access import current_user_id
from core.workflow.moving import move
from core.worklist.events import happened
from plugins.gas import barring, handing_over, owing
from plugins.gas.models import Bill, CutOff, CutOffBill, Hold, Payment, PaymentAllocation, Protection
from plugins.gas.owing import ZERO, paid_on
from plugins.gas.rules import cutting_off as names

ORDERS = "gas.cut-off"
PAID = "paid"
FIT = {
    names.DISPUTE: (names.UPHELD, names.REJECTED),
    names.IN_TRANSIT: (names.ARRIVED, names.NOT_ARRIVED),
}
"""The outcomes of each kind of hold."""

NOT_OF_ACCOUNT = N_(
    "This bill is not one of the account. Choose one of its own, or none for all that it owes."
)
IS_PAID = N_("This bill is paid in full, so there is nothing to hold.")
NO_AMOUNT = N_("Enter how much money is on the way.")
NO_DAY = N_("Enter by when the money is expected.")
MISFIT = N_(
    "This is no outcome of such a hold. A dispute is upheld or rejected; money arrived, or it did not."
)
UNDER_WAY = N_("There is an order for this account already: %(number)s.")
NOT_OVERDUE = N_("No bill of this account is overdue, so there is nothing to hand over.")


def check_protection(protection: Protection) -> None:
    """The days make sense. A step of a cut-off that is judged at this moment comes before it, or sees it."""
    barring.hold_account(_session(), protection.account_id)
    if protection.valid_to is not None and protection.valid_to < protection.valid_from:
        raise UserError("The last day lies before the first.", field="valid_to")


def check_hold(hold: Hold) -> None:
    """A new hold is about what the account owes; what ends one fits its kind."""
    if not _is_new(hold):
        if hold.outcome is not None and hold.outcome not in FIT[hold.kind]:
            raise UserError(MISFIT, field="outcome")
        return
    session = _session()
    barring.hold_account(session, hold.account_id)
    if hold.bill_id is not None:
        _check_bill(session, hold)
    if hold.kind == names.IN_TRANSIT:
        if not hold.amount or hold.amount < 0:
            raise UserError(NO_AMOUNT, field="amount")
        if hold.expected_on is None:
            raise UserError(NO_DAY, field="expected_on")
    else:
        hold.amount = hold.expected_on = None
    hold.opened_on, hold.opened_by = barring.today_here(session), current_user_id()


def _check_bill(session: Session, hold: Hold) -> None:
    found = session.execute(select(Bill.account_id, Bill.total).where(Bill.id == hold.bill_id)).first()
    if found is None or found.account_id != hold.account_id:
        raise UserError(NOT_OF_ACCOUNT, field="bill_id")
    if paid_on(session, hold.bill_id or 0) >= found.total:
        raise UserError(IS_PAID, field="bill_id")


def after_hold(session: Session, hold: Hold, what: str) -> None:
    """What is owed on a held bill, and on an order with it, rests; once nothing holds it, it runs on."""
    if what not in (ADDED, names.ENDED):
        return
    event = "held" if what == ADDED else "released"
    bill, order, of_order = (setwise.table_of(each) for each in (Bill, CutOff, CutOffBill))
    day = literal(barring.today_here(session))
    about = [bill.c.id == hold.bill_id] if hold.bill_id is not None else []
    bills = select(bill.c.id, bill.c.branch_id, day).where(bill.c.account_id == hold.account_id, *about)
    orders = select(order.c.id, order.c.branch_id, day).where(
        order.c.account_id == hold.account_id, order.c.state.in_(names.UNDER_WAY)
    )
    if hold.bill_id is not None:
        orders = orders.where(
            order.c.id.in_(select(of_order.c.order_id).where(of_order.c.bill_id == hold.bill_id))
        )
    if what == names.ENDED:
        bills, orders = bills.where(~is_held(bill)), orders.where(~_has_held(order, of_order))
    happened(session, f"gas.bill.{event}", bills)
    happened(session, f"{ORDERS}.{event}", orders)


def is_held(bill: Any) -> Any:
    """Whether an open hold is about a bill."""
    hold = setwise.table_of(Hold)
    about = or_(hold.c.bill_id == bill.c.id, hold.c.bill_id.is_(None))
    return (
        select(1)
        .where(hold.c.account_id == bill.c.account_id, hold.c.state == names.OPEN, about)
        .correlate(bill)
        .exists()
    )


def _has_held(order: Any, of_order: Any) -> Any:
    """Whether an open hold is about a bill of an order."""
    hold = setwise.table_of(Hold)
    bills = select(of_order.c.bill_id).where(of_order.c.order_id == order.c.id).correlate(order)
    about = or_(hold.c.bill_id.in_(bills), hold.c.bill_id.is_(None))
    return (
        select(1)
        .where(hold.c.account_id == order.c.account_id, hold.c.state == names.OPEN, about)
        .correlate(order)
        .exists()
    )


def check_order(order: CutOff) -> None:
    """A new order takes up what is overdue; an account has one at a time."""
    if _is_new(order):
        take_up(_session(), order)


def take_up(session: Session, order: CutOff) -> None:
    """Take up what the account of a new order owes overdue, and may be handed over (GAS-R81-C says if nothing may);
    UserError where nothing is overdue, or an order is there."""
    barring.hold_account(session, order.account_id)
    other = session.scalar(
        select(CutOff.number).where(
            CutOff.account_id == order.account_id, CutOff.state.not_in(names.AT_AN_END)
        )
    )
    if other is not None:
        raise UserError(UNDER_WAY, field="account_id", number=other, status=409)
    if not handing_over.overdue(session, order.account_id):
        raise UserError(NOT_OVERDUE, field="account_id", status=409)
    ripe = handing_over.ripe_bills(session, order.account_id)
    order.owed = sum((each.owed for each in ripe), Decimal("0.00"))
    order.number = f"{next_number(session, current_branch_id(), ORDERS):06d}"
    order.handed_on, order.handed_by = barring.today_here(session), current_user_id()


def after_order(session: Session, order: CutOff, what: str) -> None:
    """A new order keeps its bills; they are handed over with it (GAS-R81)."""
    if what != ADDED:
        return
    rows = [
        CutOffBill(order_id=order.id, bill_id=each.bill_id, owed=each.owed)
        for each in handing_over.ripe_bills(session, order.account_id)
    ]
    session.add_all(rows)
    session.flush()
    happened(session, "gas.cut-off-bill.added", rows)


def hand_over(session: Session, account_id: int) -> CutOff:
    """Hand what an account owes over to the meter reader, as its form does; the caller commits. UserError."""
    order = CutOff(account_id=account_id, branch_id=current_branch_id())
    entity = installation().entities[ORDERS]
    take_up(session, order)
    with session.no_autoflush:
        afterwards = judged(session, entity, order, SAVE)
    session.add(order)
    session.flush()
    afterwards()
    tell(session, entity, order, ADDED)
    return order


def withdraw_settled(session: Session, account_id: int) -> None:
    """Withdraw the order on which nothing is owed any more, as a payment was taken. The caller holds the account."""
    entity = installation().entities[ORDERS]
    under_way = select(CutOff).where(CutOff.account_id == account_id, CutOff.state.in_(names.UNDER_WAY))
    for order in session.scalars(under_way.execution_options(populate_existing=True)).all():
        if barring.still_owed(session, order) == ZERO:
            move(session, entity, order, names.WITHDRAW, {"withdrawn_why": PAID})


def waiting_orders(session: Session) -> list[tuple[str, int, date]]:
    """State, how many (COUNT_CAP + 1 for more than COUNT_CAP) and since when first, of the orders that wait for the
    meter reader: decided ones, and those cut off, since their bills are paid. Notices to issue are GAS-R82-B's."""
    settled = select(func.max(Payment.received_on)).join(PaymentAllocation)
    settled = settled.join(CutOffBill, CutOffBill.bill_id == PaymentAllocation.bill_id)
    paid_on = settled.where(CutOffBill.order_id == CutOff.id).correlate(CutOff).scalar_subquery()
    since = func.coalesce(paid_on, CutOff.executed_on)
    unpaid = select(1).select_from(Bill).join(CutOffBill, CutOffBill.bill_id == Bill.id)
    unpaid = unpaid.where(CutOffBill.order_id == CutOff.id, *owing.unpaid()).correlate(CutOff)
    found = []
    for state, day, waits in (
        (names.DECIDED, CutOff.decided_on, true()),
        (names.EXECUTED, since, ~unpaid.exists()),
    ):
        some = (
            select(day.label("day"))
            .where(CutOff.state == state, waits)
            .limit(counting.COUNT_CAP + 1)
            .subquery()
        )
        count, first = session.execute(select(func.count(), func.min(some.c.day))).one()
        if count:
            found.append((state, count, first))
    return found


def is_noticed(order: CutOff) -> bool:
    """Whether its dunning notice was issued."""
    return order.noticed_on is not None


def is_decided(order: CutOff) -> bool:
    """Whether somebody has decided to cut off the gas."""
    return order.decided_on is not None


def _is_new(record: Any) -> bool:
    return record.id is None


def _session() -> Session:
    return installation().database.session()
