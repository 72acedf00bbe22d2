"""Complaint acceptance sheets, and the departments that take part in them."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from core.data import clock
from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.workflow.texts import lazy, state_field
from plugins.decoration import reach_complaints as reach
from plugins.decoration.calls.ending import is_to_be_called
from plugins.decoration.checks import complaints as checks
from plugins.decoration.entities.complaints_penalties import PENALTIES
from plugins.decoration.entities.complaints_repairs import FILES, KINDS, REPAIRS
from plugins.decoration.models.complaints import Complaint, Involved
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.rules.book.complaints import DEPARTMENTS
from plugins.decoration.rules.book.customers import PHASES
from plugins.decoration.rules.names_callbacks import CALL_BACK
from plugins.decoration.workflows.complaints import COMPLAINTS as MOVES

MENU = _("Complaints and repairs")
PERSON = "core.person"
CHANNELS = (
    (c.PHONE, _("Telephone call")),
    (c.VISIT, _("Came in person")),
    (c.CHAT, _("By chat message")),
    (c.WRITING, _("Letter or note")),
    (c.CALL_BACK, _("On a call-back")),
    (c.ELSEWHERE, _("Another way")),
)


def _open() -> Sequence[ColumnElement[bool]]:
    """Complaints that a day was promised for."""
    return (Complaint.handle_until.is_not(None), Complaint.state.in_((c.ASSIGNED, c.HANDLING)))


def _undone() -> Sequence[ColumnElement[bool]]:
    return (Involved.due_on.is_not(None), Involved.done_on.is_(None))


def _in_hands_of(person_id: int) -> Sequence[ColumnElement[bool]]:
    named = select(Involved.complaint_id).where(Involved.person_id == person_id)
    return [
        (Complaint.responsible_id == person_id)
        | (Complaint.handler_id == person_id)
        | Complaint.id.in_(named)
    ]


COMPLAINTS = Entity(
    id=c.COMPLAINT,
    model=Complaint,
    label=_("Complaint"),
    label_plural=_("Complaints"),
    title="number",
    fields=(
        Field("number", _("Sheet number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("site_id", _("Construction site"), target=n.SITE, filterable=True),
        Field("house_id", _("House"), target=n.HOUSE),
        Field(
            "phase",
            _("Phase when it came"),
            choices=tuple((each, lazy(label)) for each, label in PHASES),
            readonly=True,
        ),
        Field("channel", _("How it came"), choices=CHANNELS, filterable=True),
        Field(
            "received_at",
            _("Came at"),
            default=clock.now,
            only_new=True,
            help=_("The hours of the answer run from this moment."),
        ),
        Field("received_on", _("Came on"), readonly=True, filterable=True),
        Field("received_by", _("Taken down by"), target=PERSON, readonly=True),
        Field("kind", _("Is about"), choices=KINDS, filterable=True),
        Field("content", _("What is complained of"), help=_("In the customer's own words.")),
        state_field(MOVES, _("State of the complaint"), filterable=True),
        Field("respond_until", _("To be answered until"), readonly=True),
        Field("response", _("Answer given"), readonly=True),
        Field("responded_at", _("Answered at"), readonly=True),
        Field("responded_by", _("Customer answered by"), target=PERSON, readonly=True),
        Field("justified", _("Upheld"), filterable=True),
        Field("responsible_id", _("Responsible person"), target=PERSON, filterable=True),
        Field("crew_id", _("Responsible crew"), target=n.CREW),
        Field("handler_id", _("Handled by"), target=PERSON, filterable=True),
        Field("opinion", _("Handling opinion")),
        Field("handle_until", _("To be settled by"), filterable=True),
        Field("result", _("Result"), readonly=True),
        Field("resolved_on", _("Resolved on"), readonly=True),
        Field("proof", _("What shows the result"), readonly=True),
        Field("verified_on", _("Verified on"), readonly=True),
        Field("verified_by", _("Verified by"), target=PERSON, readonly=True),
        Field("reopened_why", _("Handled again because"), readonly=True),
        Field("call_back_said", _("What the customer says"), readonly=True),
        Field("called_back_on", _("Called back on"), readonly=True, filterable=True),
        Field("called_back_by", _("Called back by"), target=PERSON, readonly=True),
        Field("rating", _("Rating"), readonly=True, help=_("From 1 to 5, 5 is the best.")),
        Field(
            "repeat_of_id",
            _("Repeats"),
            target=c.COMPLAINT,
            help=_("The earlier complaint about the same; left empty, it is looked for."),
        ),
        Field("times", _("Complained of so often"), readonly=True),
        Field("batch", _("One of a batch"), filterable=True),
        Field(
            "common",
            _("Common or special problem"),
            filterable=True,
            help=_("The general manager and engineering are told of it."),
        ),
        Field("told_on", _("Told as a recurring problem on"), readonly=True),
        Field("closed", _("Settled and filed"), readonly=True, filterable=True),
    ),
    list_columns=(
        "number",
        "customer_id",
        "kind",
        "channel",
        "received_at",
        "respond_until",
        "state",
        "handler_id",
        "times",
    ),
    search=("number", "content"),
    sections=(
        Section(
            _("Complaint"),
            (
                "number",
                "customer_id",
                "site_id",
                "house_id",
                "phase",
                "channel",
                "received_at",
                "received_on",
                "received_by",
                "kind",
                "content",
            ),
        ),
        Section(_("Again and again"), ("repeat_of_id", "times", "batch", "common", "told_on")),
        Section(
            _("Answer to the customer"),
            ("state", "respond_until", "response", "responded_at", "responded_by", "closed"),
        ),
        Section(
            _("Responsibility and handling"),
            (
                "justified",
                "responsible_id",
                "crew_id",
                "opinion",
                "handler_id",
                "handle_until",
                "result",
                "resolved_on",
                "reopened_why",
            ),
        ),
        Section(
            _("Verification and call-back"),
            (
                "proof",
                "verified_on",
                "verified_by",
                "call_back_said",
                "called_back_on",
                "called_back_by",
                "rating",
            ),
        ),
    ),
    order=("closed", "respond_until", "id"),
    rights=("see", "add", "edit", "print"),
    extra_rights=(
        (reach.ALL, _("See all complaints")),
        (reach.OF_CUSTOMERS, _("See the complaints of one's customers")),
        (reach.OF_ENGINEERING, _("See complaints in which engineering takes part")),
        ("record", _("Record complaints")),
        ("respond", _("Answer customers who complain")),
        ("assign", _("Fix responsibility")),
        ("resolve", _("Handle complaints and report the result")),
        ("verify", _("Verify results and close complaints")),
    ),
    related=(
        Related(c.INVOLVED, "complaint_id", _("Departments and measures")),
        Related(c.PENALTY, "complaint_id"),
        Related(c.REPAIR, "complaint_id"),
        Related(CALL_BACK, "complaint_id"),
        Related(c.COMPLAINT, "repeat_of_id", _("Complained of again")),
    ),
    due=(
        Due(c.COMPLAINT, "handle_until", _open),
        Due(c.INVOLVED, "due_on", _undone, via="complaint_id"),
    ),
    actions=(
        Action(
            "call",
            _("Call"),
            "DecorationCalls.complaint",
            "verify",
            icon="phone",
            primary=True,
            shown=is_to_be_called,
        ),
        Action("print", _("Print the sheet"), "DecorationComplaintPapers.complaint", "print", icon="printer"),
    ),
    key_facts=("customer_id", "kind", "respond_until", "handler_id"),
    state="state",
    board="state",
    calendar="handle_until",
    day="received_at",
    files=True,
    menu=MENU,
    icon="message-exclamation",
    natural_key=("number",),
    check=checks.check_complaint,
    afterwards=checks.after_complaint,
    criteria=reach.named_complaints,
    responsible=_in_hands_of,
)

INVOLVED = Entity(
    id=c.INVOLVED,
    model=Involved,
    label=_("Department that takes part"),
    label_plural=_("Departments that take part"),
    title="department",
    fields=(
        Field("complaint_id", _("Complaint"), target=c.COMPLAINT, filterable=True, only_new=True),
        Field(
            "department",
            _("Department"),
            choices=tuple((each, lazy(label)) for each, label in DEPARTMENTS),
            filterable=True,
        ),
        Field(
            "person_id",
            _("Person named"),
            target=PERSON,
            help=_("Left empty, everybody of the department is told."),
        ),
        Field("measure", _("Measure to take")),
        Field("due_on", _("To be done by"), filterable=True),
        Field("done_on", _("Done on"), inline=True),
    ),
    list_columns=("department", "person_id", "measure", "due_on", "done_on", "complaint_id"),
    order=("id",),
    rights=("see", "add", "edit"),
    menu=MENU,
    icon="users-group",
    in_menu=False,
    check=checks.check_involved,
    criteria=reach.of_named_complaints,
)

ENTITIES = (COMPLAINTS, INVOLVED, PENALTIES, FILES, REPAIRS)
