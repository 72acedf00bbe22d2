"""What the objects of conduct are called, show and allow."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, or_, select

from core.entities.spec import Action, Entity, Fact, Field, Related, Section
from core.people.access import current_user_id, may
from core.workflow.texts import state_field
from plugins.conduct import checks, choices, consequences, models
from plugins.conduct.rules.names import (
    APPEAL,
    DEDUCTION,
    DRAFTED,
    MEASURE,
    OFFENCE,
    REFUSED,
    SLIP,
    TARIFF,
    WITNESS,
)
from plugins.conduct.workflows import APPEALS, SLIPS, TARIFFS

STAFF = "conduct.employee"
MENU = _("Conduct")


def own_slips() -> Sequence[ColumnElement[bool]]:
    """Everybody sees what is about themselves, witnesses what was refused or they signed; the others see all."""
    if may(SLIP, "see-all"):
        return ()
    own = and_(models.Slip.subject_id == current_user_id(), models.Slip.state != DRAFTED)
    if not may(WITNESS, "add"):
        return (own,)
    signed = select(models.SlipWitness.slip_id).where(models.SlipWitness.user_id == current_user_id())
    return (or_(own, models.Slip.state == REFUSED, models.Slip.id.in_(signed)),)


def own_appeals() -> Sequence[ColumnElement[bool]]:
    if may(SLIP, "see-all"):
        return ()
    return (models.Appeal.subject_id == current_user_id(),)


EMPLOYEE = Entity(
    id=STAFF,
    model=models.Employee,
    label=_("Employee"),
    label_plural=_("Staff"),
    title="name",
    fields=(
        Field("number", _("Staff number"), sought_as="number", only_new=True),
        Field("name", _("Full name"), sought_as="name"),
        Field("department", _("Department"), filterable=True),
        Field("job", _("Job")),
        Field("user_id", _("User account"), target="core.person"),
        Field("joined_on", _("Joined on")),
        Field("left_on", _("Left on")),
    ),
    list_columns=("number", "name", "department", "job", "joined_on"),
    search=("number", "name"),
    order=("number",),
    rights=("see", "add", "edit", "export", "import"),
    related=(Related(SLIP, "employee_id"),),
    menu=MENU,
    icon="users",
    importable=True,
    natural_key=("number",),
)

OFFENCE_TARIFF = Entity(
    id=TARIFF,
    model=models.OffenceTariff,
    label=_("Tariff of offences"),
    label_plural=_("Tariffs of offences"),
    title="name",
    fields=(
        Field("name", _("Name of the tariff")),
        Field("effective_on", _("In force from")),
        state_field(TARIFFS, _("State")),
        Field("signed_by_head", _("Signed by the department head"), target="core.person", readonly=True),
        Field("signed_by_approver", _("Signed by the approver"), target="core.person", readonly=True),
        Field("published_on", _("Published on"), readonly=True),
    ),
    list_columns=("name", "effective_on", "state", "published_on"),
    order=("-effective_on",),
    extra_rights=(("publish", _("Put forward with a signature")),),
    rights=("see", "add", "edit", "export", "print"),
    related=(Related(OFFENCE, "tariff_id", limit=40),),
    state="state",
    menu=MENU,
    icon="list-numbers",
    natural_key=("name",),
    guard=checks.guard_tariff,
    facts=(Fact(Field("items", _("Offences"), kind="integer"), consequences.items_of),),
)

ITEM = Entity(
    id=OFFENCE,
    model=models.Offence,
    label=_("Offence"),
    label_plural=_("Offences"),
    title="says",
    fields=(
        Field("tariff_id", _("Tariff of offences"), target=TARIFF, filterable=True, only_new=True),
        Field("number", _("Item of the tariff")),
        Field("says", _("Offence")),
        Field(
            "rule",
            _("Rule"),
            choices_from=choices.rules_of_items,
            filterable=True,
            help=_("The rule of the handbook whose settings give the fine."),
        ),
    ),
    list_columns=("number", "says", "rule", "tariff_id"),
    search=("number", "says"),
    order=("id",),
    rights=("see", "add", "edit", "export"),
    in_menu=False,
    natural_key=("tariff_id", "number"),
    check=checks.check_offence,
    guard=checks.guard_offence,
)

PENALTY_SLIP = Entity(
    id=SLIP,
    model=models.Slip,
    label=_("Penalty slip"),
    label_plural=_("Penalty slips"),
    title="number",
    fields=(
        Field("number", _("Slip number"), sought_as="number", readonly=True),
        Field("employee_id", _("Employee"), target=STAFF, filterable=True),
        Field("occurred_on", _("Day of the breach"), filterable=True),
        Field("place", _("Place")),
        Field("offence_id", _("Offence"), target=OFFENCE, filterable=True),
        Field(
            "consequence",
            _("What came of it"),
            choices=choices.CONSEQUENCES,
            help=_("Only for a check that was left out (item 13)."),
        ),
        Field("facts", _("Facts of the breach"), required=False),
        Field("evidence", _("Evidence of the breach"), help=_("Say what it is, and attach it to the slip.")),
        Field("educated_on", _("Talked with the employee on"), help=_("Education comes before punishment.")),
        Field("opinion", _("Penalty opinion"), required=False),
        Field("fine", _("Fine"), help=_("What the tariff names for the item; it is judged when you save.")),
        state_field(SLIPS, _("State")),
        Field("issued_on", _("Issued on"), readonly=True, filterable=True),
        Field("issued_by", _("Issued by"), target="core.person", readonly=True),
        Field("signed_on", _("Signed by the employee on"), readonly=True),
        Field("refused_on", _("Refused on"), readonly=True),
        Field("bad_attitude", _("Refused with a bad attitude"), readonly=True),
        Field("effective_on", _("In effect from"), readonly=True),
        Field("appeal_until", _("Appeal until"), readonly=True),
        Field("subject_id", _("Account of the employee"), target="core.person", readonly=True),
        Field("source", _("Opened by"), readonly=True),
    ),
    list_columns=("number", "employee_id", "occurred_on", "offence_id", "fine", "state"),
    search=("number",),
    sections=(
        Section(
            _("Breach"),
            ("employee_id", "occurred_on", "place", "facts", "evidence", "offence_id", "consequence"),
        ),
        Section(_("Punishment"), ("educated_on", "opinion", "fine")),
        Section(
            _("Signature"),
            (
                "number",
                "state",
                "issued_on",
                "issued_by",
                "signed_on",
                "refused_on",
                "bad_attitude",
                "effective_on",
                "appeal_until",
                "subject_id",
                "source",
            ),
        ),
    ),
    order=("-occurred_on", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    extra_rights=(
        ("issue", _("Issue slips")),
        ("sign", _("Sign one's own slip, or refuse")),
        ("see-all", _("See the slips of everybody")),
    ),
    actions=(Action("print", _("Print the slip"), "ConductPapers.slip", "print", icon="printer"),),
    related=(
        Related(WITNESS, "slip_id"),
        Related(APPEAL, "slip_id"),
        Related(MEASURE, "slip_id"),
        Related(DEDUCTION, "slip_id"),
    ),
    key_facts=("employee_id", "fine", "appeal_until"),
    state="state",
    board="state",
    calendar="occurred_on",
    day="occurred_on",
    files=True,
    menu=MENU,
    icon="file-alert",
    check=checks.check_slip,
    afterwards=consequences.after_slip,
    guard=checks.guard_slip,
    criteria=own_slips,
)

SIGNED_WITNESS = Entity(
    id=WITNESS,
    model=models.SlipWitness,
    label=_("Witness"),
    label_plural=_("Witnesses"),
    title="signed_on",
    fields=(
        Field("slip_id", _("Penalty slip"), target=SLIP, filterable=True, only_new=True),
        Field("user_id", _("Witness"), target="core.person", readonly=True),
        Field("signed_on", _("Signed on"), readonly=True),
        Field("statement", _("What was seen")),
    ),
    list_columns=("user_id", "signed_on", "statement", "slip_id"),
    rights=("see", "add", "export"),
    in_menu=False,
    natural_key=("slip_id", "user_id"),
    check=checks.check_witness,
    afterwards=consequences.after_witness,
)

FILED_APPEAL = Entity(
    id=APPEAL,
    model=models.Appeal,
    label=_("Appeal"),
    label_plural=_("Appeals"),
    title="called",
    fields=(
        Field("called", _("Slip and employee"), readonly=True),
        Field("slip_id", _("Penalty slip"), target=SLIP, filterable=True, only_new=True),
        Field("text", _("What is unreasonable"), only_new=True),
        Field("filed_on", _("Filed on"), readonly=True, filterable=True),
        Field("answer_until", _("Answer until"), readonly=True),
        state_field(APPEALS, _("State")),
        Field("answer", _("Answer"), readonly=True),
        Field("outcome", _("Outcome"), choices=choices.OUTCOMES, filterable=True, readonly=True),
        Field("new_fine", _("New fine"), readonly=True),
        Field("answered_on", _("Answered on"), readonly=True),
        Field("answered_by", _("Answered by"), target="core.person", readonly=True),
        Field("subject_id", _("Account of the employee"), target="core.person", readonly=True),
    ),
    list_columns=("called", "filed_on", "answer_until", "state", "outcome", "answered_on"),
    order=("-filed_on",),
    rights=("see", "add", "edit", "export"),
    state="state",
    calendar="answer_until",
    day="filed_on",
    files=True,
    menu=MENU,
    icon="message-exclamation",
    natural_key=("slip_id",),
    check=checks.check_appeal,
    guard=checks.guard_appeal,
    afterwards=consequences.after_appeal,
    criteria=own_appeals,
)
