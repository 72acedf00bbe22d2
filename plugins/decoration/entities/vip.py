"""VIP archives and what belongs to them; the channels for VIPs and the manager's days in their area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Entity, Fact, Field, Related, Section
from core.people.access import current_user_id, may
from core.work.groups import today
from core.workflow.texts import lazy, state_field
from plugins.decoration.checks import vip as checks
from plugins.decoration.models.vip import AreaVisit, Purchase, Reception, VipArchive, VipChannel, VipReview
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.vip import KINDS
from plugins.decoration.workflows.vip import GRANT, RECEPTIONS, REVIEW, VIP_ARCHIVES

MENU = _("VIP service")
READ_ALL = "see-all"
"""The right to read every archive; whoever has it not reads those that they keep."""
PERSON = "core.person"
VIPS = ((n.VIP, _("VIP")), (n.KEY, _("Key account")))


def read_archives() -> Sequence[ColumnElement[bool]]:
    """What narrows archives to those that the reader may know of (DEC-R20)."""
    return () if may(c.VIP_ARCHIVE, READ_ALL) else (VipArchive.keeper_id == current_user_id(),)


def of_read_archives(model: Any) -> Callable[[], Sequence[ColumnElement[bool]]]:
    """The same for rows of `model`, which belong to the archive in `archive_id`."""

    def criteria() -> Sequence[ColumnElement[bool]]:
        narrowed = read_archives()
        return (model.archive_id.in_(select(VipArchive.id).where(*narrowed)),) if narrowed else ()

    return criteria


def _kept_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [VipArchive.keeper_id == person_id]


ARCHIVES = Entity(
    id=c.VIP_ARCHIVE,
    model=VipArchive,
    label=_("VIP archive"),
    label_plural=_("VIP archives"),
    title="number",
    fields=(
        Field("number", _("Archive number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("customer_class", _("Class of customer"), choices=VIPS, filterable=True, only_new=True),
        Field(
            "ground",
            _("Ground of the decision"),
            mask="all",
            help=_("Why this customer is a VIP or a key account."),
        ),
        Field("keeper_id", _("Dedicated custodian"), target=PERSON, filterable=True),
        Field("handed_over_why", _("Handed over because"), readonly=True),
        Field("original_place", _("Where the original papers are"), mask="all"),
        Field("developments", _("Latest developments"), mask="all"),
        state_field(VIP_ARCHIVES, _("State of the archive"), filterable=True),
        Field("granted_on", _("Decided on"), readonly=True),
        Field("granted_by", _("Decided by"), target=PERSON, readonly=True),
        Field("opened_on", _("Archive opened on"), readonly=True, filterable=True),
        Field("last_reviewed_on", _("Last reviewed on"), readonly=True, filterable=True),
        Field("ended_on", _("Ended on"), readonly=True),
        Field("end_why", _("Ended because"), readonly=True),
    ),
    list_columns=("number", "customer_id", "customer_class", "state", "keeper_id", "last_reviewed_on"),
    search=("number",),
    sections=(
        Section(_("VIP archive"), ("number", "customer_id", "customer_class", "ground", "state")),
        Section(_("Custody"), ("keeper_id", "handed_over_why", "original_place")),
        Section(_("Developments"), ("last_reviewed_on", "developments")),
        Section(_("Decision"), ("granted_on", "granted_by", "opened_on", "ended_on", "end_why")),
    ),
    order=("customer_class", "number"),
    rights=("see", "add", "edit", "export"),
    extra_rights=(
        (READ_ALL, _("Read all VIP archives")),
        (GRANT, _("Decide who is a VIP")),
        (REVIEW, _("Review VIP archives")),
    ),
    related=(
        Related(c.VIP_REVIEW, "archive_id"),
        Related(c.RECEPTION, "archive_id"),
        Related(c.PURCHASE, "archive_id"),
    ),
    key_facts=("customer_id", "keeper_id", "last_reviewed_on"),
    state="state",
    board="state",
    files=True,
    menu=MENU,
    icon="crown",
    natural_key=("number",),
    check=checks.check_archive,
    afterwards=checks.after_archive,
    facts=(Fact(Field("file_count", _("Files"), kind="integer"), checks.count_files),),
    criteria=read_archives,
    responsible=_kept_by,
)

REVIEWS = Entity(
    id=c.VIP_REVIEW,
    model=VipReview,
    label=_("Review of a VIP archive"),
    label_plural=_("Reviews of VIP archives"),
    title="reviewed_on",
    fields=(
        Field("archive_id", _("VIP archive"), target=c.VIP_ARCHIVE, filterable=True, only_new=True),
        Field("reviewed_on", _("Reviewed on"), default=today, filterable=True),
        Field("reviewed_by", _("Reviewed by"), target=PERSON, readonly=True),
        Field("developments", _("Latest developments"), mask="all"),
    ),
    list_columns=("archive_id", "reviewed_on", "reviewed_by", "developments"),
    order=("-reviewed_on", "-id"),
    rights=("see", "add"),
    calendar="reviewed_on",
    day="reviewed_on",
    menu=MENU,
    icon="eye-check",
    check=checks.check_review,
    afterwards=checks.after_review,
    criteria=of_read_archives(VipReview),
)

VISITS = Entity(
    id=c.RECEPTION,
    model=Reception,
    label=_("Visit of a VIP"),
    label_plural=_("Visits of VIPs"),
    title="topic",
    fields=(
        Field("archive_id", _("VIP archive"), target=c.VIP_ARCHIVE, filterable=True, only_new=True),
        Field("received_on", _("Customer received on"), default=today, filterable=True),
        Field("received_by", _("Received by"), target=PERSON, required=False),
        Field("topic", _("What it was about"), mask="all"),
        Field("course", _("What was done for the customer"), mask="all"),
        Field("summary", _("Summary for the manager"), mask="all"),
        state_field(RECEPTIONS, _("State of the visit"), filterable=True),
        Field("summed_up_on", _("Summary handed in on"), readonly=True),
        Field("for_manager", _("The manager asks personally"), readonly=True),
        Field("contacted_on", _("Asked personally on"), readonly=True),
        Field("contacted_by", _("Asked by"), target=PERSON, readonly=True),
        Field("outcome", _("What the customer said"), mask="all", readonly=True),
    ),
    list_columns=("archive_id", "topic", "received_on", "received_by", "state"),
    sections=(
        Section(
            _("Visit of a VIP"), ("archive_id", "received_on", "received_by", "topic", "course", "state")
        ),
        Section(_("Summary"), ("summary", "summed_up_on", "for_manager")),
        Section(_("Asked personally"), ("contacted_on", "contacted_by", "outcome")),
    ),
    order=("-received_on", "-id"),
    rights=("see", "add", "edit"),
    extra_rights=(("contact", _("Ask VIPs personally")),),
    actions=(
        Action(
            "call",
            _("Call"),
            "DecorationCalls.visit",
            "contact",
            icon="phone",
            primary=True,
            shown=lambda record: record.state == c.SUMMED_UP and record.for_manager,
        ),
    ),
    key_facts=("archive_id", "received_on", "received_by"),
    state="state",
    board="state",
    calendar="received_on",
    day="received_on",
    files=True,
    menu=MENU,
    icon="door-enter",
    check=checks.check_reception,
    afterwards=checks.after_reception,
    criteria=of_read_archives(Reception),
)

PURCHASES = Entity(
    id=c.PURCHASE,
    model=Purchase,
    label=_("Purchase of a VIP"),
    label_plural=_("Purchases of VIPs"),
    title="what",
    fields=(
        Field("archive_id", _("VIP archive"), target=c.VIP_ARCHIVE, filterable=True, only_new=True),
        Field("bought_on", _("Bought on"), default=today, filterable=True),
        Field("what", _("What is bought"), mask="all"),
        Field("price", _("Price"), mask="all"),
        Field("benefit", _("Price benefit"), mask="all", readonly=True),
    ),
    list_columns=("archive_id", "what", "bought_on", "price", "benefit"),
    order=("-bought_on", "-id"),
    rights=("see", "add", "edit"),
    day="bought_on",
    menu=MENU,
    icon="discount",
    check=checks.check_purchase,
    afterwards=checks.after_purchase,
    criteria=of_read_archives(Purchase),
)

CHANNELS = Entity(
    id=c.CHANNEL,
    model=VipChannel,
    label=_("Channel for VIPs"),
    label_plural=_("Channels for VIPs"),
    title="kind",
    fields=(
        Field("kind", _("Kind of channel"), choices=tuple((each, lazy(label)) for each, label in KINDS)),
        Field("place", _("Number or place")),
        Field("person_id", _("Who answers there"), target=PERSON),
        Field("closed_on", _("Channel closed on")),
    ),
    list_columns=("kind", "place", "person_id", "closed_on"),
    order=("kind", "id"),
    rights=("see", "add", "edit", "delete"),
    menu=MENU,
    icon="phone-call",
)

AREA_VISITS = Entity(
    id=c.AREA_VISIT,
    model=AreaVisit,
    label=_("Day in the VIP area"),
    label_plural=_("Days in the VIP area"),
    title="visited_on",
    fields=(
        Field("visited_on", _("Day of the visit"), default=today, filterable=True),
        Field("visited_by", _("Who was there"), target=PERSON, readonly=True),
        Field("received", _("Customers received")),
        Field("needs", _("Needs of customers")),
        Field("shortcomings", _("Shortcomings")),
    ),
    list_columns=("visited_on", "visited_by", "received", "needs", "shortcomings"),
    order=("-visited_on", "-id"),
    rights=("see", "add", "edit"),
    calendar="visited_on",
    day="visited_on",
    menu=MENU,
    icon="armchair",
    check=checks.check_area_visit,
)

ENTITIES = (ARCHIVES, VISITS, REVIEWS, PURCHASES, CHANNELS, AREA_VISITS)
