"""The objects of what follows from a slip: measures, and what is kept back of wages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from core.workflow.texts import state_field
from plugins.conduct import checks, choices, consequences, models
from plugins.conduct.entities import MENU
from plugins.conduct.rules.names import DEDUCTION, MEASURE, SLIP
from plugins.conduct.workflows import DEDUCTIONS, MEASURES

TAKEN_MEASURE = Entity(
    id=MEASURE,
    model=models.Measure,
    label=_("Disciplinary measure"),
    label_plural=_("Disciplinary measures"),
    title="kind",
    fields=(
        Field("slip_id", _("Penalty slip"), target=SLIP, filterable=True, only_new=True),
        Field(
            "kind",
            _("Kind of measure"),
            choices=choices.MEASURES,
            filterable=True,
            help=_("Nothing ends by itself: people carry it out under the labour contract."),
        ),
        Field("ground", _("Ground")),
        Field("asked_on", _("Asked on"), readonly=True, filterable=True),
        state_field(MEASURES, _("State")),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("decided_by", _("Decided by"), target="core.person", readonly=True),
    ),
    list_columns=("kind", "slip_id", "asked_on", "state", "decided_on"),
    order=("-asked_on",),
    rights=("see", "add", "export"),
    state="state",
    day="asked_on",
    menu=MENU,
    icon="gavel",
    check=checks.check_measure,
    afterwards=consequences.after_measure,
)

WAGE_DEDUCTION = Entity(
    id=DEDUCTION,
    model=models.Deduction,
    label=_("Deduction from wages"),
    label_plural=_("Deductions from wages"),
    title="wage_month",
    fields=(
        Field("slip_id", _("Penalty slip"), target=SLIP, filterable=True, only_new=True),
        Field("wage", _("Wage of the month"), only_new=True),
        Field("wage_month", _("Month of the wage"), readonly=True, filterable=True),
        Field("amount", _("Kept back"), readonly=True),
        Field("fund", _("Goes to"), readonly=True),
        state_field(DEDUCTIONS, _("State")),
        Field("booked_at", _("Booked at"), readonly=True),
    ),
    list_columns=("slip_id", "wage_month", "amount", "fund", "state"),
    order=("-wage_month",),
    rights=("see", "add", "export"),
    extra_rights=(("book", _("Book deductions")),),
    state="state",
    menu=MENU,
    icon="coins",
    natural_key=("slip_id",),
    check=checks.check_deduction,
    afterwards=checks.keep_deduction,
)
