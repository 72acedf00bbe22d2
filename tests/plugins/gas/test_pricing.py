"""Bills, tier by tier, against figures worked out by hand and from published price tables."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from plugins.gas.rules import (
    ALL_MONTHS,
    Model,
    NegativeUsageError,
    Priced,
    Rounding,
    Season,
    Tariff,
    TariffError,
    UsageError,
    price_usage,
    pricing_year_of,
    tier_bounds,
)

DATA = Path(__file__).parent / "data"
SUMMER = frozenset(range(5, 11))


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


BILLS = load("bills.json")
ROUNDING = load("rounding.json")
PERIODS = load("periods.json")


def figures(*texts: str | int) -> tuple[Decimal, ...]:
    return tuple(Decimal(text) for text in texts)


def published(name: str) -> Tariff:
    entry = load("tariffs.json")[name]
    return Tariff.all_year(Model(entry["model"]), figures(*entry["uppers"]), figures(*entry["prices"]))


def shenzhen() -> Tariff:
    summer, winter = load("tariffs.json")["SZ-2021-summer"], load("tariffs.json")["SZ-2021-winter"]
    return Tariff(
        Model.MONTHLY,
        (
            Season(SUMMER, figures(*summer["uppers"]), figures(*summer["prices"])),
            Season(ALL_MONTHS - SUMMER, figures(*winter["uppers"]), figures(*winter["prices"])),
        ),
    )


def shown(priced: Priced) -> list[list[Any]]:
    return [[line.tier, line.volume, line.price, line.amount] for line in priced.lines]


def expected(rows: list[list[Any]]) -> list[list[Any]]:
    return [[tier, *figures(*texts)] for tier, *texts in rows]


@pytest.mark.parametrize("bill", BILLS, ids=[bill["id"] for bill in BILLS])
def test_bill_comes_out_as_published(bill: dict[str, Any]) -> None:
    priced = price_usage(
        published(bill["tariff"]),
        Decimal(bill["usage"]),
        Decimal(bill["before"]),
        end_month=bill["end_month"],
    )
    assert shown(priced) == expected(bill["lines"])
    assert str(priced.total) == bill["total"]
    assert (priced.before, priced.after) == figures(bill["before"], bill["after"])


@pytest.mark.parametrize("name", load("tariffs.json"))
def test_every_published_tariff_is_accepted_and_ends_without_a_bound(name: str) -> None:
    bounds = tier_bounds(published(name), end_month=1)
    assert [bound.tier for bound in bounds] == list(range(1, len(bounds) + 1))
    assert [bound.upper for bound in bounds[:-1]] == [bound.lower for bound in bounds[1:]]
    assert (bounds[0].lower, bounds[-1].upper) == (0, None)


def test_a_bill_names_the_bounds_it_used() -> None:
    first, second = price_usage(
        published("SH-2014-res"), *figures(30, 300), end_month=6, extra=Decimal(5)
    ).lines
    assert (first.lower, first.upper, first.volume) == figures(0, 315, 15)
    assert (second.lower, second.upper, second.volume) == figures(315, 525, 15)


def test_the_bound_itself_still_belongs_to_the_lower_tier() -> None:
    shanghai = published("SH-2014-res")
    assert [line.tier for line in price_usage(shanghai, *figures(1, 309), end_month=6).lines] == [1]
    assert [line.tier for line in price_usage(shanghai, *figures(1, 310), end_month=6).lines] == [2]


def test_no_usage_has_no_line_and_costs_nothing() -> None:
    priced = price_usage(published("SH-2014-res"), *figures(0, 310), end_month=6)
    assert (priced.lines, str(priced.total), priced.after) == ((), "0.00", 310)


def test_a_household_s_extra_moves_every_bound_of_the_year() -> None:
    bounds = tier_bounds(published("SH-2014-res"), end_month=6, extra=Decimal(150))
    assert [bound.upper for bound in bounds] == [460, 670, None]


def test_a_flat_tariff_takes_no_notice_of_extra_and_months() -> None:
    bounds = tier_bounds(published("GZ-nonres"), end_month=6, months=3, extra=Decimal(150))
    assert [(bound.lower, bound.upper) for bound in bounds] == [(0, None)]


def test_a_missed_month_gives_two_allowances() -> None:
    case = PERIODS["missed_month"]
    tariff, usage = published(case["tariff"]), Decimal(case["usage"])
    both = price_usage(tariff, usage, Decimal(0), end_month=case["end_month"], months=case["months"])
    one = price_usage(tariff, usage, Decimal(0), end_month=case["end_month"])
    assert (str(both.total), str(one.total)) == (case["total"], case["as_one_month"])


@pytest.mark.parametrize(
    ("end_month", "months", "uppers"),
    [(7, 1, (30, 35)), (1, 1, (40, 45)), (5, 2, (70, 80)), (1, 3, (120, 135)), (4, 12, (420, 480))],
)
def test_monthly_allowances_add_up_month_by_month(
    end_month: int, months: int, uppers: tuple[int, int]
) -> None:
    assert [bound.upper for bound in tier_bounds(shenzhen(), end_month, months)] == [*uppers, None]


def test_a_monthly_extra_counts_once_for_every_month() -> None:
    bounds = tier_bounds(shenzhen(), end_month=5, months=2, extra=Decimal("2.5"))
    assert [bound.upper for bound in bounds] == [75, 85, None]


def test_the_end_month_s_season_gives_the_prices() -> None:
    dear_winter = replace(shenzhen().seasons[1], prices=figures("3.60", "4.10", "5.35"))
    tariff = Tariff(Model.MONTHLY, (shenzhen().seasons[0], dear_winter))
    assert [bound.price for bound in tier_bounds(tariff, 5, 2)] == list(figures("3.50", "4.00", "5.25"))
    assert [bound.price for bound in tier_bounds(tariff, 11, 2)] == list(figures("3.60", "4.10", "5.35"))


def test_a_yearly_tariff_may_have_dearer_months_with_the_same_bounds() -> None:
    halves = (
        Season(SUMMER, figures(100), figures("2", "3")),
        Season(ALL_MONTHS - SUMMER, figures(100), figures("4", "5")),
    )
    tariff = Tariff(Model.METER_YEAR, halves)
    assert price_usage(tariff, *figures(20, 90), end_month=6).total == Decimal("50.00")
    assert price_usage(tariff, *figures(20, 90), end_month=12, months=6).total == Decimal("90.00")


def test_rounding_by_line_and_once_on_the_total_may_differ() -> None:
    case = ROUNDING["line_against_total"]
    tariff = published(case["tariff"])
    usage_and_before = figures(case["usage"], case["before"])
    by_line = price_usage(tariff, *usage_and_before, end_month=6)
    once = price_usage(replace(tariff, rounding=Rounding.TOTAL), *usage_and_before, end_month=6)
    assert shown(by_line) == shown(once) == expected(case["lines"])
    assert (str(by_line.total), str(once.total)) == (case["by_line"], case["once_on_total"])
    assert (by_line.rounding, once.rounding) == (Rounding.LINE, Rounding.TOTAL)
    assert (by_line.rounding_difference, once.rounding_difference) == figures("0.00", "-0.01")
    assert by_line.exact == once.exact == Decimal("2.16")


@pytest.mark.parametrize("case", ROUNDING["products"], ids=lambda case: case["about"])
def test_a_product_is_rounded_half_up(case: dict[str, str]) -> None:
    tariff = Tariff.all_year(Model.FLAT, (), figures(case["price"]))
    assert str(price_usage(tariff, Decimal(case["usage"]), Decimal(0), end_month=6).total) == case["total"]


@pytest.mark.parametrize(
    "case", [PERIODS["turn_of_the_year"], PERIODS["new_prices"]], ids=lambda case: case["about"]
)
def test_the_reading_date_decides(case: dict[str, Any]) -> None:
    month = date.fromisoformat(case["read"]).month
    priced = price_usage(published(case["tariff"]), *figures(case["usage"], case["before"]), end_month=month)
    assert str(priced.total) == case["total"]


def test_a_calendar_year_owns_the_readings_taken_in_it() -> None:
    case = PERIODS["turn_of_the_year"]
    year = pricing_year_of(date.fromisoformat(case["read"]))
    assert [year.first.isoformat(), year.last.isoformat()] == case["year"]
    assert pricing_year_of(year.first) == pricing_year_of(year.last) == year


@pytest.mark.parametrize(
    ("read", "first", "last"),
    [
        ("2026-06-30", "2025-07-01", "2026-06-30"),
        ("2026-07-01", "2026-07-01", "2027-06-30"),
        ("2026-12-31", "2026-07-01", "2027-06-30"),
        ("2027-01-01", "2026-07-01", "2027-06-30"),
    ],
)
def test_a_reading_year_starts_on_its_own_day(read: str, first: str, last: str) -> None:
    year = pricing_year_of(date.fromisoformat(read), start_month=7, start_day=1)
    assert (year.first.isoformat(), year.last.isoformat()) == (first, last)


def test_a_reading_year_that_starts_in_march_ends_with_february_of_any_length() -> None:
    assert pricing_year_of(date(2028, 2, 29), 3, 1).last == date(2028, 2, 29)
    assert pricing_year_of(date(2027, 2, 28), 3, 1).last == date(2027, 2, 28)


@pytest.mark.parametrize(("month", "day"), [(2, 29), (4, 31), (13, 1), (0, 1), (1, 0)])
def test_a_pricing_year_starts_on_a_day_that_every_year_has(month: int, day: int) -> None:
    with pytest.raises(TariffError, match="choose a day of every year"):
        pricing_year_of(date(2026, 5, 1), month, day)


def test_negative_usage_is_refused_by_name() -> None:
    with pytest.raises(NegativeUsageError, match=r"A usage of -0\.5 m3 cannot be billed: check the readings"):
        price_usage(published("SH-2014-res"), Decimal("-0.50"), Decimal(0), end_month=6)


@pytest.mark.parametrize("figure", ["NaN", "sNaN", "Infinity", "-Infinity", "0.00001", "1E-400", "100000000"])
@pytest.mark.parametrize("place", ["usage", "before", "extra"])
def test_what_is_no_volume_is_refused(figure: str, place: str) -> None:
    volumes = {"usage": Decimal(1), "before": Decimal(0), "extra": Decimal(0), place: Decimal(figure)}
    with pytest.raises(UsageError, match=r"cannot be used: give a number from 0 to 99999999\.9999"):
        price_usage(published("SH-2014-res"), end_month=6, **volumes)


@pytest.mark.parametrize("period", [{"end_month": 0}, {"end_month": 13}, {"end_month": 6, "months": 0}])
def test_what_is_no_period_is_refused(period: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="give"):
        price_usage(published("SH-2014-res"), Decimal(1), Decimal(0), **period)


def test_a_float_is_not_an_exact_figure() -> None:
    with pytest.raises(TypeError, match="an exact Decimal is needed, not float"):
        price_usage(published("SH-2014-res"), 9.9, Decimal(0), end_month=6)  # type: ignore[arg-type]


def test_the_rules_stand_without_web_and_database() -> None:
    """A fresh Python that imports the rules has loaded neither."""
    program = (
        "import sys, plugins.gas.rules, plugins.gas.tariff_file;"
        "print(sorted({'flask', 'flask_babel', 'sqlalchemy', 'core'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
