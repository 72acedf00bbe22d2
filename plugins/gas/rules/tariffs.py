"""Tariffs: published prices, in tiers (GAS-R30: only published tariffs are charged).

A tier ends with its upper bound, the bound included: with 310 as the first bound, the 310th cubic metre is
tier 1 and the 311th is tier 2. The last tier has no bound.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from plugins.gas.rules.errors import N_, TariffError, UsageError
from plugins.gas.rules.figures import MOST_PRICE, MOST_VOLUME, ZERO, check_figure, plain

ALL_MONTHS = frozenset(range(1, 13))
MOST_MONTHS = 600  # one bill covers fifty years at most
MOST_MINIMUM = MOST_VOLUME / 1000  # m3 a month: with all the months that a bill may cover, still a volume


class Model(StrEnum):
    """How a tariff counts: no tiers, by calendar year, by reading year, or by month."""

    FLAT = "flat"
    ANNUAL = "graduated_annual"
    METER_YEAR = "graduated_meter_year"
    MONTHLY = "graduated_monthly"


class Rounding(StrEnum):
    """Where a bill is rounded to the fen: every line, or the total once."""

    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True)
class Season:
    """The tiers of some months: `uppers` are m3 (included), `prices` yuan per m3, one more than `uppers`."""

    months: frozenset[int]
    uppers: tuple[Decimal, ...]
    prices: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        _check_tiers(self.uppers, self.prices)


@dataclass(frozen=True)
class Tariff:
    """One version of a published tariff. Refuses with TariffError what no office could publish.

    `minimum` m3 are charged for each month of a bill, also where less was used.
    """

    model: Model
    seasons: tuple[Season, ...]
    rounding: Rounding = Rounding.LINE
    minimum: Decimal = ZERO

    def __post_init__(self) -> None:
        check_figure(self.minimum, MOST_MINIMUM, TariffError)
        _check_months(self.seasons)
        _check_seasons_agree(self.model, self.seasons)

    @classmethod
    def all_year(
        cls,
        model: Model,
        uppers: tuple[Decimal, ...],
        prices: tuple[Decimal, ...],
        rounding: Rounding = Rounding.LINE,
        minimum: Decimal = ZERO,
    ) -> "Tariff":
        """A tariff without seasons: the same tiers in all twelve months."""
        return cls(model, (Season(ALL_MONTHS, uppers, prices),), rounding, minimum)

    def season_of(self, month: int) -> Season:
        """The season that a month (1 to 12) belongs to."""
        return next(season for season in self.seasons if month in season.months)


@dataclass(frozen=True)
class TierBound:
    """One tier as a bill meets it: above `lower`, up to and including `upper` (None: no end), m3 and yuan."""

    tier: int
    lower: Decimal
    upper: Decimal | None
    price: Decimal


def tier_bounds(
    tariff: Tariff, end_month: int, months: int = 1, extra: Decimal = ZERO
) -> tuple[TierBound, ...]:
    """The tiers of a bill that ends in `end_month` and covers `months` months; the one source of every bound.

    The prices are those of the end month's season. A monthly tariff adds up the allowances of all months
    covered, each by its own season, so a missed month gives two allowances; the other models ignore `months`.
    A household's `extra` m3 is added to every bound, for a monthly tariff once a month. Adding `extra` to
    bounds stored without it gives the same result. UsageError for a month, a number of months or an extra
    that cannot be.
    """
    _check_period(end_month, months)
    check_figure(extra, MOST_VOLUME, UsageError)
    season = tariff.season_of(end_month)
    uppers = season.uppers
    if tariff.model == Model.MONTHLY:
        uppers = _monthly_uppers(tariff, end_month, months)
        extra = extra * months
    ends: list[Decimal | None] = [upper + extra for upper in uppers]
    starts = [ZERO, *(upper + extra for upper in uppers)]
    rows = zip(starts, [*ends, None], season.prices, strict=True)
    return tuple(TierBound(tier, lower, upper, price) for tier, (lower, upper, price) in enumerate(rows, 1))


def _monthly_uppers(tariff: Tariff, end_month: int, months: int) -> tuple[Decimal, ...]:
    covered = ((end_month - 1 - back) % 12 + 1 for back in range(months))
    monthly = [tariff.season_of(month).uppers for month in covered]
    return tuple(sum(bounds, ZERO) for bounds in zip(*monthly, strict=True))


def _check_period(end_month: int, months: int) -> None:
    if end_month not in ALL_MONTHS:
        raise UsageError(N_("There is no month %(month)s: give a month from 1 to 12."), month=end_month)
    if not 1 <= months <= MOST_MONTHS:
        raise UsageError(
            N_("A bill cannot cover %(months)s months: give 1 to %(most)s."), months=months, most=MOST_MONTHS
        )


def _check_tiers(uppers: tuple[Decimal, ...], prices: tuple[Decimal, ...]) -> None:
    for price in prices:
        check_figure(price, MOST_PRICE, TariffError)
    for upper in uppers:
        check_figure(upper, MOST_VOLUME, TariffError)
    if len(prices) != len(uppers) + 1:
        raise TariffError(
            N_("Tier bounds: %(uppers)s, prices: %(prices)s. Give one price more than bounds."),
            uppers=len(uppers),
            prices=len(prices),
        )
    for lower, upper in pairwise((ZERO, *uppers)):
        if upper <= lower:
            raise TariffError(
                N_("Tier bound %(upper)s does not lie above %(lower)s: put the bounds in rising order."),
                upper=plain(upper),
                lower=plain(lower),
            )


def _check_months(seasons: tuple[Season, ...]) -> None:
    named = [month for season in seasons for month in season.months]
    for month in sorted(set(named) | ALL_MONTHS):
        if month not in ALL_MONTHS:
            raise TariffError(N_("There is no month %(month)s: give a month from 1 to 12."), month=month)
        if named.count(month) != 1:
            raise TariffError(
                N_("Month %(month)s is in %(count)s seasons: put every month in exactly one."),
                month=month,
                count=named.count(month),
            )


def _check_seasons_agree(model: Model, seasons: tuple[Season, ...]) -> None:
    """Seasons of a tariff have equally many tiers, and a year counts towards one set of bounds only."""
    bounds = {season.uppers for season in seasons}
    if model == Model.FLAT and bounds != {()}:
        raise TariffError(
            N_("A flat tariff has one price and no tier bounds: remove them, or choose another model.")
        )
    if len({len(uppers) for uppers in bounds}) > 1:
        raise TariffError(N_("The seasons differ in their number of tiers: give each the same number."))
    if model != Model.MONTHLY and len(bounds) > 1:
        raise TariffError(
            N_("A tariff counted by year needs the same tier bounds in every season: only prices may differ.")
        )
