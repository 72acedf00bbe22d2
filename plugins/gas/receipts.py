"""What stands on a receipt (GAS-P07)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import capital_amount
from core.ui import format as shown
from plugins.gas.customers import shown_of
from plugins.gas.entities import choices
from plugins.gas.models import Account, Bill, Payment, PaymentAllocation
from plugins.gas.owing import open_bills


def paid_bills(session: Session, payment: Payment) -> list[tuple[Bill, Decimal]]:
    """The bills that a payment paid, with the amount put on each, oldest first."""
    rows = session.execute(
        select(Bill, PaymentAllocation.amount)
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .where(PaymentAllocation.payment_id == payment.id)
        .order_by(Bill.period, Bill.id)
    )
    return [(bill, amount) for bill, amount in rows]


def receipt_data(session: Session, payment: Payment) -> dict[str, Any]:
    """The data of `documents/receipt.typ`, in the language of the request; the amount in capitals is Chinese."""
    account = session.get_one(Account, payment.account_id)
    branch = session.get_one(Branch, payment.branch_id)
    cashier = session.get(User, payment.cashier_id) if payment.cashier_id else None
    left = sum((bill.owed for bill in open_bills(session, account.id)), Decimal("0.00"))
    facts = [
        [gettext("Account number"), shown_of("number", account.number)],
        [gettext("Received on"), shown.date(payment.received_on)],
        [gettext("Name"), shown_of("name", account.name)],
        [gettext("Method"), str(dict(choices.METHODS)[payment.method])],
        [gettext("Address"), shown_of("address", account.address)],
        [gettext("Cashier"), f"{cashier.last_name}{cashier.first_name}" if cashier else shown.DASH],
    ]
    return {
        "title": gettext("Gas payment receipt"),
        "company": str(branch),
        "number": f"{gettext('Receipt number')} {payment.receipt_number}",
        "note": gettext("Keep this receipt."),
        "facts": facts,
        "heading": [gettext("Bill"), gettext("Month"), gettext("Usage"), gettext("Total"), gettext("Paid")],
        "rows": [_row(bill, amount) for bill, amount in paid_bills(session, payment)],
        "amount_label": gettext("Amount received"),
        "amount": shown.money(payment.amount),
        "capitals_label": gettext("In capitals"),
        "capitals": capital_amount(payment.amount),
        "left_label": gettext("Still owed"),
        "left": shown.money(left),
        "labels": [gettext("Cashier"), gettext("Customer")],
    }


def _row(bill: Bill, amount: Decimal) -> list[str]:
    return [
        bill.number,
        bill.period,
        shown.quantity(bill.usage, "m³"),
        shown.money(bill.total),
        shown.money(amount),
    ]
