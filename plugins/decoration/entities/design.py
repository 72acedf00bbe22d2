"""Design commissions; with them appointments and fees."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Fact, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import appointments, fees, reach
from plugins.decoration.checks import design as checks
from plugins.decoration.entities.appointments import ENTITIES as APPOINTMENTS
from plugins.decoration.entities.appointments import MENU, to_come
from plugins.decoration.entities.fees import ENTITIES as FEES
from plugins.decoration.entities.fees import unpaid
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.names_owner import LINK, OWNER_LINK
from plugins.decoration.workflows.design import COMMISSIONS as MOVES

SIGNINGS = (
    (n.PENDING, _("Not signed yet")),
    (n.SIGNED, _("Contract signed")),
    (n.LOST, _("Lost to others")),
)
SIGNING_TONES = {n.PENDING: "warning", n.SIGNED: "success", n.LOST: "neutral"}


def _designed_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [Commission.designer_id == person_id]


COMMISSIONS = Entity(
    id=n.COMMISSION,
    model=Commission,
    label=_("Design commission"),
    label_plural=_("Design commissions"),
    title="number",
    fields=(
        Field("number", _("Commission number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("house_id", _("House"), target=n.HOUSE),
        Field("entrusted_on", _("Entrusted on"), default=today, filterable=True),
        Field("designer_id", _("Designer"), target="core.person", filterable=True),
        state_field(MOVES, _("Stage of the design"), filterable=True),
        Field("signing", _("Contract"), choices=SIGNINGS, tones=SIGNING_TONES, filterable=True),
        Field("draft_on", _("Initial draft confirmed on"), readonly=True),
        Field("deposit_on", _("Design deposit paid on"), readonly=True),
        Field("fee_on", _("Design fee paid on"), readonly=True),
        Field("fixed_on", _("Plan fixed on"), readonly=True),
        Field("handed_over_on", _("Handed over on"), readonly=True),
        Field("entry_on", _("Entry to the site on")),
        Field("ended_on", _("Ended on"), readonly=True),
    ),
    list_columns=("number", "customer_id", "house_id", "designer_id", "state", "signing", "entrusted_on"),
    search=("number",),
    sections=(
        Section(
            _("Design commission"),
            ("number", "customer_id", "house_id", "entrusted_on", "designer_id", "state", "signing"),
        ),
        Section(
            _("Dates of the design"),
            ("draft_on", "deposit_on", "fee_on", "fixed_on", "entry_on", "handed_over_on", "ended_on"),
        ),
    ),
    order=("-entrusted_on", "-id"),
    rights=("see", "add", "edit", "export"),
    extra_rights=(("move", _("Move the design on")), (LINK, _("Give customers their page"))),
    actions=(
        Action("owner-link", _("Give the customer a page"), "OwnerLinks.of_commission", LINK, icon="link"),
    ),
    related=(
        Related(d.APPOINTMENT, "commission_id"),
        Related(d.FEE, "commission_id"),
        Related(n.SITE, "commission_id"),
        Related(OWNER_LINK, "commission_id"),
    ),
    due=(
        Due(d.APPOINTMENT, "planned_on", to_come, via="commission_id"),
        Due(d.FEE, "opened_on", unpaid, via="commission_id"),
    ),
    key_facts=("customer_id", "designer_id", "entrusted_on"),
    state="state",
    board="state",
    calendar="entrusted_on",
    day="entrusted_on",
    files=True,
    menu=MENU,
    icon="ruler",
    natural_key=("number",),
    check=checks.check_commission,
    afterwards=fees.after_commission,
    criteria=reach.own_commissions,
    responsible=_designed_by,
    facts=(
        Fact(Field("meetings_held", _("Meetings held")), appointments.meetings_held),
        Fact(
            Field("review_held", _("Rendering reviewed with the customer"), kind="yes_no"),
            appointments.review_held,
        ),
    ),
)

ENTITIES = (COMMISSIONS, *APPOINTMENTS, *FEES)
