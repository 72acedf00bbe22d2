"""Pricing years: the calendar year, or the reading year, over which a tariff counts the volume."""

from dataclasses import dataclass
from datetime import date, timedelta

from plugins.gas.rules.errors import N_, TariffError

A_COMMON_YEAR = 2001  # a pricing year starts on a day that every year has


@dataclass(frozen=True)
class PricingYear:
    """A pricing year by its first and last day, both included; the first day is its name."""

    first: date
    last: date


def pricing_year_of(reading_date: date, start_month: int = 1, start_day: int = 1) -> PricingYear:
    """The pricing year that owns a reading: the reading's date decides, for the whole usage up to it.

    Without a start it is the calendar year; a reading year starts on the month and day given.
    TariffError for a day that not every year has.
    """
    _check_start(start_month, start_day)
    first = date(reading_date.year, start_month, start_day)
    if reading_date < first:
        first = date(reading_date.year - 1, start_month, start_day)
    return PricingYear(first, date(first.year + 1, start_month, start_day) - timedelta(days=1))


def _check_start(month: int, day: int) -> None:
    try:
        date(A_COMMON_YEAR, month, day)
    except ValueError:
        raise TariffError(
            N_("No pricing year can start on day %(day)s of month %(month)s: choose a day of every year."),
            month=month,
            day=day,
        ) from None
