"""Billing runs and what they could not bill."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field, Related
from plugins.gas import models
from plugins.gas.billing.reasons import REASON_LABELS, told
from plugins.gas.entities import choices

RUN = Entity(
    id="gas.billing-run",
    model=models.BillingRun,
    label=_("Billing run"),
    label_plural=_("Billing runs"),
    title="period",
    fields=(
        Field("period", _("Month"), filterable=True),
        Field("state", _("State"), choices=choices.RUN_STATES, tones=choices.RUN_TONES, filterable=True),
        Field("accounts", _("Accounts looked at")),
        Field("bills", _("Bills made")),
        Field("skipped", _("Accounts not billed")),
        Field("billed_on", _("Billed on")),
        Field("due_on", _("First payable until")),
        Field("created_at", _("Started at")),
        Field("finished_at", _("Finished at")),
    ),
    list_columns=("period", "state", "accounts", "bills", "skipped", "billed_on", "finished_at"),
    order=("-period", "-created_at"),
    rights=("see", "export"),
    extra_rights=(("run", _("Run billing")),),
    actions=(
        Action(
            "start",
            _("Run billing"),
            "GasBilling.start",
            "run",
            icon="player-play",
            on_list=True,
            primary=True,
        ),
        Action("result", _("Result"), "GasBilling.result", "see", icon="list-check", primary=True),
    ),
    related=(Related("gas.billing-skip", "run_id"), Related("gas.bill", "run_id")),
    key_facts=("accounts", "bills", "skipped"),
    state="state",
    board="state",
    calendar="billed_on",
    menu=_("Tariffs and billing"),
    icon="calculator",
)

SKIP = Entity(
    id="gas.billing-skip",
    model=models.BillingSkip,
    label=_("Account not billed"),
    label_plural=_("Accounts not billed"),
    title="reason",
    fields=(
        Field("account_id", _("Account"), target="gas.account"),
        Field("run_id", _("Billing run"), target="gas.billing-run", filterable=True),
        Field("reason", _("Reason"), choices=REASON_LABELS, filterable=True),
        Field("explanation", _("Explanation"), kind="text", value=told),
        Field("meter_id", _("Meter"), target="gas.meter"),
        Field("from_value", _("Last reading"), unit=_("m³")),
        Field("to_value", _("Reading"), unit=_("m³")),
        Field("read_on", _("Read on")),
    ),
    list_columns=("account_id", "reason", "explanation"),
    rights=("see", "export"),
    in_menu=False,
)

ENTITIES: tuple[Entity, ...] = (RUN, SKIP)
