"""Tariffs that no office could publish are refused, each with what to correct."""

from decimal import Decimal
from typing import Any

import pytest

from plugins.gas.rules import Model, Season, Tariff, TariffError


def figures(*texts: str | int) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("model", "uppers", "prices", "says"),
    [
        ("graduated_annual", (350, 350), ("1", "2", "3"), "bound 350 does not lie above 350"),
        ("graduated_annual", (500, 350), ("1", "2", "3"), "bound 350 does not lie above 500"),
        ("graduated_annual", (0,), ("1", "2"), "bound 0 does not lie above 0"),
        ("graduated_annual", (-5,), ("1", "2"), "-5 cannot be used"),
        ("graduated_annual", (350, 500), ("1", "2"), "Tier bounds: 2, prices: 2. Give one price more"),
        ("graduated_annual", (), (), "Tier bounds: 0, prices: 0. Give one price more"),
        ("graduated_annual", (350,), ("1", "-0.01"), "-0.01 cannot be used"),
        ("graduated_annual", (350,), ("1", "2.00001"), "at most 4 decimals"),
        ("graduated_annual", (350,), ("1", "NaN"), "NaN cannot be used"),
        ("graduated_annual", ("Infinity",), ("1", "2"), "Infinity cannot be used"),
        ("graduated_annual", (350,), ("1", "500.01"), "from 0 to 500"),
        ("flat", (350,), ("1", "2"), "A flat tariff has one price"),
    ],
)
def test_a_tariff_nobody_could_publish_is_refused(
    model: str, uppers: tuple[int | str, ...], prices: tuple[str, ...], says: str
) -> None:
    with pytest.raises(TariffError) as refused:
        Tariff.all_year(Model(model), figures(*uppers), figures(*prices))
    assert says in str(refused.value)
    assert refused.value.template % refused.value.params == str(refused.value)
    assert refused.value.clause == "GAS-R30"


@pytest.mark.parametrize(
    ("model", "seasons", "says"),
    [
        ("graduated_monthly", ((range(1, 12), (30,)),), "Month 12 is in 0 seasons"),
        ("graduated_monthly", ((range(1, 13), (30,)), ((5, 6), (40,))), "Month 5 is in 2 seasons"),
        ("graduated_monthly", ((range(0, 13), (30,)),), "There is no month 0"),
        ("graduated_monthly", ((range(1, 14), (30,)),), "There is no month 13"),
        ("graduated_monthly", ((range(1, 7), (30,)), (range(7, 13), (30, 40))), "number of tiers"),
        ("graduated_annual", ((range(1, 7), (30,)), (range(7, 13), (40,))), "only prices may differ"),
        ("graduated_monthly", (), "Month 1 is in 0 seasons"),
    ],
)
def test_seasons_that_do_not_fit_together_are_refused(model: str, seasons: Any, says: str) -> None:
    with pytest.raises(TariffError, match=says):
        Tariff(
            Model(model),
            tuple(
                Season(frozenset(months), figures(*uppers), figures(*range(1, len(uppers) + 2)))
                for months, uppers in seasons
            ),
        )
