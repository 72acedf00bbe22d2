"""Payments and what they paid: posted, taken at the counter only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field, Related
from plugins.gas import models
from plugins.gas.entities import choices

PAYMENT = Entity(
    id="gas.payment",
    model=models.Payment,
    label=_("Payment"),
    label_plural=_("Payments"),
    title="receipt_number",
    fields=(
        Field("receipt_number", _("Receipt number"), sought_as="number"),
        Field("account_id", _("Account"), target="gas.account", filterable=True),
        Field("amount", _("Amount")),
        Field("method", _("Method"), choices=choices.METHODS, filterable=True),
        Field("received_on", _("Received on"), filterable=True),
        Field("received_at", _("Received at")),
        Field("notes_checked", _("Notes checked for counterfeits")),
    ),
    list_columns=("receipt_number", "account_id", "amount", "method", "received_on"),
    search=("receipt_number",),
    order=("-received_on", "-id"),
    day="received_on",
    rights=("see", "export", "print"),
    actions=(Action("receipt", _("Receipt"), "GasPayments.receipt", "print", icon="printer", primary=True),),
    related=(Related("gas.payment-allocation", "payment_id"),),
    key_facts=("amount", "method", "received_on"),
    menu=_("Payments"),
    icon="cash",
)

ALLOCATION = Entity(
    id="gas.payment-allocation",
    model=models.PaymentAllocation,
    label=_("Paid on a bill"),
    label_plural=_("Paid on bills"),
    title="bill_id",
    fields=(
        Field("bill_id", _("Bill"), target="gas.bill", filterable=True),
        Field("payment_id", _("Payment"), target="gas.payment", filterable=True),
        Field("amount", _("Amount")),
    ),
    list_columns=("bill_id", "payment_id", "amount"),
    rights=("see", "export"),
    in_menu=False,
)

ENTITIES: tuple[Entity, ...] = (PAYMENT, ALLOCATION)
