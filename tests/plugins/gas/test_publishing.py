"""Tariff versions as people write them, and what publishing makes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

import gas_office
from core.data import UserError
from gas_office import Office
from plugins.gas import models, tariffs
from plugins.gas.rules import Model, tier_bounds

SHENZHEN = "5-10: 30, 35 / 3.50, 4.00, 5.25\n11-4： 40， 45 / 3.50, 4.00, 5.25"


def version(**values: Any) -> models.TariffVersion:
    given = {
        "model": "graduated_annual",
        "rounding": "line",
        "uppers": "310, 520",
        "prices": "3.00, 3.30, 4.20",
    }
    return models.TariffVersion(**{**given, **values})


def test_bounds_and_prices_are_read() -> None:
    tariff = tariffs.rules_of(version())
    [season] = tariff.seasons
    assert (season.uppers, season.prices) == (
        (Decimal(310), Decimal(520)),
        (Decimal("3.00"), Decimal("3.30"), Decimal("4.20")),
    )


def test_seasons_may_span_the_turn_of_the_year() -> None:
    tariff = tariffs.rules_of(version(model="graduated_monthly", uppers="", prices="", seasons=SHENZHEN))
    assert sorted(tariff.season_of(1).months) == [1, 2, 3, 4, 11, 12]
    assert sorted(tariff.season_of(7).months) == [5, 6, 7, 8, 9, 10]
    listed = version(model="flat", seasons="1, 2, 3-12: / 2.50")
    assert tariffs.rules_of(listed).season_of(9).prices == (Decimal("2.50"),)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"prices": "3.00, 3.30"}, "prices"),
        ({"uppers": "520, 310"}, "prices"),
        ({"uppers": "many"}, "uppers"),
        ({"prices": "3.00, cheap, 4.20"}, "prices"),
        ({"prices": "3.00, NaN, 4.20"}, "prices"),
        ({"prices": "3.00, 3.30, 4.20001"}, "prices"),
        ({"prices": ""}, "prices"),
        ({"model": "flat"}, "prices"),
        ({"seasons": "summer"}, "seasons"),
        ({"seasons": "5-10: 30, 35"}, "seasons"),
        ({"seasons": "5-13: 30, 35 / 3.50, 4.00, 5.25"}, "seasons"),
        ({"seasons": "all: 30, 35 / 3.50, 4.00, 5.25"}, "seasons"),
        ({"seasons": "5-10: 30, 35 / 3.50, 4.00, 5.25"}, "seasons"),
        ({"seasons": "1-12: 30, x / 3.50, 4.00, 5.25"}, "seasons"),
    ],
)
def test_what_cannot_be_published_is_refused_at_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as refused:
        tariffs.rules_of(version(**values))
    assert refused.value.field == field


def test_publishing_writes_the_bounds_that_the_rules_give(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session, model="graduated_monthly", uppers="", prices="", seasons=SHENZHEN)
        published = session.scalars(
            select(models.TariffVersion).where(models.TariffVersion.tariff_id == tariff.id)
        ).one()
        rule = tariffs.rules_of(published)
        bounds = session.scalars(
            select(models.TariffBound).where(models.TariffBound.version_id == published.id)
        ).all()
        assert len(bounds) == 12 * 24 * 3
        by_bill: dict[tuple[int, int], list[Any]] = {}
        for bound in sorted(bounds, key=lambda each: each.tier):
            by_bill.setdefault((bound.end_month, bound.months), []).append(bound)
        for (month, months), tiers in by_bill.items():
            expected = tier_bounds(rule, month, months)
            assert [(each.tier, each.lower, each.upper, each.price) for each in tiers] == [
                (each.tier, each.lower, each.upper, each.price) for each in expected
            ]


def test_other_models_need_one_set_of_bounds_a_month(office: Office) -> None:
    with office.session() as session:
        gas_office.tariff(session, model=Model.ANNUAL.value)
        assert session.scalar(select(func.count()).select_from(models.TariffBound)) == 12 * 3


def test_version_in_force_is_the_one_that_began_last(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session, valid_from=date(2020, 1, 1))
        given = {"model": "flat", "uppers": "", "prices": "2.00"}
        newer = gas_office.publish(
            session, tariff, valid_from=date(2026, 7, 1), valid_to=date(2026, 12, 31), **given
        )
        session.add(
            models.TariffVersion(tariff_id=tariff.id, valid_from=date(2026, 8, 1), **given)
        )  # a draft
        session.flush()
        found = {
            day: tariffs.version_in_force(session, tariff.id, day)
            for day in (
                date(2019, 12, 31),
                date(2026, 6, 30),
                date(2026, 7, 1),
                date(2026, 9, 1),
                date(2027, 1, 1),
            )
        }
        assert found[date(2019, 12, 31)] is None
        assert found[date(2026, 7, 1)] is found[date(2026, 9, 1)] is newer
        assert found[date(2026, 6, 30)] is found[date(2027, 1, 1)] is not None
