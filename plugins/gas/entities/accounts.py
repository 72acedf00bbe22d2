"""Accounts, households, meters and routes."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from plugins.gas import models, owing
from plugins.gas.entities import checks, choices
from plugins.gas.panels import owed_panel, still_owed


def _on_route_of(person_id: int) -> Sequence[ColumnElement[bool]]:
    """Accounts on the routes that a person reads."""
    return [models.Account.route_id.in_(select(models.Route.id).where(*_read_by(person_id)))]


def _metered_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    accounts = select(models.Account.id).where(*_on_route_of(person_id))
    return [models.Meter.account_id.in_(accounts)]


def _read_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [models.Route.reader_id == person_id]


ACCOUNT = Entity(
    id="gas.account",
    model=models.Account,
    label=_("Account"),
    label_plural=_("Accounts"),
    title="number",
    fields=(
        Field(
            "number",
            _("Account number"),
            sought_as="number",
            pattern=r"^[0-9A-Za-z-]+$",
            help=_("Digits, letters and hyphens."),
            only_new=True,
        ),
        Field("name", _("Customer")),
        Field("phone", _("Phone"), mask="phone", inline=True),
        Field("address", _("Address"), inline=True),
        Field("use_class", _("Class of use"), choices=choices.USE_CLASSES, filterable=True),
        Field("tariff_id", _("Tariff"), target="gas.tariff"),
        Field("route_id", _("Route"), target="gas.route", filterable=True),
        Field("read_order", _("Order on the route")),
        Field("opened_on", _("Opened on"), kind="date"),
        Field(
            "state", _("State"), choices=choices.ACCOUNT_STATES, tones=choices.ACCOUNT_TONES, filterable=True
        ),
        Field("hold_reason", _("Reason for the hold"), help=_("An account on hold is not billed. Say why.")),
        Field("pricing_year_month", _("Pricing year starts in month"), help=_("For tiers by reading year.")),
        Field("pricing_year_day", _("Pricing year starts on day"), help=_("For tiers by reading year.")),
    ),
    list_columns=("number", "name", "address", "use_class", "phone", "state"),
    search=("number", "name", "phone", "address"),
    sections=(
        Section(_("Customer"), ("number", "name", "phone", "address", "use_class")),
        Section(
            _("Billing"), ("tariff_id", "state", "hold_reason", "pricing_year_month", "pricing_year_day")
        ),
        Section(_("Meter reading"), ("route_id", "read_order", "opened_on")),
    ),
    order=("number",),
    rights=("see", "add", "edit", "export", "import"),
    extra_rights=(("collect", _("Take payments")), ("see-arrears", _("See arrears"))),
    related=(
        Related("gas.bill", "account_id"),
        Related("gas.payment", "account_id"),
        Related("gas.reading", "account_id"),
        Related("gas.meter", "account_id"),
        Related("gas.household", "account_id"),
        Related("gas.cut-off", "account_id"),
        Related("gas.hold", "account_id"),
        Related("gas.protection", "account_id"),
    ),
    actions=(
        Action("take-payment", _("Take payment"), "GasPayments.take", "collect", icon="cash", primary=True),
        Action(
            "arrears", _("Arrears list"), "GasArrears.list", "see-arrears", icon="alert-circle", on_list=True
        ),
    ),
    due=(Due("gas.bill", "due_on", owing.unpaid, via="account_id", note=still_owed, rests_on=("total",)),),
    panels=(owed_panel,),
    key_facts=("name", "address", "use_class"),
    state="state",
    board="state",
    files=True,
    menu=_("Customers"),
    icon="users",
    importable=True,
    natural_key=("number",),
    check=checks.check_account,
    responsible=_on_route_of,
)

HOUSEHOLD = Entity(
    id="gas.household",
    model=models.Household,
    label=_("Household"),
    label_plural=_("Households"),
    title="valid_from",
    fields=(
        Field("account_id", _("Account"), target="gas.account", filterable=True, only_new=True),
        Field("members", _("Members"), inline=True),
        Field(
            "extra_allowance",
            _("Extra allowance"),
            unit=_("m³"),
            help=_("Added to every tier bound; for a tariff by month, each month."),
        ),
        Field("valid_from", _("Valid from")),
        Field("valid_to", _("Valid to")),
        Field("evidence", _("Evidence"), help=_("Which document was shown.")),
    ),
    list_columns=("account_id", "members", "extra_allowance", "valid_from", "valid_to"),
    order=("-valid_from",),
    rights=("see", "add", "edit", "export", "import"),
    files=True,
    menu=_("Customers"),
    icon="home",
    importable=True,
    natural_key=("account_id", "valid_from"),
    check=checks.check_household,
)

METER = Entity(
    id="gas.meter",
    model=models.Meter,
    label=_("Meter"),
    label_plural=_("Meters"),
    title="number",
    fields=(
        Field(
            "number",
            _("Meter number"),
            sought_as="number",
            pattern=r"^[0-9A-Za-z-]+$",
            help=_("Digits, letters and hyphens."),
            only_new=True,
        ),
        Field("account_id", _("Account"), target="gas.account", filterable=True, only_new=True),
        Field("type", _("Meter type"), choices=choices.METER_TYPES, filterable=True),
        Field("digits", _("Digits of the dial"), help=_("How many digits the dial shows before the point.")),
        Field("inlet_side", _("Gas inlet side"), choices=choices.INLET_SIDES),
        Field("mounting", _("Mounting"), choices=choices.MOUNTINGS, filterable=True),
        Field("service_years", _("Service life in years")),
        Field("installed_on", _("Installed on")),
        Field("removed_on", _("Removed on")),
        Field("state", _("State"), choices=choices.METER_STATES, tones=choices.METER_TONES, filterable=True),
    ),
    list_columns=("number", "account_id", "type", "digits", "mounting", "installed_on", "state"),
    search=("number",),
    order=("number",),
    rights=("see", "add", "edit", "export", "import"),
    related=(Related("gas.reading", "meter_id"),),
    key_facts=("account_id", "type", "digits"),
    state="state",
    files=True,
    menu=_("Customers"),
    icon="gauge",
    importable=True,
    natural_key=("number",),
    check=checks.check_meter,
    responsible=_metered_by,
)

ROUTE = Entity(
    id="gas.route",
    model=models.Route,
    label=_("Reading route"),
    label_plural=_("Reading routes"),
    title="name",
    fields=(
        Field("code", _("Route code")),
        Field("name", _("Route name"), inline=True),
        Field("reader_id", _("Meter reader"), target="core.person", filterable=True),
    ),
    list_columns=("code", "name", "reader_id"),
    search=("code", "name"),
    order=("code",),
    rights=("see", "add", "edit", "export", "import"),
    related=(Related("gas.account", "route_id"),),
    menu=_("Meter reading"),
    icon="route",
    importable=True,
    natural_key=("code",),
    responsible=_read_by,
)

ENTITIES: tuple[Entity, ...] = (ACCOUNT, HOUSEHOLD, METER, ROUTE)
