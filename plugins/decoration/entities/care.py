"""News of the house, batches of care messages and the messages in them (DEC-E15)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.messages.kinds import CALL_LIST, SMS
from core.work.groups import today
from core.workflow.texts import lazy, state_field
from plugins.decoration import reach
from plugins.decoration.checks import care as checks
from plugins.decoration.entities.customers import CLASSES, PHASE_TONES
from plugins.decoration.models.care import CareBatch, CareMessage, HouseEvent
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.care import EVENT_KINDS
from plugins.decoration.rules.book.customers import PHASES
from plugins.decoration.workflows.care import APPROVE, BATCHES, HOUSE_EVENTS, MESSAGES

MENU = _("Care for customers")
PERSON = "core.person"
OCCASIONS = (
    (c.BIRTHDAY, _("Birthday")),
    (c.HOLIDAY, _("Holiday")),
    (c.VIP_NEWS, _("News for VIPs")),
    (c.HOUSE_NEWS, _("Event of the house")),
    (c.HEATING, _("Heating season")),
    (c.WEATHER, _("Weather")),
    (c.CAMPAIGN, _("Campaign")),
)
OCCASION_TONES = {c.VIP_NEWS: "warning", c.WEATHER: "danger", c.HEATING: "danger", c.BIRTHDAY: "success"}
CHANNELS = ((SMS, _("Short message")), (CALL_LIST, _("Call list")))


def _drafts() -> Sequence[ColumnElement[bool]]:
    """Messages that wait for their day."""
    return (CareMessage.state.in_((c.DRAFT, c.APPROVED)),)


HOUSE_EVENT = Entity(
    id=c.EVENT,
    model=HouseEvent,
    label=_("News or event"),
    label_plural=_("News and events"),
    title="title",
    fields=(
        Field("title", _("What it is"), sought_as="text"),
        Field(
            "kind",
            _("Kind of event"),
            choices=tuple((each, lazy(label)) for each, label in EVENT_KINDS),
            filterable=True,
        ),
        Field("held_on", _("Day of the event"), filterable=True),
        Field("place", _("Place")),
        Field("details", _("Details")),
        Field("takes_part", _("The department takes part"), readonly=True, filterable=True),
        state_field(HOUSE_EVENTS, _("Who has been told"), filterable=True),
        Field("vips_told_on", _("VIPs told on"), readonly=True),
        Field("all_told_on", _("All told on"), readonly=True),
    ),
    list_columns=("title", "kind", "held_on", "takes_part", "state", "vips_told_on"),
    search=("title",),
    order=("-held_on", "-id"),
    rights=("see", "add", "edit"),
    related=(Related(c.BATCH, "event_id"),),
    key_facts=("kind", "held_on", "vips_told_on"),
    state="state",
    board="state",
    calendar="held_on",
    day="held_on",
    files=True,
    menu=MENU,
    icon="confetti",
    check=checks.check_event,
    afterwards=checks.after_event,
)

BATCH = Entity(
    id=c.BATCH,
    model=CareBatch,
    label=_("Batch of care messages"),
    label_plural=_("Batches of care messages"),
    title="title",
    fields=(
        Field("title", _("What it is about"), sought_as="text"),
        Field(
            "occasion",
            _("Occasion"),
            choices=OCCASIONS,
            tones=OCCASION_TONES,
            filterable=True,
            only_new=True,
            help=_("Birthdays and events come by themselves; begin campaigns and warnings here."),
        ),
        Field("event_id", _("News or event"), target=c.EVENT, readonly=True, filterable=True),
        Field("due_on", _("To be sent on"), default=today, filterable=True),
        Field(
            "channel",
            _("Preferred way"),
            choices=CHANNELS,
            help=_("Left empty, by short message, and by telephone where that does not go."),
        ),
        Field(
            "text",
            _("Words"),
            help=_(
                "Left empty, the script of the occasion. %(name)s is the customer, %(about)s what it is about."
            ),
        ),
        Field("to_class", _("Only customers of the class"), choices=CLASSES, only_new=True),
        Field(
            "to_phase",
            _("Only customers in the phase"),
            choices=tuple((each, lazy(label)) for each, label in PHASES),
            tones=PHASE_TONES,
            only_new=True,
        ),
        Field("to_category", _("Only files of the category"), only_new=True),
        state_field(BATCHES, _("State of the batch"), filterable=True),
        Field("approved_on", _("Approved on"), readonly=True),
        Field("approved_by", _("Approved by"), target=PERSON, readonly=True),
        Field("sent_on", _("All sent on"), readonly=True),
    ),
    list_columns=("title", "occasion", "due_on", "state", "approved_by", "sent_on"),
    search=("title",),
    sections=(
        Section(_("Batch of care messages"), ("title", "occasion", "event_id", "due_on", "state")),
        Section(_("Words"), ("text", "channel")),
        Section(_("Audience"), ("to_class", "to_phase", "to_category")),
        Section(_("Approval"), ("approved_on", "approved_by", "sent_on")),
    ),
    order=("-due_on", "-id"),
    rights=("see", "add"),
    extra_rights=((APPROVE, _("Word, approve and send care messages")),),
    related=(Related(c.MESSAGE, "batch_id"),),
    actions=(
        Action("scripts", _("Print the scripts"), "CareView.scripts", "see", icon="printer", on_list=True),
    ),
    key_facts=("occasion", "due_on", "approved_by"),
    state="state",
    board="state",
    calendar="due_on",
    menu=MENU,
    icon="messages",
    check=checks.check_batch,
    afterwards=checks.after_batch,
)

MESSAGE = Entity(
    id=c.MESSAGE,
    model=CareMessage,
    label=_("Care message"),
    label_plural=_("Care messages"),
    title="name",
    fields=(
        Field("batch_id", _("Batch of care messages"), target=c.BATCH, readonly=True, filterable=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, readonly=True, filterable=True),
        Field(
            "occasion", _("Occasion"), choices=OCCASIONS, tones=OCCASION_TONES, readonly=True, filterable=True
        ),
        Field("name", _("Whom it goes to"), readonly=True, sought_as="name"),
        Field("contact_id", _("Family member"), target=n.CONTACT, readonly=True),
        Field("about", _("What it is about"), readonly=True),
        Field("phone", _("Phone"), mask="phone", readonly=True, dial=True),
        Field("channel", _("Preferred way"), choices=CHANNELS, readonly=True),
        Field("text", _("Words"), readonly=True),
        Field("worded", _("Worded for this one"), readonly=True),
        Field("due_on", _("To be sent on"), readonly=True, filterable=True),
        state_field(MESSAGES, _("State of the message"), filterable=True),
    ),
    list_columns=("name", "occasion", "text", "due_on", "state", "customer_id"),
    search=("name",),
    order=("-due_on", "-id"),
    rights=("see",),
    extra_rights=((APPROVE, _("Word, approve and send care messages")),),
    due=(Due(c.MESSAGE, "due_on", _drafts),),
    key_facts=("customer_id", "occasion", "due_on"),
    state="state",
    calendar="due_on",
    menu=MENU,
    icon="message-heart",
    criteria=reach.of_own_customers(CareMessage),
)

ENTITIES = (HOUSE_EVENT, BATCH, MESSAGE)
