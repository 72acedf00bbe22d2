"""Days of the Chinese lunar calendar (农历), such as a birthday that somebody keeps by it."""

from __future__ import annotations

from datetime import date, timedelta

from borax.calendars.lunardate import InvalidLunarDateError, LCalendars, LunarDate, TermUtils

YEARS = range(1901, 2100)
"""Lunar years that are known, first to last."""
LAST_MONTH, LONGEST_MONTH = 12, 30
CLEAR_AND_BRIGHT = 6  # of the 24 solar terms, counted from 0 at the beginning of the year of the sun


class LunarError(ValueError):
    """A day that no lunar year has, or of a year that is not known."""


def solar(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """The day on which a lunar day falls. `leap` names the leap month that follows the month of its number.

    A short month has no 30th: then it is the 29th (大年三十 falls on 腊月廿九). A year without that leap month
    keeps the day in the ordinary one. Raises LunarError.
    """
    if year not in YEARS:
        raise LunarError(f"the lunar year {year} is not known; those from {YEARS[0]} to {YEARS[-1]} are")
    if not 1 <= month <= LAST_MONTH or not 1 <= day <= LONGEST_MONTH:
        raise LunarError(f"no lunar month {month} has a day {day}")
    is_leap = int(leap and LCalendars.leap_month(year) == month)
    try:
        found: date = LunarDate(
            year, month, min(day, LCalendars.ndays(year, month, is_leap)), is_leap
        ).to_solar_date()
    except InvalidLunarDateError as error:
        raise LunarError(str(error)) from error
    return found


def lunar_day(day: date) -> tuple[int, int, int, bool]:
    """Year, month and day of a day in the lunar calendar, and whether that month is a leap one. Raises LunarError."""
    try:
        found = LunarDate.from_solar(day)
    except (InvalidLunarDateError, ValueError) as error:
        raise LunarError(f"{day} is in no lunar year that is known") from error
    return found.year, found.month, found.day, bool(found.leap)


def in_year(year: int, month: int, day: int, *, leap: bool = False) -> list[date]:
    """Every time that a lunar day comes in a year of the sun: mostly once, near its turn also twice or never."""
    falls = (solar(each, month, day, leap=leap) for each in (year - 1, year) if each in YEARS)
    return [each for each in falls if each.year == year]


def eve_of_new_year(year: int) -> date:
    """除夕: the day before the first of the lunar year."""
    return solar(year, 1, 1) - timedelta(days=1)


def clear_and_bright(year: int) -> date:
    """清明, the fifteenth day after the spring equinox or so; it is a solar term, not a lunar day."""
    found: date = TermUtils.nth_term_day(year, term_index=CLEAR_AND_BRIGHT)
    return found
