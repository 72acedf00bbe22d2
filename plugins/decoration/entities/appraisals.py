"""How the service of designers, inspectors and crews was appraised (DEC-E18)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration.checks import appraisals as checks
from plugins.decoration.entities.office import MENU, PERSON
from plugins.decoration.models.office import Appraisal
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from plugins.decoration.workflows import appraisals as moves

ROLES = (
    (o.OF_DESIGNER, _("Designer")),
    (o.OF_INSPECTOR, _("Site inspector")),
    (o.OF_CREW, _("Crew")),
)
RESULTS = (
    (o.GOOD, _("Serves well")),
    (o.FAIR, _("Serves well enough")),
    (o.POOR, _("Has to serve better")),
)
TONES = {o.GOOD: "success", o.FAIR: "info", o.POOR: "danger"}

APPRAISALS = Entity(
    id=o.APPRAISAL,
    model=Appraisal,
    label=_("Service appraisal"),
    label_plural=_("Service appraisals"),
    title="number",
    fields=(
        Field("number", _("Number of the appraisal"), sought_as="number", readonly=True),
        Field("role", _("Appraised as"), choices=ROLES, filterable=True, only_new=True),
        Field("person_id", _("Person appraised"), target=PERSON, filterable=True, only_new=True),
        Field("crew_id", _("Crew appraised"), target=n.CREW, filterable=True, only_new=True),
        Field("first_day", _("First day appraised")),
        Field("last_day", _("Last day appraised"), default=today, filterable=True),
        Field("ratings", _("Ratings given by customers"), readonly=True),
        Field(
            "customer_rating",
            _("Mean rating by customers"),
            readonly=True,
            help=_("Of call-backs, complaints and repairs of these days, from 1 to 5."),
        ),
        Field("manager_rating", _("Rating by the manager"), readonly=True, help=_("From 1 to 5.")),
        Field(
            "result",
            _("Result of the appraisal"),
            choices=RESULTS,
            tones=TONES,
            readonly=True,
            filterable=True,
        ),
        state_field(moves.APPRAISALS, _("State of the appraisal"), filterable=True),
        Field("appraised_on", _("Appraised on"), readonly=True),
        Field("appraised_by", _("Appraised by"), target=PERSON, readonly=True),
        Field("feedback", _("What was fed back"), readonly=True),
        Field("fed_back_on", _("Fed back on"), readonly=True, filterable=True),
    ),
    list_columns=(
        "number",
        "role",
        "person_id",
        "crew_id",
        "last_day",
        "customer_rating",
        "manager_rating",
        "result",
        "state",
    ),
    search=("number",),
    sections=(
        Section(_("Whose service"), ("number", "role", "person_id", "crew_id", "first_day", "last_day")),
        Section(_("How it was judged"), ("ratings", "customer_rating", "manager_rating", "result")),
        Section(
            _("How it was fed back"), ("state", "appraised_on", "appraised_by", "feedback", "fed_back_on")
        ),
    ),
    order=("-last_day", "-id"),
    rights=("see", "add", "edit", "export"),
    extra_rights=(
        (o.SEE_ALL, _("See the appraisals of everybody")),
        (o.SEE_CREWS, _("See the appraisals of crews")),
        ("appraise", _("Appraise the service of others")),
    ),
    key_facts=("person_id", "crew_id", "customer_rating", "result"),
    state="state",
    board="state",
    day="last_day",
    files=True,
    menu=MENU,
    icon="star",
    natural_key=("number",),
    check=checks.check_appraisal,
    guard=checks.guard_appraisal,
    afterwards=checks.after_appraisal,
    criteria=checks.own_appraisals,
)
ENTITIES = (APPRAISALS,)
