"""The papers of the design stage (DEC-P10): invitation, notice of a deposit or fee, and the receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import capital_amount, render_pdf
from core.history import note
from core.history.models import PRINT
from core.installation import installation
from core.messages.wording import filled, template_of, values_of, words_for
from core.ui import format as shown
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Commission, Fee, Receipt
from plugins.decoration.rules import names_design as d

FOLDER = Path(__file__).parent / "documents"
WORDS = {
    d.DESIGN_DEPOSIT: "decoration.deposit-notice",
    d.DESIGN_FEE: "decoration.fee-notice",
    d.ORDER_DEPOSIT: "decoration.order-deposit-notice",
}


def invitation_pdf(session: Session, appointment: Appointment) -> bytes:
    """The invitation in the branch's own words; that it was printed is kept. The caller commits."""
    return _printed(session, "letter.typ", appointment, invitation_data(session, appointment))


def notice_pdf(session: Session, fee: Fee) -> bytes:
    """The notice of a deposit or fee, as above."""
    return _printed(session, "letter.typ", fee, notice_data(session, fee))


def receipt_pdf(session: Session, receipt: Receipt) -> bytes:
    """The receipt, or what takes one back, as above."""
    return _printed(session, "design_receipt.typ", receipt, receipt_data(session, receipt))


def invitation_data(session: Session, appointment: Appointment) -> dict[str, Any]:
    """The data of `documents/letter.typ`, in the language of the request."""
    when = f"{shown.date(appointment.planned_on)} {appointment.starts}\N{EN DASH}{appointment.ends}"
    return {
        **_letter(session, appointment, d.APPOINTMENT, "decoration.invitation"),
        "title": gettext("Invitation to an appointment"),
        "facts": [
            *_whom(session, appointment),
            [gettext("Stage of the appointment"), _told(d.APPOINTMENT, "stage", appointment)],
            [gettext("Time of the appointment"), when],
            [gettext("Place of the appointment"), appointment.place or shown.DASH],
            [gettext("Designer"), _name(session, appointment.designer_id)],
        ],
        "labels": [gettext("Customer service"), gettext("Customer")],
    }


def notice_data(session: Session, fee: Fee) -> dict[str, Any]:
    """The same for a deposit or fee."""
    return {
        **_letter(session, fee, d.FEE, WORDS[fee.kind]),
        "title": gettext("Notice of payment"),
        "facts": [
            *_whom(session, fee),
            [gettext("Kind of payment"), _told(d.FEE, "kind", fee)],
            [gettext("Amount to pay"), shown.money(fee.amount) if fee.amount is not None else shown.DASH],
            [gettext("In capitals"), capital_amount(fee.amount) if fee.amount is not None else shown.DASH],
            [gettext("Customer told on"), shown.date(fee.notified_on)],
        ],
        "labels": [gettext("Customer service"), gettext("Customer")],
    }


def receipt_data(session: Session, receipt: Receipt) -> dict[str, Any]:
    """The data of `documents/design_receipt.typ`, in the language of the request."""
    taken_back = session.get(Receipt, receipt.reverses_id) if receipt.reverses_id else None
    back = [
        [gettext("Takes back"), taken_back.number],
        [gettext("Reason for taking back"), receipt.reason or shown.DASH],
    ] if taken_back is not None else []  # fmt: skip
    return {
        "title": gettext("Receipt taken back") if taken_back else gettext("Receipt of a payment"),
        "company": str(session.get_one(Branch, receipt.branch_id)),
        "number": f"{gettext('Receipt number')} {receipt.number}",
        "note": gettext("Keep this receipt."),
        "facts": [
            *_whom(session, receipt),
            [gettext("Kind of payment"), _told(d.RECEIPT, "kind", receipt)],
            [gettext("Received on"), shown.date(receipt.received_on)],
            [gettext("Way of payment"), _told(d.RECEIPT, "method", receipt)],
            [gettext("Confirmed by"), _name(session, receipt.clerk_id)],
            *back,
        ],
        "amount_label": gettext("Amount received"),
        "amount": shown.money(receipt.amount),
        "capitals_label": gettext("In capitals"),
        "capitals": capital_amount(receipt.amount),
        "labels": [gettext("Finance"), gettext("Customer")],
    }


def _letter(session: Session, record: Any, entity_id: str, template_id: str) -> dict[str, Any]:
    """Head and text of a letter, in the words that the branch sends."""
    branch, locale = session.get_one(Branch, record.branch_id), get_locale()
    language = locale.language if locale is not None else branch.locale
    values = values_of(installation().entities[entity_id], record, branch, language)
    words = filled(words_for(session, template_of(template_id), branch.id, language), values, language)
    return {"company": str(branch), "text": words.body}


def _whom(session: Session, record: Any) -> list[list[str]]:
    commission = session.get(Commission, record.commission_id) if record.commission_id else None
    return [
        [gettext("Customer"), session.get_one(Customer, record.customer_id).name],
        [gettext("Design commission"), commission.number if commission is not None else shown.DASH],
    ]


def _told(entity_id: str, name: str, record: Any) -> str:
    """A choice as people read it."""
    options = dict(installation().entities[entity_id].field(name).options)
    return str(options.get(getattr(record, name), shown.DASH))


def _name(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id else None
    return f"{user.last_name}{user.first_name}" if user is not None else shown.DASH


def _printed(session: Session, template: str, record: Any, data: dict[str, Any]) -> bytes:
    pdf = render_pdf(FOLDER / template, data)
    note(session, PRINT, record.__tablename__, record.id)
    return pdf
