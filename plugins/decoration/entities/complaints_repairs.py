"""Repair files and repair orders."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.calls.ending import is_to_be_called
from plugins.decoration.checks import repairs as checks
from plugins.decoration.models.complaints import Repair, RepairFile
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.rules.names_callbacks import CALL_BACK
from plugins.decoration.workflows.complaints import REPAIRS as MOVES

PERSON = "core.person"
MENU = _("Complaints and repairs")
KINDS = (
    (c.DESIGN, _("Design of the house")),
    (c.WORKMANSHIP, _("Workmanship")),
    (c.WATERPROOFING, _("Water and leaks")),
    (c.MAIN_MATERIALS, _("Main materials")),
    (c.SCHEDULE, _("Delay of the works")),
    (c.ATTITUDE, _("Attitude of the staff")),
    (c.PRICE, _("Price and charges")),
    (c.OTHER_KIND, _("Another matter")),
)
PARTS = ((c.GENERAL, _("Works in general")), (c.WATERPROOF, _("What keeps water out")))
SLOTS = (
    ("morning", _("In the morning")),
    ("afternoon", _("In the afternoon")),
    ("evening", _("In the evening")),
)


def _appointed() -> Sequence[ColumnElement[bool]]:
    """Repairs that a day was agreed for."""
    return (Repair.state == c.APPOINTED,)


def _handled_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [Repair.handler_id == person_id]


FILES = Entity(
    id=c.REPAIR_FILE,
    model=RepairFile,
    label=_("Repair file"),
    label_plural=_("Repair files"),
    title="number",
    fields=(
        Field("number", _("File number"), sought_as="number", readonly=True),
        Field("site_id", _("Construction site"), target=n.SITE, filterable=True, only_new=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, readonly=True),
        Field(
            "accepted_on",
            _("Warranty runs from"),
            required=False,
            help=_("The day of acceptance; left empty, that of completion."),
        ),
        Field("general_until", _("Works under warranty until"), readonly=True, filterable=True),
        Field("waterproof_until", _("Against leaks until"), readonly=True, filterable=True),
        Field("opened_on", _("Repair file opened on"), readonly=True, filterable=True),
        Field("opened_by", _("Repair file opened by"), target=PERSON, readonly=True),
        Field("card_given_on", _("Repair card given on")),
        Field("remark", _("Remark on the file")),
    ),
    list_columns=(
        "number",
        "customer_id",
        "site_id",
        "accepted_on",
        "general_until",
        "waterproof_until",
        "card_given_on",
    ),
    search=("number",),
    sections=(
        Section(_("Repair file"), ("number", "site_id", "customer_id", "opened_on", "opened_by", "remark")),
        Section(_("Warranty"), ("accepted_on", "general_until", "waterproof_until", "card_given_on")),
    ),
    order=("-opened_on", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    related=(Related(c.REPAIR, "file_id"),),
    actions=(
        Action("card", _("Print the repair card"), "DecorationComplaintPapers.card", "print", icon="printer"),
    ),
    key_facts=("customer_id", "general_until", "waterproof_until"),
    day="opened_on",
    files=True,
    menu=MENU,
    icon="folder",
    natural_key=("number",),
    check=checks.check_file,
    criteria=reach.of_own_customers(RepairFile),
)

REPAIRS = Entity(
    id=c.REPAIR,
    model=Repair,
    label=_("Repair order"),
    label_plural=_("Repair orders"),
    title="number",
    fields=(
        Field("number", _("Repair number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field(
            "file_id",
            _("Repair file"),
            target=c.REPAIR_FILE,
            help=_("Left empty, the customer's only one is taken."),
        ),
        Field("complaint_id", _("Complaint"), target=c.COMPLAINT),
        Field("reported_on", _("Reported on"), default=today, filterable=True, only_new=True),
        Field("kind", _("Is about"), choices=KINDS, filterable=True),
        Field("part", _("Part of the works"), choices=PARTS, filterable=True),
        Field("fault", _("Fault")),
        Field("warranty_until", _("Under warranty until"), readonly=True),
        Field("in_warranty", _("Under warranty"), readonly=True, filterable=True),
        Field("charge", _("Charged"), help=_("In yuan; nothing is charged under warranty.")),
        state_field(MOVES, _("State of the repair"), filterable=True),
        Field("appointed_on", _("Appointed for"), filterable=True),
        Field("slot", _("Time of the day"), choices=SLOTS),
        Field("crew_id", _("Crew"), target=n.CREW, filterable=True),
        Field("handler_id", _("In charge"), target=PERSON, filterable=True),
        Field("work_done", _("What was done"), readonly=True),
        Field("done_on", _("Repaired on"), readonly=True, filterable=True),
        Field("customer_accepted_on", _("Accepted by the customer on"), readonly=True),
        Field("card_filed_on", _("Card filed on")),
        Field("call_back_said", _("What the customer says"), readonly=True),
        Field("called_back_on", _("Called back on"), readonly=True, filterable=True),
        Field("called_back_by", _("Called back by"), target=PERSON, readonly=True),
        Field("rating", _("Rating"), readonly=True),
        Field("cancelled_why", _("Not needed because"), readonly=True),
    ),
    list_columns=(
        "number",
        "customer_id",
        "kind",
        "fault",
        "in_warranty",
        "appointed_on",
        "crew_id",
        "state",
    ),
    search=("number",),
    sections=(
        Section(
            _("Repair order"),
            (
                "number",
                "customer_id",
                "file_id",
                "complaint_id",
                "reported_on",
                "kind",
                "part",
                "fault",
                "warranty_until",
                "in_warranty",
            ),
        ),
        Section(
            _("Appointment and work"),
            (
                "state",
                "appointed_on",
                "slot",
                "crew_id",
                "handler_id",
                "work_done",
                "charge",
                "done_on",
                "cancelled_why",
            ),
        ),
        Section(
            _("Acceptance and call-back"),
            (
                "customer_accepted_on",
                "card_filed_on",
                "call_back_said",
                "called_back_on",
                "called_back_by",
                "rating",
            ),
        ),
    ),
    order=("-reported_on", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    extra_rights=(
        ("move", _("Make appointments and report repairs")),
        ("call-back", _("Call back after repairs")),
    ),
    related=(Related(CALL_BACK, "repair_id"),),
    due=(Due(c.REPAIR, "appointed_on", _appointed),),
    actions=(
        Action(
            "call",
            _("Call"),
            "DecorationCalls.repair",
            "call-back",
            icon="phone",
            primary=True,
            shown=is_to_be_called,
        ),
        Action(
            "card", _("Print the repair card"), "DecorationComplaintPapers.repair", "print", icon="printer"
        ),
    ),
    key_facts=("customer_id", "warranty_until", "appointed_on"),
    state="state",
    board="state",
    calendar="appointed_on",
    day="reported_on",
    files=True,
    menu=MENU,
    icon="tool",
    natural_key=("number",),
    check=checks.check_repair,
    criteria=reach.of_own_customers(Repair),
    responsible=_handled_by,
)
