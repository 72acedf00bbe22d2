"""From readings to usage. Readings are true and exact, never estimated (GAS-R17).

A dial of five digits counts to 99999 and goes on at zero. A reading below the last one is therefore either
such a rollover or a mistake; it counts as a plausible rollover only while the usage it would mean is at most
a tenth of what the dial can count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plugins.gas.rules.errors import N_, ReadingBelowError, ReadingError, RolloverNotConfirmedError
from plugins.gas.rules.figures import MOST_VOLUME, SMALLEST, ZERO, check_figure, plain

MOST_DIGITS = 8
PLAUSIBLE_PART = 10  # of the dial: a tenth


class ReadingJudgement(StrEnum):
    """A reading beside the previous one: fine, a rollover to confirm, or below and refused."""

    OK = "ok"
    ROLLOVER = "rollover"
    BELOW = "below"


def judge_reading(previous: Decimal, current: Decimal, digits: int) -> ReadingJudgement:
    """Judge a reading (m3) by the previous one of the same dial with so many digits before the point.

    ReadingError when a reading cannot stand on the dial.
    """
    _check_on_dial(previous, digits)
    _check_on_dial(current, digits)
    if current >= previous:
        return ReadingJudgement.OK
    capacity = _capacity(digits)
    if (current + capacity - previous) * PLAUSIBLE_PART <= capacity:
        return ReadingJudgement.ROLLOVER
    return ReadingJudgement.BELOW


@dataclass(frozen=True)
class DialRange:
    """Readings (m3) from `low` to `high`, both included, that are judged alike beside the previous one."""

    low: Decimal
    high: Decimal
    judgement: ReadingJudgement


def ranges_of_dial(previous: Decimal, digits: int) -> tuple[DialRange, ...]:
    """Every reading that the dial can show, upwards, as `judge_reading` judges it after the previous one.

    For those who judge without asking again, such as a phone without a connection. ReadingError as there.
    """
    _check_on_dial(previous, digits)
    capacity = _capacity(digits)
    round_past_zero = previous - capacity + capacity / PLAUSIBLE_PART
    below_from = max(ZERO, round_past_zero + SMALLEST)
    ranges = (
        DialRange(ZERO, round_past_zero, ReadingJudgement.ROLLOVER),
        DialRange(below_from, previous - SMALLEST, ReadingJudgement.BELOW),
        DialRange(previous, capacity - SMALLEST, ReadingJudgement.OK),
    )
    return tuple(each for each in ranges if each.low <= each.high)


def usage_between(
    previous: Decimal, current: Decimal, digits: int, rollover_confirmed: bool = False
) -> Decimal:
    """The usage (m3) between two readings of one dial.

    A plausible rollover counts once a person has confirmed it (RolloverNotConfirmedError before); an
    implausible one never counts (ReadingBelowError); ReadingError when a reading cannot stand on the dial.
    """
    judgement = judge_reading(previous, current, digits)
    if judgement is ReadingJudgement.OK:
        return current - previous
    if judgement is ReadingJudgement.BELOW:
        raise ReadingBelowError(
            N_(
                "Reading %(current)s is below the last one, %(previous)s: read the meter again, or record its"
                " replacement."
            ),
            current=plain(current),
            previous=plain(previous),
        )
    if not rollover_confirmed:
        raise RolloverNotConfirmedError(
            N_(
                "Reading %(current)s after %(previous)s means that the dials went round past zero: look at"
                " the meter and confirm it."
            ),
            current=plain(current),
            previous=plain(previous),
        )
    return current + _capacity(digits) - previous


def replaced_usage(segments: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The usage (m3) of a period with several meters, from each one's first and last reading.

    Every meter counts for itself: the old one up to its removal, the new one from its installation. For a
    meter whose dials went round, ask `usage_between` and add. ReadingBelowError when a last reading lies
    below its first.
    """
    return sum((_segment_usage(first, last) for first, last in segments), ZERO)


def _segment_usage(first: Decimal, last: Decimal) -> Decimal:
    check_figure(first, MOST_VOLUME, ReadingError)
    check_figure(last, MOST_VOLUME, ReadingError)
    if last < first:
        raise ReadingBelowError(
            N_("The meter's last reading %(last)s is below its first, %(first)s: correct one of them."),
            last=plain(last),
            first=plain(first),
        )
    return last - first


def _capacity(digits: int) -> Decimal:
    return Decimal(10) ** digits


def _check_on_dial(reading: Decimal, digits: int) -> None:
    if not 1 <= digits <= MOST_DIGITS:
        raise ReadingError(
            N_("A dial has 1 to %(most)s digits, not %(digits)s: correct the meter's digits."),
            most=MOST_DIGITS,
            digits=digits,
        )
    check_figure(reading, MOST_VOLUME, ReadingError)
    if reading >= _capacity(digits):
        raise ReadingError(
            N_("Reading %(reading)s does not fit a dial of %(digits)s digits: read the meter again."),
            reading=plain(reading),
            digits=digits,
        )
