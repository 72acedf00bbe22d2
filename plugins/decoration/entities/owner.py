"""Links to the pages of customers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field, Section
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.models.owner import OwnerLink
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_owner as o
from plugins.decoration.workflows.owner import LINKS as MOVES

LANGUAGES = (("zh", _("Chinese")), ("en", _("English")))
PERSON = "core.person"

LINKS = Entity(
    id=o.OWNER_LINK,
    model=OwnerLink,
    label=_("Link to a customer's page"),
    label_plural=_("Links to customers' pages"),
    title="customer_id",
    fields=(
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, readonly=True),
        Field("site_id", _("Construction site"), target=n.SITE, filterable=True, readonly=True),
        Field("commission_id", _("Design commission"), target=n.COMMISSION, readonly=True),
        Field("contact", _("Whom the customer calls"), readonly=True),
        Field("contact_phone", _("At which number"), readonly=True),
        Field("locale", _("Language of the page"), choices=LANGUAGES, readonly=True),
        state_field(MOVES, _("State"), filterable=True),
        Field("ends_on", _("Good until"), readonly=True, filterable=True),
        Field("page", _("Address of the page"), kind="text", value=lambda _row: o.KNOWN_TO_CUSTOMER),
        Field("made_by", _("Link made by"), target=PERSON, readonly=True),
        Field("made_at", _("Link made at"), readonly=True),
        Field("opened_at", _("Opened last at"), readonly=True),
        Field("revoked_on", _("Taken back on"), readonly=True),
        Field("revoked_by", _("Taken back by"), target=PERSON, readonly=True),
    ),
    list_columns=("customer_id", "site_id", "state", "ends_on", "made_by", "made_at", "opened_at"),
    sections=(
        Section(
            _("Link to a customer's page"), ("customer_id", "site_id", "commission_id", "state", "ends_on")
        ),
        Section(_("What the page says"), ("contact", "contact_phone", "locale")),
        Section(_("Use of the link"), ("made_by", "made_at", "opened_at", "revoked_on", "revoked_by")),
    ),
    order=("-id",),
    rights=("see", "export"),
    extra_rights=(("revoke", _("Take links of customers back")),),
    state="state",
    menu=_("Construction"),
    icon="link",
    criteria=reach.of_own_customers(OwnerLink),
)

ENTITIES = (LINKS,)
