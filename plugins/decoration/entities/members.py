"""Members of the firm, and what is done for their membership (DEC-E16)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.checks import members as checks
from plugins.decoration.models.customers import Member, MemberCare
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.workflows.members import MEMBERS as MOVES

MENU = _("Customers")

MEMBERS = Entity(
    id=c.MEMBER,
    model=Member,
    label=_("Member"),
    label_plural=_("Members of the firm"),
    title="called",
    fields=(
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("called", _("Name of the member"), sought_as="name", readonly=True),
        Field("ground", _("Why a member"), help=_("What makes this a premium customer.")),
        state_field(MOVES, _("State of the membership"), filterable=True),
        Field("proposed_by", _("Proposed by"), target="core.person", readonly=True),
        Field("proposed_on", _("Proposed on"), readonly=True, required=False),
        Field("joined_on", _("Member since"), readonly=True, filterable=True),
        Field("decided_by", _("Decided by"), target="core.person", readonly=True),
        Field("cared_on", _("Last cared for on"), readonly=True),
        Field("ended_on", _("Membership ended on"), readonly=True),
        Field("ended_why", _("Why it ended"), readonly=True),
    ),
    list_columns=("customer_id", "ground", "state", "joined_on", "cared_on"),
    sections=(
        Section(_("Member"), ("customer_id", "ground", "state")),
        Section(
            _("Membership"),
            (
                "proposed_by",
                "proposed_on",
                "joined_on",
                "decided_by",
                "cared_on",
                "ended_on",
                "ended_why",
            ),
        ),
    ),
    search=("called",),
    order=("-id",),
    rights=("see", "add", "edit", "export"),
    extra_rights=(
        ("propose", _("Ask that a customer becomes a member")),
        ("admit", _("Decide on members")),
    ),
    related=(Related(c.MEMBER_CARE, "member_id"),),
    key_facts=("customer_id", "joined_on", "cared_on"),
    state="state",
    day="proposed_on",
    files=True,
    menu=MENU,
    icon="id-badge-2",
    natural_key=("customer_id",),
    check=checks.check_member,
    criteria=reach.of_own_customers(Member),
)

MEMBER_CARES = Entity(
    id=c.MEMBER_CARE,
    model=MemberCare,
    label=_("Care of a member"),
    label_plural=_("Care of members"),
    title="done_on",
    fields=(
        Field("member_id", _("Member"), target=c.MEMBER, filterable=True, only_new=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, readonly=True, required=False),
        Field("done_on", _("Done on"), default=today, filterable=True),
        Field("done_by", _("Done by"), target="core.person", readonly=True),
        Field("what", _("What was done")),
    ),
    list_columns=("done_on", "customer_id", "what", "done_by", "member_id"),
    order=("-done_on", "-id"),
    rights=("see", "add", "edit", "export"),
    day="done_on",
    in_menu=False,
    icon="heart-handshake",
    check=checks.check_care,
    afterwards=checks.after_care,
    criteria=reach.of_own_customers(MemberCare),
)

ENTITIES = (MEMBERS, MEMBER_CARES)
