"""What a fine may be: one figure, or anything between two."""

from __future__ import annotations

from decimal import Decimal

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal, Settings, Span

HUNDRED = Decimal(100)
FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
NO_FIGURE = N_(
    "No amount is named for this slip: leave the fine empty, choose the item that fits what came of it, or set the"
    " amount in the handbook first."
)
NOT_THE_FIGURE = N_("The tariff names a fine of %(fine)s for this item.")
OUT_OF_RANGE = N_("The tariff names a fine from %(fine_min)s to %(fine_max)s for this item.")
NO_DEDUCTION = N_(
    "Fines are not kept back of wages here. It may be unlawful: an employer may keep back of wages only what the law"
    " allows, no more than 20 percent of a month's wage and never below the local minimum wage. Whoever switches it"
    " on, in the handbook (HR-R06), answers for it."
)


def fixed(_facts: Facts, settings: Settings) -> Span | None:
    """The fine that the tariff names; None where its figure is unset."""
    fine = settings["fine"]
    return None if fine is None else Span(fine, fine)


def between(_facts: Facts, settings: Settings) -> Span | None:
    """From the least to the most that the tariff names, both included; None where one of them is unset."""
    low, high = settings["fine_min"], settings["fine_max"]
    return None if low is None or high is None else Span(low, high)


def misfit(facts: Facts, _settings: Settings, span: Span | None) -> Refusal | None:
    """A `fine` that is not what the item names."""
    fine = facts["fine"]
    if span is None:
        return Refusal(NO_FIGURE, fields=("fine",))
    if span.low <= fine <= span.high:
        return None
    if span.low == span.high:
        return Refusal(NOT_THE_FIGURE, {"fine": span.low}, ("fine",))
    return Refusal(OUT_OF_RANGE, {"fine_min": span.low, "fine_max": span.high}, ("fine",))


def nothing_kept_back(_facts: Facts, _settings: Settings, span: Span | None) -> Refusal | None:
    """A deduction while they are off."""
    return Refusal(NO_DEDUCTION) if span is None else None


def deducted(facts: Facts, settings: Settings) -> Span | None:
    """What may be kept back of a month's `wage` for the fine of its slip: all of it, up to the most.

    The most is a share of the wage, and never so much that less than the local minimum wage is left. None while
    deductions are off, and while nobody entered the minimum wage.
    """
    minimum = settings["minimum_wage"]
    if not settings["deduct"] or minimum is None:
        return None
    share = (facts["wage"] * settings["most_share"] / HUNDRED).quantize(FEN, rounding="ROUND_DOWN")
    most = max(min(share, facts["wage"] - minimum), NOTHING)
    kept = min(facts["slip.fine"], most)
    return Span(kept, kept)
