"""Construction sites and crews."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Fact, Field, Related, Section
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.checks import construction as checks
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.names_owner import LINK, OWNER_LINK
from plugins.decoration.workflows.construction import SITES as MOVES
from plugins.decoration.works import facts, happenings, schedule

MENU = _("Construction")
STAGES = (
    (n.MATERIALS, _("First materials delivered")),
    (n.PLUMBING, _("Plumbing and electrics")),
    (n.CARPENTRY, _("Carpentry")),
    (n.MASONRY, _("Masonry and tiling")),
    (n.PAINTING, _("Painting")),
    (n.COMPLETION, _("Completion of the works")),
)


def _to_end() -> Sequence[ColumnElement[bool]]:
    """Sites that have to be ready by a day."""
    return (Site.planned_until.is_not(None), Site.state.in_((n.UNDER_WAY, n.PAUSED)))


def _inspected_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [Site.inspector_id == person_id]


SITES = Entity(
    id=n.SITE,
    model=Site,
    label=_("Construction site"),
    label_plural=_("Construction sites"),
    title="number",
    fields=(
        Field("number", _("Site number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("house_id", _("House"), target=n.HOUSE),
        Field("commission_id", _("Design commission"), target=n.COMMISSION),
        Field("crew_id", _("Crew"), target=n.CREW, filterable=True),
        Field("inspector_id", _("Site inspector"), target="core.person", filterable=True),
        state_field(MOVES, _("State of the site"), filterable=True),
        Field("stage", _("Stage of the works"), choices=STAGES, filterable=True, readonly=True),
        Field("planned_from", _("Planned from")),
        Field("planned_until", _("Planned until")),
        Field("started_on", _("Entered on"), readonly=True, filterable=True),
        Field("paused_on", _("Paused since"), readonly=True),
        Field("pause_reason", _("Why it is paused"), readonly=True),
        Field("completed_on", _("Completed on"), readonly=True, filterable=True),
        Field("settled_on", _("Settled on"), readonly=True),
        Field("mid_due_on", _("Mid-term payment due since"), readonly=True, filterable=True),
        Field("final_due_on", _("Final payment due since"), readonly=True, filterable=True),
    ),
    list_columns=(
        "number",
        "house_id",
        "customer_id",
        "state",
        "stage",
        "crew_id",
        "inspector_id",
        "started_on",
    ),
    search=("number",),
    sections=(
        Section(
            _("Construction site"),
            ("number", "customer_id", "house_id", "commission_id", "crew_id", "inspector_id"),
        ),
        Section(
            _("Works"),
            (
                "state",
                "stage",
                "planned_from",
                "planned_until",
                "started_on",
                "paused_on",
                "pause_reason",
                "completed_on",
                "settled_on",
            ),
        ),
        Section(_("Payments of the site"), ("mid_due_on", "final_due_on")),
    ),
    order=("-id",),
    rights=("see", "add", "edit", "export"),
    extra_rights=(("move", _("Move the works on")), (LINK, _("Give customers their page"))),
    actions=(
        Action("owner-link", _("Give the customer a page"), "OwnerLinks.of_site", LINK, icon="link"),
        Action("owner-photos", _("Photos for the customer"), "OwnerLinks.photos", LINK, icon="photo"),
    ),
    related=(
        Related(c.STAGE, "site_id"),
        Related(c.ACCEPTANCE, "site_id"),
        Related(c.CONTRACT, "site_id"),
        Related(c.INSTALMENT, "site_id"),
        Related(c.CHANGE_ORDER, "site_id"),
        Related(c.HANDOVER, "site_id"),
        Related(c.START_NOTICE, "site_id"),
        Related(c.COMPLETION_NOTICE, "site_id"),
        Related(c.SITE_CHECK, "site_id"),
        Related(c.PAUSE, "site_id"),
        Related(c.SETTLEMENT, "site_id"),
        Related(c.HANDBOOK, "site_id"),
        Related(c.RECORD_CARD, "site_id"),
        Related(c.SHOW_FLAT, "site_id"),
        Related(OWNER_LINK, "site_id"),
    ),
    due=(Due(n.SITE, "planned_until", _to_end),),
    key_facts=("customer_id", "stage", "inspector_id"),
    state="state",
    board="stage",
    schedule=schedule.of_sites,
    panels=(schedule.site_panel,),
    calendar="planned_until",
    files=True,
    menu=MENU,
    icon="crane",
    natural_key=("number",),
    check=checks.check_site,
    afterwards=happenings.after_site,
    facts=(
        Fact(Field("start_notice", _("Start notice received"), kind="yes_no"), facts.start_notice),
        Fact(Field("record_card_filed", _("Record card on file"), kind="yes_no"), facts.record_card_filed),
        Fact(Field("open_stages", _("Stages not accepted yet"), kind="integer"), facts.open_stages),
    ),
    criteria=reach.of_own_customers(Site),
    responsible=_inspected_by,
)

CREWS = Entity(
    id=n.CREW,
    model=Crew,
    label=_("Crew"),
    label_plural=_("Crews"),
    title="name",
    fields=(
        Field("name", _("Name of the crew"), sought_as="name"),
        Field("foreman", _("Foreman"), sought_as="name"),
        Field("phone", _("Phone"), mask="phone", dial=True),
        Field("left_on", _("No longer works for the firm since")),
    ),
    list_columns=("name", "foreman", "phone", "left_on"),
    search=("name", "foreman", "phone"),
    order=("name",),
    rights=("see", "add", "edit", "export", "import"),
    related=(Related(n.SITE, "crew_id"),),
    menu=MENU,
    icon="users-group",
    importable=True,
    natural_key=("name",),
)

ENTITIES = (SITES, CREWS)
