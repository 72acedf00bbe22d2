"""Why a bill comes to its amount: sentences, tiers and sources, said in the reader's language where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import get_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data.marks import N_
from core.ui import format as shown
from plugins.gas import tariffs
from plugins.gas.billing import periods
from plugins.gas.models import (
    OPENING_BALANCE,
    Bill,
    BillLine,
    BillSegment,
    Meter,
    Reading,
    Tariff,
    TariffVersion,
)
from plugins.gas.rules import Model, Rounding, tier_bounds

CLAUSE = "GAS-R30"

TAKEN_OVER = N_("This balance was taken over at go-live. It was not worked out by a tariff here.")
METERED = N_("Meter %(meter)s showed %(from)s on %(from_on)s and %(to)s on %(to_on)s: %(usage)s used.")
METERED_ROUND = N_(
    "Meter %(meter)s showed %(from)s on %(from_on)s and, its dial having gone round past zero, %(to)s on %(to_on)s:"
    " %(usage)s used."
)
VERSION = N_(
    "Tariff %(code)s (%(name)s) holds in the version of %(valid_from)s, because the reading is of %(read_to)s."
)
FLAT = N_("This tariff has one price for every cubic metre.")
BY_YEAR = N_(
    "Its tiers count by calendar year. Since %(start)s, %(before)s were billed before; with this bill it is %(after)s."
)
BY_READING_YEAR = N_(
    "Its tiers count by reading year. Since %(start)s, %(before)s were billed before; with this bill it is %(after)s."
)
BY_MONTH = N_("Its tiers count by month.")
BY_MONTHS = N_(
    "Its tiers count by month. This bill covers %(months)s months, so their allowances are added up."
)
ALLOWANCE = N_("The household's extra allowance of %(extra)s is part of every tier bound.")
ALLOWANCE_BY_MONTH = N_("The household's extra allowance of %(extra)s a month is part of every tier bound.")
EVERY_LINE = N_("Every line is rounded to the fen, half a fen upwards; the total is the sum of the lines.")
ONCE = N_("The exact amounts are added up and rounded to the fen once, half a fen upwards.")
MINIMUM = N_("This tariff charges %(minimum)s at least for this bill; %(usage)s were used.")
NOTHING_USED = N_("No gas was used, so nothing is charged.")

BY_MODEL = {
    Model.FLAT: FLAT,
    Model.ANNUAL: BY_YEAR,
    Model.METER_YEAR: BY_READING_YEAR,
    Model.MONTHLY: BY_MONTHS,
}


def volume(value: Decimal | None) -> str:
    return shown.quantity(value, "m³")


def plain_text(value: Any) -> str:
    return str(value)


Format = Callable[[Any], str]


@dataclass(frozen=True)
class Sentence:
    """An English template, and its parameters, each with how a reader sees it."""

    template: str
    params: dict[str, tuple[Format, Any]]

    def __str__(self) -> str:
        return gettext(self.template) % {name: write(value) for name, (write, value) in self.params.items()}


@dataclass(frozen=True)
class Tier:
    """A tier in force for the bill, and what of the bill fell into it."""

    tier: int
    lower: Decimal
    upper: Decimal | None
    price: Decimal
    volume: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Explanation:
    """Why the amount: `sentences` in order, every tier in force, the total, the clause and the legal basis."""

    sentences: tuple[Sentence, ...]
    tiers: tuple[Tier, ...]
    total: Decimal
    clause: str
    legal_basis: str | None
    tariff_id: int | None


def explain_bill(session: Session, bill: Bill) -> Explanation:
    """Explain a posted bill from what is stored with it."""
    if bill.kind == OPENING_BALANCE or bill.tariff_version_id is None:
        return Explanation((Sentence(TAKEN_OVER, {}),), (), bill.total, CLAUSE, None, None)
    version = session.get_one(TariffVersion, bill.tariff_version_id)
    sentences = (
        *_metered(session, bill),
        _version(session, bill, version),
        *_counted(bill, Model(version.model)),
        Sentence(EVERY_LINE if bill.rounding == Rounding.LINE.value else ONCE, {}),
    )
    if bill.minimum > bill.usage:
        figures: dict[str, tuple[Format, Any]] = {
            "minimum": (volume, bill.minimum),
            "usage": (volume, bill.usage),
        }
        sentences = (*sentences, Sentence(MINIMUM, figures))
    elif not bill.usage:
        sentences = (*sentences, Sentence(NOTHING_USED, {}))
    tiers = tuple(_tiers(session, bill, version))
    return Explanation(sentences, tiers, bill.total, CLAUSE, version.legal_basis, version.tariff_id)


def _metered(session: Session, bill: Bill) -> Iterator[Sentence]:
    segments = session.execute(
        select(BillSegment, Meter.number)
        .join(Meter, Meter.id == BillSegment.meter_id)
        .where(BillSegment.bill_id == bill.id)
        .order_by(BillSegment.id)
    ).all()
    ids = [each for segment, _number in segments for each in (segment.from_reading_id, segment.to_reading_id)]
    days = {
        reading_id: day
        for reading_id, day in session.execute(select(Reading.id, Reading.read_on).where(Reading.id.in_(ids)))
    }
    for segment, number in segments:
        yield Sentence(
            METERED_ROUND if segment.rolled_over else METERED,
            {
                "meter": (plain_text, number),
                "from": (volume, segment.from_value),
                "from_on": (shown.date, days[segment.from_reading_id]),
                "to": (volume, segment.to_value),
                "to_on": (shown.date, days[segment.to_reading_id]),
                "usage": (volume, segment.usage),
            },
        )


def _version(session: Session, bill: Bill, version: TariffVersion) -> Sentence:
    tariff = session.get_one(Tariff, version.tariff_id)
    return Sentence(
        VERSION,
        {
            "code": (plain_text, tariff.code),
            "name": (_name, tariff),
            "valid_from": (shown.date, version.valid_from),
            "read_to": (shown.date, bill.read_to),
        },
    )


def _name(tariff: Tariff) -> str:
    return tariff.name_zh if str(get_locale()).startswith("zh") else tariff.name_en


def _counted(bill: Bill, model: Model) -> Iterator[Sentence]:
    params: dict[str, tuple[Format, Any]] = {
        "start": (shown.date, bill.pricing_year),
        "before": (volume, bill.volume_before),
        "after": (volume, bill.volume_before + bill.usage),
        "months": (shown.number, bill.months),
    }
    yield Sentence(BY_MONTH if model is Model.MONTHLY and bill.months == 1 else BY_MODEL[model], params)
    if bill.extra_allowance and model is not Model.FLAT:
        template = ALLOWANCE_BY_MONTH if model is Model.MONTHLY else ALLOWANCE
        yield Sentence(template, {"extra": (volume, bill.extra_allowance)})


def _tiers(session: Session, bill: Bill, version: TariffVersion) -> Iterator[Tier]:
    lines = {line.tier: line for line in session.scalars(select(BillLine).where(BillLine.bill_id == bill.id))}
    month = periods.month_of(bill.period)
    for bound in tier_bounds(tariffs.rules_of(version), month, bill.months, bill.extra_allowance):
        line = lines.get(bound.tier)
        used, amount = (line.volume, line.amount) if line else (Decimal(0), Decimal("0.00"))
        yield Tier(bound.tier, bound.lower, bound.upper, bound.price, used, amount)
