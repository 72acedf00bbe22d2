"""Penalties that were proposed, and how they were decided."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach_complaints as reach
from plugins.decoration.checks import penalties as checks
from plugins.decoration.models.complaints import Penalty
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.workflows.complaints import PENALTIES as MOVES

PERSON = "core.person"
GROUNDS = (
    (c.OF_COMPLAINT, _("An upheld complaint")),
    (c.OF_SITE, _("Poor quality of a site")),
    (c.OF_REPEAT, _("Complained of repeatedly")),
)


def has_slip(penalty: Penalty) -> bool:
    """Whether the department for conduct opened a slip for it."""
    return penalty.slip is not None


PENALTIES = Entity(
    id=c.PENALTY,
    model=Penalty,
    label=_("Penalty proposal"),
    label_plural=_("Penalty proposals"),
    title="number",
    fields=(
        Field("number", _("Proposal number"), sought_as="number", readonly=True),
        Field("ground", _("Why penalised"), choices=GROUNDS, filterable=True),
        Field("complaint_id", _("Complaint"), target=c.COMPLAINT, filterable=True),
        Field(
            "site_id",
            _("Construction site"),
            target=n.SITE,
            help=_("For poor quality of a site."),
        ),
        Field("subject_id", _("Person penalised"), target=PERSON, filterable=True),
        Field("crew_id", _("Crew penalised"), target=n.CREW, filterable=True),
        Field("occurred_on", _("Happened on"), default=today),
        Field("facts", _("Facts")),
        Field("measure", _("Measure"), help=_("Such as redoing the work, or a talk.")),
        Field("amount", _("Amount"), help=_("In yuan, where there is one.")),
        state_field(MOVES, _("State of the penalty"), filterable=True),
        Field("proposed_by", _("Proposed by"), target=PERSON, readonly=True, filterable=True),
        Field("proposed_on", _("Proposed on"), readonly=True, filterable=True),
        Field("emergency_reason", _("Sudden incident"), readonly=True),
        Field("declined_why", _("Declined because"), readonly=True),
        Field("decided_by", _("Decided by"), target=PERSON, readonly=True),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("slip", _("Penalty slip at"), readonly=True),
    ),
    list_columns=(
        "number",
        "ground",
        "subject_id",
        "crew_id",
        "measure",
        "amount",
        "proposed_by",
        "proposed_on",
        "state",
    ),
    search=("number",),
    sections=(
        Section(
            _("Ground of the penalty"),
            ("number", "ground", "complaint_id", "site_id", "occurred_on", "facts"),
        ),
        Section(_("Penalty"), ("subject_id", "crew_id", "measure", "amount")),
        Section(
            _("Decision"),
            (
                "state",
                "proposed_by",
                "proposed_on",
                "emergency_reason",
                "decided_by",
                "decided_on",
                "declined_why",
                "slip",
            ),
        ),
    ),
    order=("-proposed_on", "-id"),
    rights=("see", "add"),
    extra_rights=(
        (reach.ALL, _("See all penalties")),
        (reach.OF_ENGINEERING, _("See the penalties of crews")),
        ("propose", _("Put penalties to the decision")),
        ("decide", _("Decide on penalties")),
    ),
    actions=(
        Action(
            "slip",
            _("Open the penalty slip"),
            "DecorationComplaintPapers.slip",
            "see",
            icon="external-link",
            shown=has_slip,
        ),
    ),
    key_facts=("subject_id", "crew_id", "amount"),
    state="state",
    board="state",
    day="occurred_on",
    files=True,
    menu=_("Complaints and repairs"),
    icon="gavel",
    natural_key=("number",),
    check=checks.check_penalty,
    guard=checks.guard_penalty,
    afterwards=checks.after_penalty,
    criteria=reach.own_penalties,
)
