"""Readings."""

from __future__ import annotations

from functools import partial

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from core.visits.panels import visit_panel
from plugins.gas import happenings, models
from plugins.gas.entities import checks, choices

READING = Entity(
    id="gas.reading",
    model=models.Reading,
    label=_("Reading"),
    label_plural=_("Readings"),
    title="read_on",
    fields=(
        Field("meter_id", _("Meter"), target="gas.meter", filterable=True, only_new=True),
        Field("account_id", _("Account"), target="gas.account", filterable=True, readonly=True),
        Field(
            "period",
            _("Month"),
            pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
            help=_("For example 2026-10."),
            filterable=True,
        ),
        Field("read_on", _("Read on")),
        Field("value", _("Reading"), unit=_("m³")),
        Field(
            "cumulative_usage",
            _("Cumulative usage"),
            unit=_("m³"),
            help=_("For commercial customers: what the meter has counted in all."),
        ),
        Field(
            "stored_balance",
            _("Balance stored in the meter"),
            unit=_("m³"),
            help=_("For commercial customers: what is left on the meter."),
        ),
        Field("kind", _("Kind"), choices=choices.READING_KINDS, filterable=True),
        Field(
            "rollover_confirmed",
            _("Dial went round past zero"),
            help=_("Tick this after looking at the meter again."),
        ),
        Field("source", _("Source"), choices=choices.READING_SOURCES, readonly=True),
        Field("bill_id", _("Bill"), target="gas.bill", readonly=True),
    ),
    list_columns=("read_on", "account_id", "meter_id", "period", "value", "kind", "bill_id"),
    order=("-read_on",),
    rights=("see", "add", "edit", "export", "import"),
    panels=(partial(visit_panel, "gas.reading"),),
    files=True,
    menu=_("Meter reading"),
    icon="clipboard-list",
    check=checks.check_reading,
    afterwards=happenings.after_reading,
    day="read_on",
    guard=models.Reading.demand_unbilled,
)

ENTITIES: tuple[Entity, ...] = (READING,)
