"""From readings to usage: rollovers, readings below the last one, replaced meters."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plugins.gas.rules import (
    Model,
    ReadingBelowError,
    ReadingError,
    ReadingJudgement,
    RolloverNotConfirmedError,
    Tariff,
    judge_reading,
    price_usage,
    replaced_usage,
    usage_between,
)

CASES: Any = json.loads((Path(__file__).parent / "data" / "metering.json").read_text(encoding="utf-8"))


def readings(name: str) -> tuple[Decimal, Decimal, int]:
    case = CASES[name]
    return Decimal(case["previous"]), Decimal(case["current"]), case["digits"]


def test_dials_that_went_round_past_zero_are_confirmed_first() -> None:
    dials = readings("round_past_zero")
    assert judge_reading(*dials) is ReadingJudgement.ROLLOVER
    with pytest.raises(RolloverNotConfirmedError, match=r"Reading 15 after 99985 .* confirm it"):
        usage_between(*dials)
    assert usage_between(*dials, rollover_confirmed=True) == Decimal(CASES["round_past_zero"]["usage"])


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_reading_a_little_below_is_no_rollover_whatever_is_confirmed(confirmed: bool) -> None:
    dials = readings("a_little_down")
    assert judge_reading(*dials) is ReadingJudgement.BELOW
    with pytest.raises(
        ReadingBelowError, match="Reading 10240 is below the last one, 10250: read the meter again"
    ):
        usage_between(*dials, rollover_confirmed=confirmed)


@pytest.mark.parametrize(
    ("previous", "current", "judgement"),
    [
        ("9999", "0", "rollover"),
        ("9000", "0", "rollover"),
        ("9000", "0.0001", "below"),
        ("8999.9999", "0", "below"),
        ("9500", "500", "rollover"),
        ("9500", "501", "below"),
        ("0", "0", "ok"),
        ("0", "9999.9999", "ok"),
    ],
)
def test_a_rollover_is_plausible_up_to_a_tenth_of_the_dial(
    previous: str, current: str, judgement: str
) -> None:
    assert judge_reading(Decimal(previous), Decimal(current), 4) == judgement


def test_confirming_a_rollover_changes_nothing_for_a_reading_above() -> None:
    assert usage_between(Decimal(10), Decimal(25), 5, rollover_confirmed=True) == 15


def test_dials_with_decimals_count_exactly() -> None:
    assert usage_between(*readings("decimal_dials")) == Decimal(CASES["decimal_dials"]["usage"])


def test_nothing_used_costs_nothing() -> None:
    case = CASES["nothing_used"]
    usage = usage_between(*readings("nothing_used"))
    assert usage == Decimal(case["usage"])
    tariff = Tariff.all_year(Model.FLAT, (), (Decimal(case["price"]),))
    assert str(price_usage(tariff, usage, Decimal(7), end_month=2).total) == case["total"]


def test_a_minimum_volume_is_charged_where_less_was_used() -> None:
    case = CASES["nothing_used"]
    tariff = Tariff.all_year(Model.FLAT, (), (Decimal(case["price"]),), minimum=Decimal(case["minimum"]))
    assert str(price_usage(tariff, Decimal(0), Decimal(7), end_month=2).total) == case["total_with_minimum"]
    assert price_usage(tariff, Decimal(0), Decimal(7), end_month=2).after == 7
    assert price_usage(tariff, Decimal(0), Decimal(7), end_month=2, months=2).charged == 6
    assert price_usage(tariff, Decimal(4), Decimal(7), end_month=2).charged == 4


def test_a_replaced_meter_counts_in_two_segments() -> None:
    case = CASES["replaced"]
    segments = [(Decimal(first), Decimal(last)) for first, last in case["segments"]]
    assert replaced_usage(segments) == Decimal(case["usage"])


def test_a_new_meter_that_has_not_turned_yet_adds_nothing() -> None:
    assert replaced_usage([(Decimal(1200), Decimal(1217)), (Decimal(3), Decimal(3))]) == 17


def test_a_segment_that_goes_down_is_refused() -> None:
    with pytest.raises(ReadingBelowError, match="last reading 21 is below its first, 1200: correct one"):
        replaced_usage([(Decimal(1200), Decimal(21))])


@pytest.mark.parametrize("figure", ["-1", "NaN", "Infinity", "0.00001", "100000000"])
def test_what_is_no_reading_is_refused(figure: str) -> None:
    for refused in (
        lambda: judge_reading(Decimal(0), Decimal(figure), 8),
        lambda: usage_between(Decimal(figure), Decimal(5), 8),
        lambda: replaced_usage([(Decimal(0), Decimal(figure))]),
    ):
        with pytest.raises(ReadingError, match="cannot be used: give a number from 0 to") as error:
            refused()
        assert error.value.clause == "GAS-R17"


@pytest.mark.parametrize(("previous", "current"), [("100000", "5"), ("5", "100000")])
def test_a_reading_must_fit_its_dial(previous: str, current: str) -> None:
    with pytest.raises(
        ReadingError, match="Reading 100000 does not fit a dial of 5 digits: read the meter again"
    ):
        judge_reading(Decimal(previous), Decimal(current), 5)


@pytest.mark.parametrize("digits", [0, 9, -1])
def test_a_dial_has_one_to_eight_digits(digits: int) -> None:
    with pytest.raises(ReadingError, match="A dial has 1 to 8 digits"):
        judge_reading(Decimal(0), Decimal(0), digits)


DIAL = 100_000_000  # five digits and three decimals, in steps of 0.001


@settings(deadline=None)
@given(st.integers(0, DIAL - 1), st.integers(0, DIAL // 10))
def test_what_was_used_is_what_is_found(start: int, used: int) -> None:
    """A dial turned on from anywhere, by up to a tenth of it, shows just the gas that went through."""
    end = (start + used) % DIAL
    step = Decimal("0.001")
    assert usage_between(start * step, end * step, 5, rollover_confirmed=True) == used * step


@settings(deadline=None)
@given(st.integers(1, DIAL - 1), st.integers(1, DIAL - 1))
def test_a_reading_below_is_never_taken_as_it_stands(previous: int, down: int) -> None:
    assume(down <= previous)
    step = Decimal("0.001")
    with pytest.raises((ReadingBelowError, RolloverNotConfirmedError)):
        usage_between(previous * step, (previous - down) * step, 5)
