"""Bills with their lines and segments: posted, so nobody adds, edits or deletes them by hand."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Due, Entity, Field, Related, Section
from plugins.gas import models, owing
from plugins.gas.entities import choices
from plugins.gas.panels import bill_state, payments_panel, still_owed, why_panel
from plugins.gas.why import bills_again, why_bill

BILL = Entity(
    id="gas.bill",
    model=models.Bill,
    label=_("Bill"),
    label_plural=_("Bills"),
    title="number",
    fields=(
        Field("number", _("Bill number"), sought_as="number"),
        Field("account_id", _("Account"), target="gas.account", filterable=True),
        Field("kind", _("Kind"), choices=choices.BILL_KINDS, filterable=True),
        Field("period", _("Month"), filterable=True),
        Field("read_from", _("From reading of")),
        Field("read_to", _("To reading of")),
        Field("usage", _("Usage"), unit=_("m³")),
        Field("total", _("Total")),
        Field("billed_on", _("Billed on")),
        Field("due_on", _("Payable until")),
        Field(
            "volume_before",
            _("Volume before"),
            unit=_("m³"),
            help=_("Counted in the pricing year before this bill."),
        ),
        Field("pricing_year", _("Pricing year from")),
        Field("tariff_version_id", _("Tariff version"), target="gas.tariff-version"),
        Field("extra_allowance", _("Extra allowance"), unit=_("m³")),
        Field("months", _("Months covered")),
        Field("minimum", _("Minimum volume"), unit=_("m³")),
        Field("rounding", _("Rounding"), choices=choices.ROUNDINGS),
        Field("run_id", _("Billing run"), target="gas.billing-run", filterable=True),
        Field("posted_at", _("Posted at")),
    ),
    list_columns=("number", "account_id", "period", "usage", "total", "due_on"),
    search=("number",),
    sections=(
        Section(
            _("Bill"),
            ("number", "account_id", "kind", "period", "read_from", "read_to", "billed_on", "due_on"),
        ),
        Section(
            _("Amount"),
            (
                "usage",
                "total",
                "volume_before",
                "pricing_year",
                "tariff_version_id",
                "extra_allowance",
                "months",
                "minimum",
                "rounding",
            ),
        ),
        Section(_("Posting"), ("run_id", "posted_at")),
    ),
    order=("-period", "-id"),
    rights=("see", "export", "print"),
    related=(
        Related("gas.bill-segment", "bill_id"),
        Related("gas.bill-line", "bill_id"),
        Related("gas.hold", "bill_id"),
    ),
    due=(Due("gas.bill", "due_on", owing.unpaid, note=still_owed, rests_on=("total",)),),
    panels=(payments_panel, why_panel),
    key_facts=("total", "usage", "due_on"),
    state_of=bill_state,
    why=why_bill,
    again=bills_again,
    menu=_("Tariffs and billing"),
    icon="file-invoice",
)

LINE = Entity(
    id="gas.bill-line",
    model=models.BillLine,
    label=_("Bill line"),
    label_plural=_("Bill lines"),
    title="tier",
    fields=(
        Field("tier", _("Tier")),
        Field("bill_id", _("Bill"), target="gas.bill", filterable=True),
        Field("lower", _("Above"), unit=_("m³")),
        Field("upper", _("Up to and including"), unit=_("m³")),
        Field("volume", _("Volume"), unit=_("m³")),
        Field("price", _("Price, yuan per m³")),
        Field("amount", _("Amount")),
    ),
    list_columns=("tier", "lower", "upper", "volume", "price", "amount"),
    order=("bill_id", "tier"),
    rights=("see", "export"),
    in_menu=False,
)

SEGMENT = Entity(
    id="gas.bill-segment",
    model=models.BillSegment,
    label=_("Metered part"),
    label_plural=_("Metered parts"),
    title="meter_id",
    fields=(
        Field("meter_id", _("Meter"), target="gas.meter"),
        Field("bill_id", _("Bill"), target="gas.bill", filterable=True),
        Field("from_value", _("First reading"), unit=_("m³")),
        Field("to_value", _("Last reading"), unit=_("m³")),
        Field("usage", _("Usage"), unit=_("m³")),
        Field("rolled_over", _("Dial went round past zero")),
    ),
    list_columns=("meter_id", "from_value", "to_value", "usage", "rolled_over"),
    order=("bill_id", "meter_id"),
    rights=("see", "export"),
    in_menu=False,
)

ENTITIES: tuple[Entity, ...] = (BILL, LINE, SEGMENT)
