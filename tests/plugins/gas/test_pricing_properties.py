"""Laws of the arithmetic, tried on tariffs, usages and households that nobody thought of."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.gas.rules import (
    ALL_MONTHS,
    Model,
    Priced,
    Rounding,
    Season,
    Tariff,
    amount_fen,
    half_up,
    price_usage,
    tier_bounds,
)

SLICES = 400  # the most that one usage is cut into


@dataclass(frozen=True)
class Case:
    """A usage to price; every volume is a whole number of `step` m3."""

    tariff: Tariff
    step: Decimal
    before: int
    usage: int
    extra: int
    end_month: int
    months: int

    def priced(self, before: int, usage: int) -> Priced:
        return price_usage(
            self.tariff,
            usage * self.step,
            before * self.step,
            end_month=self.end_month,
            months=self.months,
            extra=self.extra * self.step,
        )

    def bill(self) -> Priced:
        return self.priced(self.before, self.usage)


def prices(tiers: int) -> st.SearchStrategy[tuple[Decimal, ...]]:
    price = st.integers(0, 80_000).map(lambda tenthousandths: Decimal(tenthousandths) / 10_000)
    return st.lists(price, min_size=tiers, max_size=tiers).map(tuple)


def uppers(tiers: int, step: Decimal) -> st.SearchStrategy[tuple[Decimal, ...]]:
    bounds = st.lists(st.integers(1, 150), min_size=tiers - 1, max_size=tiers - 1, unique=True)
    return bounds.map(lambda found: tuple(bound * step for bound in sorted(found)))


@st.composite
def tariffs(draw: st.DrawFn, step: Decimal) -> Tariff:
    model = draw(st.sampled_from(Model))
    tiers = 1 if model is Model.FLAT else draw(st.integers(1, 4))
    one = draw(uppers(tiers, step))
    other = draw(uppers(tiers, step)) if model is Model.MONTHLY else one
    rounding = draw(st.sampled_from(Rounding))
    summer = draw(st.frozensets(st.sampled_from(sorted(ALL_MONTHS)), max_size=12))
    seasons = [
        Season(summer, one, draw(prices(tiers))),
        Season(ALL_MONTHS - summer, other, draw(prices(tiers))),
    ]
    return Tariff(model, tuple(season for season in seasons if season.months), rounding)


@st.composite
def cases(draw: st.DrawFn, step: Decimal) -> Case:
    return Case(
        draw(tariffs(step)),
        step,
        before=draw(st.integers(0, SLICES)),
        usage=draw(st.integers(0, SLICES)),
        extra=draw(st.integers(0, 20)),
        end_month=draw(st.integers(1, 12)),
        months=draw(st.integers(1, 14)),
    )


ANY_CASE = cases(Decimal(1)) | cases(Decimal("0.1")) | cases(Decimal("0.0001"))
tried = settings(deadline=None)


def marginal_price(case: Case, position: int) -> Decimal:
    """What the slice that ends at `position` steps costs per m3, found by walking up the tiers one by one."""
    tariff = case.tariff
    season = next(season for season in tariff.seasons if case.end_month in season.months)
    for tier, upper in enumerate(season.uppers):
        allowed = upper + case.extra * case.step
        if tariff.model is Model.MONTHLY:
            allowed = Decimal(0)
            month = case.end_month
            for _ in range(case.months):
                monthly = next(other for other in tariff.seasons if month in other.months)
                allowed += monthly.uppers[tier] + case.extra * case.step
                month = 12 if month == 1 else month - 1
        if position * case.step <= allowed:
            return season.prices[tier]
    return season.prices[-1]


@pytest.mark.parametrize("step", ["1", "0.0001"], ids=["cubic metre by cubic metre", "0.0001 by 0.0001"])
def test_a_bill_is_the_sum_of_its_marginal_prices(step: str) -> None:
    @tried
    @given(cases(Decimal(step)))
    def holds(case: Case) -> None:
        positions = range(case.before + 1, case.before + case.usage + 1)
        walked = sum((marginal_price(case, position) * case.step for position in positions), Decimal(0))
        assert case.bill().exact == walked

    holds()


@tried
@given(ANY_CASE, st.data())
def test_two_bills_of_one_period_cost_what_one_would(case: Case, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, case.usage))
    parts = (case.priced(case.before, first), case.priced(case.before + first, case.usage - first))
    assert sum(part.exact for part in parts) == case.bill().exact
    assert parts[0].after == parts[1].before
    assert parts[1].after == case.bill().after


@tried
@given(ANY_CASE)
def test_the_lines_hold_the_whole_usage_tier_above_tier(case: Case) -> None:
    priced = case.bill()
    assert sum((line.volume for line in priced.lines), Decimal(0)) == case.usage * case.step
    assert all(line.volume > 0 for line in priced.lines)
    tiers = [line.tier for line in priced.lines]
    assert tiers == list(range(tiers[0], tiers[0] + len(tiers))) if tiers else case.usage == 0
    for line in priced.lines:
        assert line.upper is None or line.upper > line.lower
        assert line.amount == half_up(line.exact)


@tried
@given(ANY_CASE)
def test_the_total_follows_the_rounding_policy(case: Case) -> None:
    by_line = replace(case, tariff=replace(case.tariff, rounding=Rounding.LINE)).bill()
    once = replace(case, tariff=replace(case.tariff, rounding=Rounding.TOTAL)).bill()
    assert by_line.total == sum((line.amount for line in by_line.lines), Decimal(0))
    assert by_line.rounding_difference == 0
    assert once.total == half_up(once.exact)
    assert by_line.lines == once.lines
    assert abs(once.rounding_difference) <= Decimal("0.005") * (len(once.lines) + 1)


@tried
@given(ANY_CASE)
def test_bounds_rise_without_gaps_and_take_the_extra_as_stored_ones_would(case: Case) -> None:
    extra = case.extra * case.step
    given_extra = tier_bounds(case.tariff, case.end_month, case.months, extra)
    stored = tier_bounds(case.tariff, case.end_month, case.months)
    times = case.months if case.tariff.model is Model.MONTHLY else 1
    assert [bound.upper for bound in given_extra[:-1]] == [bound.lower for bound in given_extra[1:]]
    assert all(bound.upper is not None and bound.upper > bound.lower for bound in given_extra[:-1])
    for with_extra, without in zip(given_extra, stored, strict=True):
        lower = without.lower if without.tier == 1 else without.lower + extra * times
        upper = None if without.upper is None else without.upper + extra * times
        assert (with_extra.lower, with_extra.upper, with_extra.price) == (lower, upper, without.price)


@tried
@given(st.integers(0, 999_999_999_999), st.integers(0, 5_000_000))
def test_the_amount_in_integers_is_the_amount_in_decimals(volume_e4: int, price_e4: int) -> None:
    amount = half_up(Decimal(volume_e4) / 10_000 * (Decimal(price_e4) / 10_000))
    assert amount_fen(volume_e4, price_e4) == amount * 100
    assert volume_e4 * price_e4 + 500_000 < 2**63


@pytest.mark.parametrize(
    ("volume_e4", "price_e4", "fen"),
    [(50_000, 40_250, 2013), (123_450, 31_000, 3827), (1, 499_999, 0), (1, 500_000, 1), (1_000_000, 0, 0)],
)
def test_half_a_fen_goes_up_in_integers(volume_e4: int, price_e4: int, fen: int) -> None:
    assert amount_fen(volume_e4, price_e4) == fen


@tried
@given(ANY_CASE)
def test_both_policies_in_integers_are_those_in_decimals(case: Case) -> None:
    """The billing statement sums in integers: rounded lines, or the exact products rounded once."""
    priced = case.bill()
    pairs = [(int(line.volume * 10_000), int(line.price * 10_000)) for line in priced.lines]
    if priced.rounding is Rounding.LINE:
        fen = sum(amount_fen(volume, price) for volume, price in pairs)
    else:
        fen = (sum(volume * price for volume, price in pairs) + 500_000) // 1_000_000
    assert fen == priced.total * 100
