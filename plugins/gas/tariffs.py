"""Tariff versions: read as rules, and published as the tier bounds that billing joins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.data import UserError, clock
from plugins.gas.billing.reasons import MOST_MONTHS
from plugins.gas.models import PUBLISHED, TariffBound, TariffVersion
from plugins.gas.refusals import shown_to_people
from plugins.gas.rules import ALL_MONTHS, Model, Rounding, Season, Tariff, tier_bounds

LONGEST_TEXT = 2000


def rules_of(version: TariffVersion) -> Tariff:
    """The version as a rule. UserError, at the field concerned, for what cannot be published."""
    if version.seasons and version.seasons.strip():
        with shown_to_people("seasons"):
            return _rules(version, _seasons(version.seasons))
    uppers, prices = _figures(version.uppers, "uppers"), _figures(version.prices, "prices")
    with shown_to_people("prices"):
        return _rules(version, (Season(ALL_MONTHS, uppers, prices),))


def _rules(version: TariffVersion, seasons: tuple[Season, ...]) -> Tariff:
    return Tariff(Model(version.model), seasons, Rounding(version.rounding), version.minimum or Decimal(0))


def publish(session: Session, version: TariffVersion, user_id: int | None) -> None:
    """Put the version in force from its date on; from then on it never changes (GAS-R30)."""
    if version.status == PUBLISHED:
        raise UserError("This tariff version is published already.", status=409)
    tariff = rules_of(version)
    version.status = PUBLISHED
    version.published_at = clock.now()
    version.published_by = user_id
    version.row_version += 1
    session.flush()
    setwise.insert_rows(
        session, TariffBound, [{"version_id": version.id, **row} for row in bounds_of(tariff)]
    )


def bounds_of(tariff: Tariff) -> Iterator[dict[str, Any]]:
    """Every tier for every month that a bill may end in and every number of months that it may cover."""
    covered = range(1, MOST_MONTHS + 1) if tariff.model is Model.MONTHLY else (1,)
    for end_month in range(1, 13):
        for months in covered:
            for bound in tier_bounds(tariff, end_month, months):
                yield {
                    "end_month": end_month,
                    "months": months,
                    "tier": bound.tier,
                    "lower": bound.lower,
                    "upper": bound.upper,
                    "price": bound.price,
                }


def version_in_force(session: Session, tariff_id: int, on: date) -> TariffVersion | None:
    """The published version that holds on a day: of those in force, the one that began last."""
    return session.scalar(
        select(TariffVersion)
        .where(TariffVersion.tariff_id == tariff_id, TariffVersion.status == PUBLISHED)
        .where(
            TariffVersion.valid_from <= on,
            or_(TariffVersion.valid_to.is_(None), TariffVersion.valid_to >= on),
        )
        .order_by(TariffVersion.valid_from.desc())
        .limit(1)
    )


def _seasons(text: str) -> tuple[Season, ...]:
    lines = [line for line in text[:LONGEST_TEXT].splitlines() if line.strip()]
    return tuple(_season(line) for line in lines)


def _season(line: str) -> Season:
    months, colon, rest = line.replace("：", ":").partition(":")
    uppers, slash, prices = rest.partition("/")
    if not colon or not slash:
        raise UserError(
            "%(line)s is not a season. Write it like 5-10: 30, 35 / 3.50, 4.00, 5.25",
            field="seasons",
            line=line,
        )
    return Season(_months(months), _figures(uppers, "seasons"), _figures(prices, "seasons"))


def _months(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in _parts(text):
        first, _, last = part.partition("-")
        if not all(each.strip().isdecimal() for each in (first, last or first)):
            raise UserError(
                "%(months)s are not months. Write them like 5-10 or 11-4 or 1, 2, 3",
                field="seasons",
                months=text,
            )
        found |= _span(int(first), int(last or first))
    return frozenset(found)


def _span(first: int, last: int) -> set[int]:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise UserError(
            "There is no month %(month)s: give a month from 1 to 12.", field="seasons", month=max(first, last)
        )
    return {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}


def _figures(text: str | None, field: str) -> tuple[Decimal, ...]:
    return tuple(_figure(part, field) for part in _parts(text or ""))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def _figure(text: str, field: str) -> Decimal:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        raise UserError(
            "%(text)s is not a number. Separate the figures by commas: 310, 520", field=field, text=text
        ) from None
    return figure
