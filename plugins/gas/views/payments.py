"""The counter: find the customer, take the money, print the receipt."""

from __future__ import annotations

import secrets
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired

from core.data import UserError
from core.documents import render_pdf
from core.entities.form_fields import MoneyField
from core.entities.searching import searched
from core.history import note
from core.history.models import PRINT
from core.people.access import current_user_id, require
from core.ui import format as shown
from core.ui.page import render
from core.ui.shell_form import ShellForm, options
from plugins.gas import models, receipts
from plugins.gas.customers import shown_of
from plugins.gas.entities import accounts, choices
from plugins.gas.happenings import payment_taken
from plugins.gas.owing import ZERO, Owed, open_bills, owed_by
from plugins.gas.payments import Taking, judge_taking, take_payment
from plugins.gas.views.common import (
    cells,
    columns,
    found,
    session,
    show_refusal,
    today,
)

ACCOUNT, PAYMENT = "gas.account", "gas.payment"
RECEIPT = Path(__file__).parents[1] / "documents" / "receipt.typ"
MOST_FOUND = 20


class PaymentForm(ShellForm):
    amount = MoneyField(
        lazy_gettext("Amount received"),
        description=lazy_gettext("All that is owed, or a part of it; the oldest bill is paid first."),
        validators=[InputRequired(lazy_gettext("Fill in this field."))],
        render_kw={"data-unit": "¥"},
    )
    method = RadioField(lazy_gettext("Method"), choices=options(choices.METHODS), default=models.CASH)
    notes_checked = BooleanField(lazy_gettext("Every note was checked for counterfeits (GAS-R38)"))
    request_key = HiddenField()


class GasPayments(BaseView):
    """`/gas/counter/`: the customer at the counter."""

    route_base = "/gas/counter"
    default_view = "find"

    @expose("/", methods=["GET"])
    def find(self) -> Any:
        require(ACCOUNT, "collect")
        wanted = request.args.get("q", "").strip()[:60]
        matching = _found_accounts(wanted) if wanted else []
        if len(matching) == 1:
            return redirect(url_for(".take", id=matching[0].id))
        context = {
            "search": wanted,
            "found": _shown_accounts(matching[:MOST_FOUND]) if wanted else None,
            "most": MOST_FOUND if len(matching) > MOST_FOUND else 0,
        }
        return render("gas/counter.html", **context)

    @expose("/<int:id>", methods=["GET", "POST"])
    def take(self, id: int) -> Any:
        require(ACCOUNT, "collect")
        account = found(models.Account, id)
        form = PaymentForm()
        if form.validate_on_submit():
            answer = _taken(account, form)
            if answer is not None:
                return answer
        bills = open_bills(session(), id)
        if not form.is_submitted():
            form.request_key.data = secrets.token_urlsafe(24)
            form.amount.data = _sum(bills) if bills else None
            form.amount.render_kw = {**form.amount.render_kw, "data-begin": ""}
        return render(
            "gas/take_payment.html", **_take_context(account, bills, form)
        ), 422 if form.errors else 200

    @expose("/payment/<int:id>", methods=["GET"])
    def taken(self, id: int) -> Any:
        require(PAYMENT, "see")
        payment = found(models.Payment, id)
        return render("gas/payment_taken.html", **_taken_context(payment))

    @expose("/payment/<int:id>/receipt.pdf", methods=["GET"])
    def receipt(self, id: int) -> Any:
        require(PAYMENT, "print")
        payment = found(models.Payment, id)
        pdf = render_pdf(RECEIPT, receipts.receipt_data(session(), payment))
        name = f"receipt-{payment.receipt_number}.pdf"
        note(session(), PRINT, models.Payment.__tablename__, payment.id)
        session().commit()
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(pdf, mimetype="application/pdf", headers=headers)


def _found_accounts(wanted: str) -> list[models.Account]:
    """The first that are found, and one more where there are more than can be shown."""
    account = models.Account
    found = searched(accounts.ACCOUNT, select(account), wanted).order_by(account.number)
    return list(session().scalars(found.limit(MOST_FOUND + 1)))


def _shown_accounts(matching: list[models.Account]) -> dict[str, Any]:
    owed = owed_by(session(), [each.id for each in matching])
    return {
        "columns": columns(
            gettext("Account number"),
            gettext("Name"),
            gettext("Telephone"),
            gettext("Address"),
            (gettext("Owed"), True),
        ),
        "rows": [
            {
                "url": url_for("GasPayments.take", id=each.id),
                "cells": cells(
                    shown_of("number", each.number),
                    shown_of("name", each.name),
                    shown_of("phone", each.phone),
                    shown_of("address", each.address),
                    shown.money(owed.get(each.id, ZERO)),
                ),
            }
            for each in matching
        ],
    }


def _sum(bills: list[Owed]) -> Decimal:
    return sum((bill.owed for bill in bills), ZERO)


def _taken(account: models.Account, form: PaymentForm) -> Any:
    taking = Taking(
        account_id=account.id,
        amount=form.amount.data or Decimal(0),
        method=form.method.data,
        notes_checked=bool(form.notes_checked.data),
        request_key=form.request_key.data or "",
    )
    try:
        judge_taking(session(), taking, today())
        payment = take_payment(session(), taking, today(), current_user_id())
        payment_taken(session(), payment)
        session().commit()
    except UserError as error:
        show_refusal(form, error)
        return None
    except IntegrityError:
        show_refusal(form, UserError("Somebody took a payment at the same moment. Look at what is owed now."))
        return None
    flash(gettext("Received %(amount)s.", amount=shown.money(payment.amount)), "success")
    return redirect(url_for("GasPayments.taken", id=payment.id))


def _take_context(account: models.Account, bills: list[Owed], form: PaymentForm) -> dict[str, Any]:
    return {
        "account": account,
        "form": form,
        "owed": shown.money(_sum(bills)),
        "owes": bool(bills),
        "facts": [
            {
                "label": gettext("Account number"),
                "value": shown_of("number", account.number),
                "url": f"/gas/account/{account.id}",
            },
            {"label": gettext("Name"), "value": shown_of("name", account.name)},
            {"label": gettext("Address"), "value": shown_of("address", account.address)},
            {"label": gettext("Owed"), "value": shown.money(_sum(bills))},
        ],
        "bills": {
            "columns": columns(
                gettext("Bill number"),
                gettext("Month"),
                gettext("Payable until"),
                (gettext("Total"), True),
                (gettext("Still owed"), True),
            ),
            "rows": [
                {
                    "url": f"/gas/bill/{bill.bill_id}",
                    "cells": cells(
                        bill.number,
                        bill.period,
                        shown.date(bill.due_on),
                        shown.money(bill.total),
                        shown.money(bill.owed),
                    ),
                }
                for bill in bills
            ],
        },
    }


def _taken_context(payment: models.Payment) -> dict[str, Any]:
    account = found(models.Account, payment.account_id)
    left = open_bills(session(), account.id)
    return {
        "payment": payment,
        "account": account,
        "facts": [
            {"label": gettext("Receipt number"), "value": payment.receipt_number},
            {
                "label": gettext("Account"),
                "value": f"{shown_of('number', account.number)} {shown_of('name', account.name)}".strip(),
                "url": f"/gas/account/{account.id}",
            },
            {"label": gettext("Amount"), "value": shown.money(payment.amount)},
            {"label": gettext("Still owed"), "value": shown.money(_sum(left))},
        ],
        "paid": {
            "columns": columns(
                gettext("Bill number"), gettext("Month"), (gettext("Total"), True), (gettext("Paid"), True)
            ),
            "rows": [
                {
                    "url": f"/gas/bill/{bill.id}",
                    "cells": cells(bill.number, bill.period, shown.money(bill.total), shown.money(amount)),
                }
                for bill, amount in receipts.paid_bills(session(), payment)
            ],
        },
        "owes": bool(left),
    }
