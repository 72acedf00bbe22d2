"""From a usage to the lines and the total of a bill (GAS-R30)."""

from dataclasses import dataclass
from decimal import Decimal

from plugins.gas.rules.errors import N_, NegativeUsageError, UsageError
from plugins.gas.rules.figures import MOST_VOLUME, ZERO, check_figure, half_up, plain
from plugins.gas.rules.tariffs import Rounding, Tariff, TierBound, tier_bounds


@dataclass(frozen=True)
class Line:
    """The part of a usage that falls into one tier: m3, yuan per m3, and yuan rounded to the fen."""

    tier: int
    volume: Decimal
    price: Decimal
    lower: Decimal
    upper: Decimal | None
    amount: Decimal

    @property
    def exact(self) -> Decimal:
        """The amount before rounding."""
        return self.volume * self.price


@dataclass(frozen=True)
class Priced:
    """A usage with its price, and all that answers "why this amount?".

    `before` and `after` are the m3 counted in the pricing period up to and with this usage. The lines price
    `charged` m3: the usage, or the tariff's minimum where less was used. With rounding
    `line` the total is the sum of the line amounts. With rounding `total` it is the exact sum rounded once:
    the line amounts are still shown to the fen, and may differ from the total by `rounding_difference`.
    """

    lines: tuple[Line, ...]
    total: Decimal
    rounding: Rounding
    before: Decimal
    after: Decimal
    charged: Decimal

    @property
    def exact(self) -> Decimal:
        """The bill before any rounding."""
        return sum((line.exact for line in self.lines), ZERO)

    @property
    def rounding_difference(self) -> Decimal:
        """The total less the sum of the line amounts shown: 0.00 with rounding `line`."""
        return self.total - sum((line.amount for line in self.lines), ZERO)


def price_usage(
    tariff: Tariff,
    usage: Decimal,
    before: Decimal,
    *,
    end_month: int,
    months: int = 1,
    extra: Decimal = ZERO,
) -> Priced:
    """Price `usage` m3 after `before` m3 of the same pricing period: the year, or the months a bill covers.

    Tiers without volume have no line; no usage has no line and the total 0.00, unless the tariff charges a
    minimum volume. What a minimum adds is priced in the tiers but not counted in the period: `after` is what
    was used. `end_month`, `months` and
    `extra` are those of `tier_bounds`. NegativeUsageError for a usage below zero, UsageError for any other
    bad figure.
    """
    if isinstance(usage, Decimal) and usage.is_finite() and usage < ZERO:
        raise NegativeUsageError(
            N_("A usage of %(usage)s m3 cannot be billed: check the readings, or reverse the wrong bill."),
            usage=plain(usage),
        )
    check_figure(usage, MOST_VOLUME, UsageError)
    check_figure(before, MOST_VOLUME, UsageError)
    charged = max(usage, tariff.minimum * months)
    bounds = tier_bounds(tariff, end_month, months, extra)
    lines = tuple(line for bound in bounds if (line := _line(bound, before, before + charged)).volume > ZERO)
    return Priced(lines, _total(lines, tariff.rounding), tariff.rounding, before, before + usage, charged)


def _line(bound: TierBound, before: Decimal, after: Decimal) -> Line:
    top = after if bound.upper is None else min(after, bound.upper)
    volume = max(top - max(before, bound.lower), ZERO)
    amount = half_up(volume * bound.price)
    return Line(bound.tier, volume, bound.price, bound.lower, bound.upper, amount)


def _total(lines: tuple[Line, ...], rounding: Rounding) -> Decimal:
    if rounding == Rounding.TOTAL:
        return half_up(sum((line.exact for line in lines), ZERO))
    return half_up(sum((line.amount for line in lines), ZERO))
