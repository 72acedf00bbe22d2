"""Figures, money and times as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.ui import format as fmt

MONEY = [
    ("1234.5", "¥1,234.50"),
    ("0", "¥0.00"),
    ("-1234.5", "-¥1,234.50"),
    ("1234567.89", "¥1,234,567.89"),
    ("0.005", "¥0.01"),
    ("-0.004", "¥0.00"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("value", "text"), MONEY)
def test_money_has_sign_yuan_separators_and_two_places(reading, language, value, text):
    with reading(language):
        assert fmt.money(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("2.83", "¥2.83"), ("2.6125", "¥2.6125"), ("3", "¥3.00"), ("2.610", "¥2.61")]
)
def test_a_unit_price_has_two_to_four_places(reading, value, text):
    with reading("zh"):
        assert fmt.price(Decimal(value)) == text


QUANTITIES = [
    ("1234.5000", "1,234.5 m³"),
    ("20", "20 m³"),
    ("0.0001", "0.0001 m³"),
    ("-3.10", "-3.1 m³"),
    ("1E+3", "1,000 m³"),
]


@pytest.mark.parametrize(("value", "text"), QUANTITIES)
def test_a_quantity_drops_trailing_zeros(reading, value, text):
    with reading("en"):
        assert fmt.quantity(Decimal(value), "m³") == text


def test_a_quantity_may_stand_without_a_unit(reading):
    with reading("en"):
        assert fmt.quantity(Decimal("1234.50")) == "1,234.5"


@pytest.mark.parametrize(
    ("language", "day", "of_month"),
    [("en", "Nov 22, 2026", "November 2026"), ("zh", "2026年11月22日", "2026年11月")],
)
def test_days_and_months_follow_the_language(reading, language, day, of_month):
    with reading(language):
        assert fmt.date(date(2026, 11, 22)) == day
        assert fmt.month(date(2026, 11, 22)) == of_month


@pytest.mark.parametrize(("language", "text"), [("en", "Nov 23, 2026 00:30"), ("zh", "2026年11月23日 00:30")])
def test_an_instant_is_shown_by_the_clock_of_the_zone(reading, language, text):
    with reading(language):
        assert fmt.datetime(datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "Asia/Shanghai") == text


def test_a_time_without_a_zone_is_refused(reading):
    with reading("en"), pytest.raises(ValueError, match="without a zone"):
        fmt.datetime(datetime(2026, 11, 22, 16, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("0.125", 1, "12.5%"), ("1", 1, "100%"), ("0.12345", 2, "12.35%"), ("0.5", 0, "50%")],
)
def test_a_share_is_shown_in_percent(reading, value, places, text):
    with reading("zh"):
        assert fmt.percent(Decimal(value), places) == text


@pytest.mark.parametrize(("language", "yes", "no"), [("en", "Yes", "No"), ("zh", "是", "否")])
def test_yes_and_no_are_translated(reading, language, yes, no):
    with reading(language):
        assert (fmt.yes_no(True), fmt.yes_no(False)) == (yes, no)


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (1_440_000, "1.4 MB"), (2_000_000_000_000, "2,000 GB")]
)
def test_a_file_size_takes_the_unit_that_fits(reading, size, text):
    with reading("en"):
        assert fmt.file_size(size) == text


def test_nothing_known_is_a_dash_and_zero_is_not(reading):
    with reading("en"):
        for name in (
            "money",
            "price",
            "quantity",
            "number",
            "percent",
            "date",
            "month",
            "datetime",
            "yes_no",
            "file_size",
        ):
            assert fmt.FILTERS[name](None) == "—", name
        assert fmt.shown("") == "—"
        assert fmt.shown(0) == 0
        assert fmt.number(0) == "0"
