"""How an appointment with a customer moves: asked for, invited, confirmed, held; or missed, put off, called off."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book import design as book
from plugins.decoration.rules.meetings import has_begun, is_recorded, moves_on

AGREED = (d.INVITED, d.CONFIRMED)

APPOINTMENTS = Workflow(
    entity=d.APPOINTMENT,
    field="state",
    initial=d.ASKED,
    states=(
        State(d.ASKED, N_("Customer to be booked"), "warning"),
        State(d.INVITED, N_("Customer invited"), "info"),
        State(d.CONFIRMED, N_("Confirmed by the customer"), "success"),
        State(d.HELD, N_("Appointment held"), "success"),
        State(d.MISSED, N_("Appointment missed"), "danger"),
        State(d.MOVED, N_("Appointment put off"), "neutral"),
        State(d.CALLED_OFF, N_("Appointment called off"), "neutral"),
    ),
    transitions=(
        Transition(
            id=d.INVITE,
            label=N_("Invite the customer"),
            source=(d.ASKED,),
            to=d.INVITED,
            right="invite",
            fields=("invited_through",),
            asks=("place",),
            guards=(book.REVIEW_ANNOUNCED.id,),
            clause=book.BOOKED,
            within=book.BOOK_BY.id,
            by="invited_by",
            on="invited_on",
            icon="phone-outgoing",
            primary=True,
        ),
        Transition(
            id=d.CONFIRM,
            label=N_("The customer confirms"),
            source=(d.ASKED, d.INVITED),
            to=d.CONFIRMED,
            right="confirm",
            fields=("confirmed_how",),
            clause=book.BOOKED,
            on="confirmed_at",
            icon="check",
            primary=True,
        ),
        Transition(
            id=d.HOLD,
            label=N_("The appointment was held"),
            source=AGREED,
            to=d.HELD,
            right="hold",
            asks=("record",),
            guards=(has_begun, is_recorded, book.REVIEW_RECORDED.id),
            clause=book.REVIEWED,
            on="held_on",
            icon="users",
            primary=True,
            many=False,
        ),
        Transition(
            id=d.MISS,
            label=N_("The appointment was missed"),
            source=AGREED,
            to=d.MISSED,
            right="hold",
            fields=("missed_why",),
            guards=(has_begun,),
            icon="user-x",
        ),
        Transition(
            id=d.PUT_OFF,
            label=N_("Put the appointment off"),
            source=d.AHEAD,
            to=d.MOVED,
            right="confirm",
            fields=("new_on", "new_starts"),
            guards=(moves_on,),
            icon="calendar-plus",
            many=False,
        ),
        Transition(
            id=d.CALL_OFF,
            label=N_("Call the appointment off"),
            source=d.AHEAD,
            to=d.CALLED_OFF,
            right="confirm",
            icon="x",
            danger=True,
            confirm=N_("Is this appointment called off, without another one?"),
        ),
    ),
)
