"""Customers, those who belong to them, and their houses."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import lazy, state_field
from plugins.decoration import reach
from plugins.decoration.checks import customers as checks
from plugins.decoration.duplicates import alike
from plugins.decoration.entities import files, members
from plugins.decoration.entities.appointments import to_come
from plugins.decoration.entities.fees import unpaid
from plugins.decoration.models.customers import Contact, Customer, House
from plugins.decoration.panels.customers import chain_panel, doubles_panel, leads_on_panel
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book.customers import PHASES
from plugins.decoration.rules.names_care import MESSAGE, VIP_ARCHIVE
from plugins.decoration.rules.names_complaints import COMPLAINT, REPAIR, REPAIR_FILE
from plugins.decoration.workflows.customers import PROSPECTS

MENU = _("Customers")
SOURCES = (
    (n.FIELD_SALES, _("Field sales")),
    (n.STORE, _("Store")),
    (n.REFERRAL, _("Recommended by a customer")),
    (n.OTHER, _("Other source")),
)
CLASSES = ((n.ORDINARY, _("Ordinary customer")), (n.VIP, _("VIP")), (n.KEY, _("Key account")))
CLASS_TONES = {n.ORDINARY: "neutral", n.VIP: "warning", n.KEY: "info"}
PHASE_TONES = {n.PRE_SALE: "info", n.IN_SALE: "warning", n.AFTER_SALE: "success", n.VIP_PHASE: "neutral"}
RELATIONS = (
    ("spouse", _("Spouse")),
    ("child", _("Child")),
    ("parent", _("Father or mother")),
    ("relative", _("Other relative")),
    ("agent", _("Acts for the customer")),
    ("self", _("The customer, under another number")),
)


def _to_call() -> Sequence[ColumnElement[bool]]:
    """Prospects who wait for a call."""
    return (Customer.call_back_on.is_not(None), Customer.state.in_(n.UNDECIDED))


def _in_hands_of(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [
        (Customer.designer_id == person_id)
        | (Customer.consultant_id == person_id)
        | (Customer.keeper_id == person_id)
    ]


CUSTOMERS = Entity(
    id=n.CUSTOMER,
    model=Customer,
    label=_("Customer"),
    label_plural=_("Customers"),
    title="name",
    fields=(
        Field(
            "number",
            _("Customer number"),
            sought_as="number",
            pattern=r"^[0-9A-Za-z-]*$",
            help=_("Left empty, the next number is given."),
            required=False,
            only_new=True,
        ),
        Field("name", _("Customer"), sought_as="name"),
        Field("phone", _("Phone"), mask="phone", dial=True),
        Field("second_phone", _("Second phone"), mask="phone", dial=True),
        Field("address", _("Address")),
        Field("birthday", _("Birthday")),
        Field("lunar_birthday", _("Birthday by the lunar calendar")),
        Field("source", _("Source of the customer"), choices=SOURCES, filterable=True),
        Field(
            "store_source",
            _("Source at the store"),
            help=_("Who came to the store: what brought them there."),
        ),
        Field("referred_by_id", _("Recommended by"), target=n.CUSTOMER),
        Field("intent", _("Shows intent"), filterable=True),
        Field("needs_designer", _("Needs a designer"), filterable=True),
        Field("needs", _("Needs and ideas")),
        Field(
            "customer_class",
            _("Class of customer"),
            choices=CLASSES,
            tones=CLASS_TONES,
            filterable=True,
            readonly=True,
        ),
        Field(
            "phase",
            _("Phase of service"),
            choices=tuple((each, lazy(label)) for each, label in PHASES),
            tones=PHASE_TONES,
            filterable=True,
        ),
        Field("data_category", _("Category of the file"), filterable=True),
        Field("call_back_on", _("Call back on"), filterable=True, inline=True),
        Field("call_result", _("Result of the last call")),
        state_field(PROSPECTS, _("State of the prospect"), filterable=True),
        Field("deposit_on", _("Deposit received on"), readonly=True, filterable=True),
        Field("deposit_amount", _("Deposit received"), readonly=True),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("lost_why", _("Lost because"), readonly=True),
        Field("designer_id", _("Designer"), target="core.person", filterable=True),
        Field("consultant_id", _("Home consultant"), target="core.person", filterable=True),
        Field("keeper_id", _("Dedicated custodian"), target="core.person", readonly=True),
        Field(
            "impression",
            _("Overall impression"),
            help=_("What the customer thinks of the firm and the designer."),
        ),
        Field("filed_on", _("File opened on"), default=today, filterable=True, only_new=True),
        Field("filed_by", _("File opened by"), target="core.person", readonly=True),
        Field("archive_place", _("Where the file is kept")),
        Field("merged_into_id", _("Merged into"), target=n.CUSTOMER, readonly=True, filterable=True),
    ),
    list_columns=("number", "name", "phone", "phase", "state", "customer_class", "call_back_on"),
    search=("number", "name", "phone", "second_phone", "address"),
    sections=(
        Section(
            _("Customer"),
            ("number", "name", "phone", "second_phone", "address", "birthday", "lunar_birthday"),
        ),
        Section(
            _("Needs and source"),
            ("source", "store_source", "referred_by_id", "intent", "needs_designer", "needs"),
        ),
        Section(
            _("Service"),
            (
                "phase",
                "customer_class",
                "call_back_on",
                "call_result",
                "designer_id",
                "consultant_id",
                "impression",
            ),
        ),
        Section(_("Contract"), ("state", "deposit_on", "deposit_amount", "decided_on", "lost_why")),
        Section(
            _("Customer file"),
            (
                "data_category",
                "filed_on",
                "filed_by",
                "archive_place",
                "keeper_id",
                "merged_into_id",
            ),
        ),
    ),
    order=("-filed_on", "-id"),
    rights=("see", "add", "edit", "export", "import", "print"),
    extra_rights=(
        (reach.ALL, _("See all customers")),
        (reach.SITES, _("See the customers of all sites")),
        (reach.VIPS, _("See all VIPs and key accounts")),
        ("decide", _("Register deposits, and whether the contract was signed")),
    ),
    related=(
        Related(n.HOUSE, "customer_id"),
        Related(n.CONTACT, "customer_id"),
        Related(n.COMMISSION, "customer_id"),
        Related(d.APPOINTMENT, "customer_id"),
        Related(d.FEE, "customer_id"),
        Related(n.SITE, "customer_id"),
        Related(c.MEMBER, "customer_id"),
        Related(COMPLAINT, "customer_id"),
        Related(REPAIR_FILE, "customer_id"),
        Related(REPAIR, "customer_id"),
        Related(VIP_ARCHIVE, "customer_id"),
        Related(MESSAGE, "customer_id"),
        Related(n.CUSTOMER, "referred_by_id", _("Recommended customers")),
        Related(n.CUSTOMER, "merged_into_id", _("Files that were merged into this one")),
    ),
    due=(
        Due(n.CUSTOMER, "call_back_on", _to_call),
        Due(d.APPOINTMENT, "planned_on", to_come, via="customer_id"),
        Due(d.FEE, "opened_on", unpaid, via="customer_id"),
    ),
    actions=(
        Action("card", _("Print the record card"), "DecorationCustomerPapers.card", "print", icon="printer"),
    ),
    panels=(leads_on_panel, doubles_panel, chain_panel),
    key_facts=("phase", "phone", "designer_id"),
    state="state",
    board="phase",
    calendar="call_back_on",
    day="filed_on",
    story=True,
    files=True,
    menu=MENU,
    icon="users",
    importable=True,
    natural_key=("number",),
    check=checks.check_customer,
    guard=checks.guard_customer,
    afterwards=checks.after_customer,
    sheet_stored=checks.sheet_stored,
    alike=alike,
    alike_by=("name", "phone", "second_phone"),
    criteria=reach.own_customers,
    responsible=_in_hands_of,
)

CONTACTS = Entity(
    id=n.CONTACT,
    model=Contact,
    label=_("Contact or family member"),
    label_plural=_("Contacts and family"),
    title="name",
    fields=(
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("name", _("Name of the contact"), sought_as="name"),
        Field("relation", _("Relation to the customer"), choices=RELATIONS, filterable=True),
        Field("phone", _("Phone"), mask="phone", dial=True),
        Field("birthday", _("Birthday")),
        Field("lunar_birthday", _("Birthday by the lunar calendar")),
    ),
    list_columns=("name", "relation", "phone", "birthday", "customer_id"),
    search=("name", "phone"),
    order=("id",),
    rights=("see", "add", "edit", "delete", "export", "import"),
    menu=MENU,
    icon="users-group",
    importable=True,
    afterwards=checks.after_contact,
    criteria=reach.of_own_customers(Contact),
)

HOUSES = Entity(
    id=n.HOUSE,
    model=House,
    label=_("House"),
    label_plural=_("Houses"),
    title="address",
    fields=(
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("address", _("Address")),
        Field("area", _("Area"), unit=_("m²")),
        Field("layout", _("Layout")),
        Field("remark", _("Remark on the house")),
    ),
    list_columns=("address", "area", "layout", "customer_id"),
    search=("address",),
    order=("address",),
    rights=("see", "add", "edit", "export", "import"),
    related=(Related(n.COMMISSION, "house_id"), Related(n.SITE, "house_id")),
    key_facts=("customer_id", "area"),
    files=True,
    menu=MENU,
    icon="home",
    importable=True,
    check=checks.check_house,
    criteria=reach.of_own_customers(House),
)

ENTITIES = (CUSTOMERS, CONTACTS, HOUSES, *members.ENTITIES, *files.ENTITIES)
