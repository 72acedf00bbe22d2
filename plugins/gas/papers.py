"""The papers of a cut-off: the dunning notice (气费催缴通知单; GAS-P03) and the order (停气通知单)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import capital_amount, render_pdf
from core.history import note
from core.history.models import PRINT
from core.ui import format as shown
from plugins.gas.customers import shown_of
from plugins.gas.models import Account, Bill, CutOff, CutOffBill

TEMPLATE = Path(__file__).parent / "documents" / "cut_off.typ"


def notice_pdf(session: Session, order: CutOff) -> bytes:
    """The dunning notice as a PDF; that it was printed is kept in the order's history. The caller commits."""
    return _printed(session, order, notice_data(session, order))


def order_pdf(session: Session, order: CutOff) -> bytes:
    """The cut-off order as a PDF, as above."""
    return _printed(session, order, order_data(session, order))


def notice_data(session: Session, order: CutOff) -> dict[str, Any]:
    """The data of `documents/cut_off.typ` for the notice, in the language of the request."""
    said = [
        gettext("The gas bills below were not paid in time. You have been reminded of them before."),
        gettext("Please pay at our hall without delay. What stays unpaid leads to your gas being cut off."),
        gettext("If you have paid already, or find a bill wrong, tell us, and nothing is cut off meanwhile."),
    ]
    facts = [
        [gettext("Notice issued on"), shown.date(order.noticed_on)],
        [gettext("Notice issued by"), _name(session, order.noticed_by)],
    ]
    return {
        **_common(session, order),
        "title": gettext("Gas dunning notice"),
        "number": f"{gettext('Number of the notice')} {order.notice_number}",
        "note": gettext("The customer keeps this notice."),
        "facts": _facts(session, order, facts),
        "sentences": said,
        "labels": [gettext("Meter reader"), gettext("Customer")],
    }


def order_data(session: Session, order: CutOff) -> dict[str, Any]:
    """The data of `documents/cut_off.typ` for the order, in the language of the request."""
    said = [
        gettext("After notice %(number)s the bills below are still not paid.", number=order.notice_number),
        gettext("The gas supply of this account is to be cut off."),
        gettext("Before the valve is closed, see in the program that nothing stands against it."),
        gettext("The gas is restored when the bills are paid."),
    ]
    facts = [
        [gettext("Decided on"), shown.date(order.decided_on)],
        [gettext("Decided by"), _name(session, order.decided_by)],
        [gettext("Notice issued on"), shown.date(order.noticed_on)],
        [gettext("Cut off on"), shown.date(order.executed_on)],
    ]
    return {
        **_common(session, order),
        "title": gettext("Order to cut off gas"),
        "number": f"{gettext('Order number')} {order.number}",
        "note": gettext("GAS-R82: never for protected customers, disputed bills or payments in transit."),
        "facts": _facts(session, order, facts),
        "sentences": said,
        "labels": [gettext("Customer service head"), gettext("Meter reader"), gettext("Customer")],
    }


def _printed(session: Session, order: CutOff, data: dict[str, Any]) -> bytes:
    pdf = render_pdf(TEMPLATE, data)
    note(session, PRINT, CutOff.__tablename__, order.id)
    return pdf


def _common(session: Session, order: CutOff) -> dict[str, Any]:
    return {
        "company": str(session.get_one(Branch, order.branch_id)),
        "heading": [
            gettext("Bill"),
            gettext("Month"),
            gettext("Payable until"),
            gettext("Total"),
            gettext("Owed"),
        ],
        "rows": _rows(session, order),
        "amount_label": gettext("Owed in all"),
        "amount": shown.money(order.owed),
        "capitals_label": gettext("In capitals"),
        "capitals": capital_amount(order.owed),
    }


def _facts(session: Session, order: CutOff, more: list[list[str]]) -> list[list[str]]:
    account = session.get_one(Account, order.account_id)
    own = [
        [gettext("Account number"), shown_of("number", account.number)],
        [gettext("Name"), shown_of("name", account.name)],
        [gettext("Address"), shown_of("address", account.address)],
        [gettext("Handed over on"), shown.date(order.handed_on)],
    ]
    return [*own, *more]


def _rows(session: Session, order: CutOff) -> list[list[str]]:
    """The bills of the order, the oldest first."""
    found = session.execute(
        select(Bill, CutOffBill.owed)
        .join(CutOffBill, CutOffBill.bill_id == Bill.id)
        .where(CutOffBill.order_id == order.id)
        .order_by(Bill.period, Bill.id)
    )
    return [
        [bill.number, bill.period, shown.date(bill.due_on), shown.money(bill.total), shown.money(owed)]
        for bill, owed in found
    ]


def _name(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id else None
    return f"{user.last_name}{user.first_name}" if user is not None else shown.DASH
