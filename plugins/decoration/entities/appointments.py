"""Appointments with customers."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import or_
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Fact, Field, Related, Section
from core.workflow.texts import state_field
from plugins.decoration import appointments, reach
from plugins.decoration.checks import design as checks
from plugins.decoration.models.design import Appointment
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.workflows.appointments import APPOINTMENTS as MOVES

MENU = _("Design")
PERSON = "core.person"
STAGES = (
    (d.FIRST_MEETING, _("First meeting")),
    (d.MEASURING, _("Measuring")),
    (d.SKETCH, _("Sketch presented")),
    (d.REFINED_PLAN, _("Refined plan presented")),
    (d.RENDERING, _("Rendering reviewed with the customer")),
    (d.SITE_HAND_OVER, _("Hand-over on site")),
    (d.OTHER_MEETING, _("Other meeting")),
)
WAYS = (
    (d.PHONE, _("By phone call")),
    (d.SMS, _("By short message")),
    (d.IN_PERSON, _("In person")),
)
ANSWERS = (*WAYS, (d.PAGE, _("On the customer's page")))


def _taken_part_in_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [or_(Appointment.designer_id == person_id, Appointment.engineer_id == person_id)]


def to_come() -> Sequence[ColumnElement[bool]]:
    """What narrows appointments to those that wait for their day."""
    return (Appointment.state.in_(d.AHEAD),)


def is_announced(appointment: Appointment) -> bool:
    """Whether there is something to tell the customer of it."""
    return appointment.state in d.AHEAD


APPOINTMENTS = Entity(
    id=d.APPOINTMENT,
    model=Appointment,
    label=_("Appointment with a customer"),
    label_plural=_("Appointments with customers"),
    title="called",
    fields=(
        Field("called", _("Time and customer"), readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("commission_id", _("Design commission"), target=n.COMMISSION, filterable=True, only_new=True),
        Field("stage", _("Stage of the appointment"), choices=STAGES, filterable=True, only_new=True),
        Field("planned_on", _("Planned on"), filterable=True),
        Field("starts", _("Begins at"), help=_("By the clock, such as 14:30.")),
        Field("minutes", _("Takes (minutes)")),
        Field("ends", _("Ends at"), readonly=True),
        Field("place", _("Place of the appointment")),
        Field(
            "designer_id",
            _("Designer"),
            target=PERSON,
            filterable=True,
            help=_("Left empty, the designer of the commission."),
        ),
        Field("engineer_id", _("From engineering"), target=PERSON),
        Field("participants", _("Others who take part"), help=_("On the customer's side, or of the firm.")),
        Field("asked_by", _("Asked for by"), target=PERSON, readonly=True),
        state_field(MOVES, _("State of the appointment"), filterable=True),
        Field("invited_on", _("Invited on"), readonly=True),
        Field("invited_by", _("Invited by"), target=PERSON, readonly=True),
        Field("invited_through", _("Invited how"), choices=WAYS, readonly=True),
        Field("confirmed_at", _("Confirmed at"), readonly=True),
        Field("confirmed_how", _("Confirmed how"), choices=ANSWERS, readonly=True),
        Field("held_on", _("Held on"), readonly=True, filterable=True),
        Field("record", _("Record of the meeting"), readonly=True),
        Field("missed_why", _("Missed because"), readonly=True),
        Field("new_on", _("Put off to"), readonly=True),
        Field("new_starts", _("Begins then at"), readonly=True),
        Field("earlier_id", _("In place of"), target=d.APPOINTMENT, readonly=True),
    ),
    list_columns=("called", "stage", "planned_on", "ends", "place", "designer_id", "state"),
    search=("customer_id",),
    sections=(
        Section(
            _("Time and place"),
            (
                "called",
                "customer_id",
                "commission_id",
                "stage",
                "planned_on",
                "starts",
                "minutes",
                "ends",
                "place",
            ),
        ),
        Section(_("Who takes part"), ("designer_id", "engineer_id", "participants", "asked_by")),
        Section(
            _("Invitation"),
            ("state", "invited_on", "invited_by", "invited_through", "confirmed_at", "confirmed_how"),
        ),
        Section(
            _("What came of the appointment"),
            ("held_on", "record", "missed_why", "new_on", "new_starts", "earlier_id"),
        ),
    ),
    order=("-planned_on", "-starts", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    extra_rights=(
        ("invite", _("Invite customers")),
        ("confirm", _("Confirm appointments, put them off or call them off")),
        ("hold", _("Record what came of appointments")),
    ),
    actions=(
        Action(
            "invitation",
            _("Print the invitation"),
            "DecorationPapers.invitation",
            "print",
            icon="printer",
            shown=is_announced,
        ),
    ),
    related=(Related(d.APPOINTMENT, "earlier_id", _("Appointments in its place")),),
    due=(Due(d.APPOINTMENT, "planned_on", to_come),),
    key_facts=("stage", "planned_on", "place"),
    state="state",
    board="state",
    calendar="planned_on",
    day="planned_on",
    files=True,
    menu=MENU,
    icon="calendar-event",
    found_by="customer_id",
    check=checks.check_appointment,
    guard=checks.guard_appointment,
    afterwards=appointments.after_appointment,
    criteria=reach.of_own_commissions(Appointment),
    responsible=_taken_part_in_by,
    facts=(
        Fact(Field("booked_ahead", _("Booked ahead"), kind="yes_no"), appointments.is_booked_ahead),
        Fact(Field("is_ahead", _("Still to come"), kind="yes_no"), appointments.is_ahead),
        Fact(Field("clashes_with", _("At the same time")), appointments.clashes_with),
    ),
)

ENTITIES = (APPOINTMENTS,)
