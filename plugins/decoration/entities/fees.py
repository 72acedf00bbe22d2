"""Deposits and fees of the design, and the receipts for them."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import fees, reach
from plugins.decoration.checks import design as checks
from plugins.decoration.entities.appointments import MENU, PERSON, WAYS
from plugins.decoration.models.design import Fee, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.workflows.fees import FEES as MOVES

KINDS = (
    (d.DESIGN_DEPOSIT, _("Design deposit")),
    (d.DESIGN_FEE, _("Design fee")),
    (d.ORDER_DEPOSIT, _("Order deposit")),
)
METHODS = ((d.CASH, _("Cash")), (d.TRANSFER, _("Bank transfer")), (d.CARD, _("By card")))


def unpaid() -> Sequence[ColumnElement[bool]]:
    """What narrows deposits and fees to those that somebody is asked for."""
    return (Fee.state.in_(d.UNPAID),)


def is_asked_for(fee: Fee) -> bool:
    """Whether there is an amount to tell the customer of."""
    return fee.state in d.UNPAID and fee.amount is not None


FEES = Entity(
    id=d.FEE,
    model=Fee,
    label=_("Deposit or design fee"),
    label_plural=_("Deposits and design fees"),
    title="kind",
    fields=(
        Field("kind", _("Kind of payment"), choices=KINDS, filterable=True, only_new=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("commission_id", _("Design commission"), target=n.COMMISSION, filterable=True, only_new=True),
        Field("amount", _("Amount to pay")),
        Field("opened_on", _("Asked for on"), default=today, readonly=True, filterable=True),
        state_field(MOVES, _("State of the payment"), filterable=True),
        Field("notified_on", _("Customer told on"), readonly=True),
        Field("notified_by", _("Customer told by"), target=PERSON, readonly=True),
        Field("notified_through", _("Customer told how"), choices=WAYS, readonly=True),
        Field("paid_on", _("Paid on"), readonly=True, filterable=True),
        Field("method", _("Way of payment"), choices=METHODS, readonly=True),
        Field("clerk_id", _("Confirmed by"), target=PERSON, readonly=True),
        Field("reversed_why", _("Taken back because"), readonly=True),
    ),
    list_columns=("kind", "customer_id", "commission_id", "amount", "state", "notified_on", "paid_on"),
    search=("customer_id",),
    sections=(
        Section(
            _("What is to be paid"), ("kind", "customer_id", "commission_id", "amount", "opened_on", "state")
        ),
        Section(_("Notice to the customer"), ("notified_on", "notified_by", "notified_through")),
        Section(_("Confirmation by finance"), ("paid_on", "method", "clerk_id", "reversed_why")),
    ),
    order=("-opened_on", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    extra_rights=(
        ("notify", _("Tell customers to pay")),
        ("confirm", _("Confirm payments, and take them back")),
    ),
    actions=(
        Action(
            "notice",
            _("Print the notice"),
            "DecorationPapers.notice",
            "print",
            icon="printer",
            shown=is_asked_for,
        ),
    ),
    related=(Related(d.RECEIPT, "fee_id"),),
    due=(Due(d.FEE, "opened_on", unpaid),),
    key_facts=("customer_id", "amount", "paid_on"),
    state="state",
    board="state",
    calendar="opened_on",
    day="opened_on",
    files=True,
    menu=MENU,
    icon="cash",
    found_by="customer_id",
    check=checks.check_fee,
    guard=checks.guard_fee,
    afterwards=fees.after_fee,
    criteria=reach.of_own_commissions(Fee),
)

RECEIPTS = Entity(
    id=d.RECEIPT,
    model=Receipt,
    label=_("Receipt of a payment"),
    label_plural=_("Receipts of payments"),
    title="number",
    fields=(
        Field("number", _("Receipt number"), sought_as="number"),
        Field("fee_id", _("Deposit or design fee"), target=d.FEE, filterable=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True),
        Field("commission_id", _("Design commission"), target=n.COMMISSION, filterable=True),
        Field("designer_id", _("Designer"), target=PERSON, filterable=True),
        Field("kind", _("Kind of payment"), choices=KINDS, filterable=True),
        Field("amount", _("Amount received"), help=_("Below nothing where a payment was taken back.")),
        Field("received_on", _("Received on"), filterable=True),
        Field("received_at", _("Received at")),
        Field("method", _("Way of payment"), choices=METHODS, filterable=True),
        Field("clerk_id", _("Confirmed by"), target=PERSON),
        Field("reverses_id", _("Takes back"), target=d.RECEIPT),
        Field("reversed_by_id", _("Taken back by"), target=d.RECEIPT, filterable=True),
        Field("reason", _("Reason for taking back")),
    ),
    list_columns=("number", "kind", "customer_id", "designer_id", "amount", "received_on", "reversed_by_id"),
    search=("number",),
    order=("-received_on", "-id"),
    rights=("see", "export", "print"),
    actions=(
        Action(
            "receipt",
            _("Print the receipt"),
            "DecorationPapers.receipt",
            "print",
            icon="printer",
            primary=True,
        ),
    ),
    key_facts=("customer_id", "amount", "received_on"),
    calendar="received_on",
    day="received_on",
    menu=MENU,
    icon="receipt",
    natural_key=("number",),
    criteria=reach.of_own_commissions(Receipt),
)

ENTITIES = (FEES, RECEIPTS)
