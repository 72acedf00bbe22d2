"""The objects of what follows from a slip: measures, and what is kept back of wages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from plugins.conduct import checks, choices, models
from plugins.conduct.entities import MENU
from plugins.conduct.rules.names import DEDUCTION, MEASURE, SLIP


def is_asked(measure: models.Measure) -> bool:
    return measure.state == models.ASKED


TAKEN_MEASURE = Entity(
    id=MEASURE,
    model=models.Measure,
    label=_("Disciplinary measure"),
    label_plural=_("Disciplinary measures"),
    title="kind",
    fields=(
        Field("slip_id", _("Penalty slip"), target=SLIP, filterable=True, only_new=True),
        Field("kind", _("Kind of measure"), choices=choices.MEASURES, filterable=True),
        Field("ground", _("Ground")),
        Field("asked_on", _("Asked on"), readonly=True, filterable=True),
        Field(
            "state", _("State"), choices=choices.MEASURE_STATES, tones=choices.MEASURE_TONES, readonly=True
        ),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("decided_by", _("Decided by"), target="core.person", readonly=True),
    ),
    list_columns=("kind", "slip_id", "asked_on", "state", "decided_on"),
    order=("-asked_on",),
    rights=("see", "add", "export"),
    extra_rights=(("decide", _("Decide for the company")),),
    actions=(
        Action(
            "grant",
            _("Grant"),
            "ConductMoves.grant",
            "decide",
            icon="check",
            primary=True,
            method="POST",
            confirm=_("Nothing ends by itself: carry the decision out under the labour contract. Grant it?"),
            shown=is_asked,
        ),
        Action(
            "decline",
            _("Decline"),
            "ConductMoves.decline",
            "decide",
            icon="x",
            method="POST",
            confirm=_("Decline what the department asks for?"),
            shown=is_asked,
        ),
    ),
    state="state",
    day="asked_on",
    menu=MENU,
    icon="gavel",
    check=checks.check_measure,
    guard=checks.guard_measure,
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
        Field(
            "state",
            _("State"),
            choices=choices.DEDUCTION_STATES,
            tones=choices.DEDUCTION_TONES,
            readonly=True,
        ),
        Field("booked_at", _("Booked at"), readonly=True),
    ),
    list_columns=("slip_id", "wage_month", "amount", "fund", "state"),
    order=("-wage_month",),
    rights=("see", "add", "export"),
    extra_rights=(("book", _("Book deductions")),),
    actions=(
        Action(
            "book",
            _("Book"),
            "ConductMoves.book",
            "book",
            icon="check",
            primary=True,
            method="POST",
            confirm=_("Was it kept back of the wage?"),
            shown=lambda deduction: deduction.state == models.WAITING,
        ),
    ),
    state="state",
    menu=MENU,
    icon="coins",
    natural_key=("slip_id",),
    check=checks.check_deduction,
    guard=checks.guard_deduction,
)
