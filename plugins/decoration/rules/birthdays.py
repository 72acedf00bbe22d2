"""Whose birthday it is (DEC-R76): days of the year as numbers that an index finds, by the sun or by the moon."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from core.workdays import lunar

MOON, LEAP_MOON = 10_000, 20_000
"""Beside a birthday of the sun such as 1123 stands one of the moon as 11014, or of a leap month as 20415."""
SHORT = 29
"""The last day of a short lunar month."""
ONE_DAY = timedelta(days=1)


def key_of(birthday: date | None, by_moon: bool | None) -> int | None:
    """The day of the year as a number; None without a birthday, or where its lunar year is not known."""
    if birthday is None:
        return None
    if not by_moon:
        return birthday.month * 100 + birthday.day
    try:
        _year, month, day, leap = lunar.lunar_day(birthday)
    except lunar.LunarError:
        return None
    return (LEAP_MOON if leap else MOON) + month * 100 + day


def keys_on(day: date) -> list[int]:
    """The numbers of all birthdays that are kept on a day. Who was born on 29 February keeps it on the 28th of a common
    year; on the 30th of a lunar month, on the 29th of a short one; in a leap month, in the ordinary one of a year
    without it."""
    found = [day.month * 100 + day.day]
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        found.append(229)
    try:
        year, month, number, leap = lunar.lunar_day(day)
        is_short = number == SHORT and lunar.lunar_day(day + ONE_DAY)[2] == 1
        for each in (number, number + 1) if is_short else (number,):
            found.append((LEAP_MOON if leap else MOON) + month * 100 + each)
            if not leap and lunar.solar(year, month, each, leap=True) == day:
                found.append(LEAP_MOON + month * 100 + each)
    except lunar.LunarError:
        return found  # of years that are not known
    return found
