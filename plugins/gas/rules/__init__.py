"""The gas office's arithmetic, to be read aloud: tariffs, bills, readings and payments.

Plain Python on exact `Decimal` figures, without web or database. Volumes are m3 and prices yuan per m3, both
with at most four decimals; amounts are yuan with two.
"""

from plugins.gas.rules.errors import (
    GasRuleError,
    NegativeUsageError,
    PaymentError,
    ReadingBelowError,
    ReadingError,
    RolloverNotConfirmedError,
    TariffError,
    UsageError,
)
from plugins.gas.rules.figures import amount_fen, half_up, plain
from plugins.gas.rules.metering import (
    DialRange,
    ReadingJudgement,
    judge_reading,
    ranges_of_dial,
    replaced_usage,
    usage_between,
)
from plugins.gas.rules.payments import Allocation, OpenBill, Settlement, allocate_payment
from plugins.gas.rules.pricing import Line, Priced, price_usage
from plugins.gas.rules.tariffs import ALL_MONTHS, Model, Rounding, Season, Tariff, TierBound, tier_bounds
from plugins.gas.rules.years import PricingYear, pricing_year_of

__all__ = [
    "ALL_MONTHS",
    "Allocation",
    "DialRange",
    "GasRuleError",
    "Line",
    "Model",
    "NegativeUsageError",
    "OpenBill",
    "PaymentError",
    "Priced",
    "PricingYear",
    "ReadingBelowError",
    "ReadingError",
    "ReadingJudgement",
    "RolloverNotConfirmedError",
    "Rounding",
    "Season",
    "Settlement",
    "Tariff",
    "TariffError",
    "TierBound",
    "UsageError",
    "allocate_payment",
    "amount_fen",
    "half_up",
    "judge_reading",
    "plain",
    "price_usage",
    "pricing_year_of",
    "ranges_of_dial",
    "replaced_usage",
    "tier_bounds",
    "usage_between",
]
