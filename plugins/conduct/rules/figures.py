"""What a fine may be: one figure, or anything between two."""

from __future__ import annotations

from decimal import Decimal

from core.handbook.kinds import Facts, Settings, Span

HUNDRED = Decimal(100)
FEN = Decimal("0.01")
NOTHING = Decimal("0.00")


def fixed(_facts: Facts, settings: Settings) -> Span | None:
    """The fine that the tariff names; None where its figure is unset."""
    fine = settings["fine"]
    return None if fine is None else Span(fine, fine)


def between(_facts: Facts, settings: Settings) -> Span | None:
    """From the least to the most that the tariff names, both included; None where one of them is unset."""
    low, high = settings["fine_min"], settings["fine_max"]
    return None if low is None or high is None else Span(low, high)


def deducted(facts: Facts, settings: Settings) -> Span | None:
    """What may be kept back of a month's `wage` for a fine of `amount` yuan: all of it, up to the most.

    The most is a share of the wage, and never so much that less than the local minimum wage is left. None while
    deductions are off, and while nobody entered the minimum wage.
    """
    minimum = settings["minimum_wage"]
    if not settings["deduct"] or minimum is None:
        return None
    share = (facts["wage"] * settings["most_share"] / HUNDRED).quantize(FEN, rounding="ROUND_DOWN")
    most = max(min(share, facts["wage"] - minimum), NOTHING)
    kept = min(facts["amount"], most)
    return Span(kept, kept)
