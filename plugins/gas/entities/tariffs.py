"""Tariffs with their versions and tier bounds."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field, Related, Section
from plugins.gas import models
from plugins.gas.entities import checks, choices

TARIFF = Entity(
    id="gas.tariff",
    model=models.Tariff,
    label=_("Tariff"),
    label_plural=_("Tariffs"),
    title="code",
    fields=(
        Field("code", _("Tariff code"), only_new=True),
        Field("name_zh", _("Name in Chinese")),
        Field("name_en", _("Name in English")),
        Field("use_class", _("Class of use"), choices=choices.USE_CLASSES, filterable=True),
        Field(
            "household_rule",
            _("Household rule"),
            help=_("Which households get an extra allowance, and how much."),
        ),
    ),
    list_columns=("code", "name_zh", "name_en", "use_class"),
    search=("code", "name_zh", "name_en"),
    order=("code",),
    related=(Related("gas.tariff-version", "tariff_id"),),
    menu=_("Tariffs and billing"),
    icon="receipt-yuan",
    natural_key=("code",),
)

VERSION = Entity(
    id="gas.tariff-version",
    model=models.TariffVersion,
    label=_("Tariff version"),
    label_plural=_("Tariff versions"),
    title="valid_from",
    fields=(
        Field("tariff_id", _("Tariff"), target="gas.tariff", filterable=True, only_new=True),
        Field("valid_from", _("Valid from")),
        Field("valid_to", _("Valid to"), help=_("Leave empty when it holds until the next version.")),
        Field("model", _("Tiers are counted"), choices=choices.MODELS),
        Field("rounding", _("Rounding"), choices=choices.ROUNDINGS),
        Field(
            "uppers",
            _("Tier bounds"),
            help=_("m³, each bound included, separated by commas: 310, 520"),
            required=False,
        ),
        Field(
            "prices", _("Prices"), help=_("Yuan per m³, one for each tier: 3.00, 3.30, 4.20"), required=False
        ),
        Field(
            "seasons",
            _("Seasons"),
            help=_(
                "Only where months differ: one line for each season, such as 5-10: 30, 35 / 3.50, 4.00, 5.25"
            ),
        ),
        Field(
            "minimum",
            _("Minimum volume"),
            unit=_("m³"),
            help=_("Charged for each month of a bill, also where less was used. 0: no minimum."),
            required=False,
        ),
        Field("legal_basis", _("Legal basis")),
        Field(
            "status", _("State"), choices=choices.VERSION_STATES, tones=choices.VERSION_TONES, readonly=True
        ),
        Field("published_at", _("Published at"), readonly=True),
    ),
    list_columns=("valid_from", "tariff_id", "model", "uppers", "prices", "status"),
    sections=(
        Section(_("Validity"), ("tariff_id", "valid_from", "valid_to", "legal_basis")),
        Section(_("Prices"), ("model", "uppers", "prices", "seasons", "minimum", "rounding")),
    ),
    order=("-valid_from",),
    extra_rights=(("publish", _("Publish")),),
    actions=(
        Action(
            "publish",
            _("Publish"),
            "GasTariffs.publish",
            "publish",
            icon="check",
            primary=True,
            method="POST",
            confirm=_("A published version can never be changed. Publish it now?"),
            shown=lambda version: version.status == models.DRAFT,
        ),
    ),
    related=(Related("gas.tariff-bound", "version_id", limit=36),),
    state="status",
    in_menu=False,
    natural_key=("tariff_id", "valid_from"),
    check=checks.check_version,
    guard=models.TariffVersion.demand_draft,
)

BOUND = Entity(
    id="gas.tariff-bound",
    model=models.TariffBound,
    label=_("Tier"),
    label_plural=_("Tiers"),
    title="tier",
    fields=(
        Field("version_id", _("Tariff version"), target="gas.tariff-version", filterable=True),
        Field("end_month", _("Month of the bill")),
        Field("months", _("Months covered")),
        Field("tier", _("Tier")),
        Field("lower", _("Above"), unit=_("m³")),
        Field("upper", _("Up to and including"), unit=_("m³")),
        Field("price", _("Price, yuan per m³")),
    ),
    list_columns=("tier", "end_month", "months", "lower", "upper", "price"),
    order=("end_month", "months", "tier"),
    rights=("see", "export"),
    in_menu=False,
)

ENTITIES: tuple[Entity, ...] = (TARIFF, VERSION, BOUND)
