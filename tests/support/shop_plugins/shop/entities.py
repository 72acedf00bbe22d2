"""The shop's business objects."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Action, Entity, Field, Related, Section
from shop.models import Customer, Order, Receipt

MOST_VISITS = 99
OFTEN = N_("Nobody comes as often as that.")


def check_customer(customer: Customer) -> None:
    """A home has no credit above ten thousand."""
    if customer.kind == "home" and customer.credit > 10_000:
        raise UserError("A home has at most %(most)s of credit. Enter less.", most="10,000", field="credit")
    if customer.name == customer.number:
        raise UserError("Name and number are the same. Correct one.")


def count_visit(customer: Customer) -> None:
    """Somebody came by. UserError for whoever comes too often."""
    if customer.visits >= MOST_VISITS:
        raise UserError(OFTEN)
    customer.visits += 1


CUSTOMER = Entity(
    id="shop.customer",
    model=Customer,
    label=_("Shop customer"),
    label_plural=_("Shop customers"),
    title="name",
    fields=(
        Field("number", _("Shop number"), pattern=r"^[0-9A-Z-]+$", only_new=True),
        Field("name", _("Shop name")),
        Field(
            "kind", _("Sort"), choices=(("home", _("Household use")), ("firm", _("Firm"))), filterable=True
        ),
        Field("credit", _("Credit"), filterable=True, inline=True),
        Field("volume", _("Shop volume"), unit="m³"),
        Field("visits", _("Visits"), filterable=True),
        Field("steps", _("Steps")),
        Field("since", _("Customer since"), default=lambda: date(2026, 1, 2), filterable=True),
        Field("vip", _("Important"), filterable=True),
        Field("note", _("Shop note")),
        Field("referrer_id", _("Brought by"), target="shop.customer", filterable=True),
        Field("seen_at", _("Seen at"), readonly=True, filterable=True),
        Field("extra", _("More"), readonly=True),
        Field(
            "shout",
            _("Shout"),
            readonly=True,
            value=lambda customer: customer.name + "!",
            made_of=("name",),
        ),
    ),
    list_columns=("number", "name", "kind", "credit", "vip", "referrer_id"),
    search=("number", "name"),
    sections=(Section(_("Who"), ("number", "name", "kind")),),
    order=("number",),
    rights=("see", "add", "edit", "delete", "export"),
    related=(Related("shop.order", "customer_id"),),
    actions=(
        Action("greet", _("Greet"), "ShopBoard.greet", "edit", method="POST", icon="hand-stop"),
        Action(
            "count-visit",
            _("Count a visit"),
            "ShopBoard.greet",
            "edit",
            method="POST",
            icon="plus",
            bulk=count_visit,
        ),
        Action("board", _("Shop board"), "ShopBoard.board", "see", on_list=True),
    ),
    natural_key=("number",),
    board="kind",
    calendar="since",
    check=check_customer,
)
ORDER = Entity(
    id="shop.order",
    model=Order,
    label=_("Shop order"),
    label_plural=_("Shop orders"),
    title="id",
    fields=(
        Field("customer_id", _("Shop customer"), target="shop.customer", filterable=True),
        Field("amount", _("Amount of the order")),
    ),
    list_columns=("customer_id", "amount"),
    rights=("see", "add", "edit", "delete"),
)
RECEIPT = Entity(
    id="shop.receipt",
    model=Receipt,
    label=_("Shop receipt"),
    label_plural=_("Shop receipts"),
    title="id",
    fields=(Field("amount", _("Amount of the order")), Field("printed_on", _("Printed on"))),
    list_columns=("amount", "printed_on"),
    rights=("see", "edit", "delete"),
)
