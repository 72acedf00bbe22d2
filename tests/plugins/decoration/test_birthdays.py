"""Whose birthday it is: by the sun and by the moon, in short months, leap months and common years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.workdays import lunar
from plugins.decoration.rules.birthdays import key_of, keys_on

BORN_ON_NEW_YEARS_EVE = date(2024, 2, 9)
"""The 30th of the twelfth lunar month (腊月三十); the next years have no such day."""


def greeted(birthday: date, by_moon: bool, year: int) -> list[date]:
    key, first = key_of(birthday, by_moon), date(year, 1, 1)
    days = (first + timedelta(days=each) for each in range((date(year + 1, 1, 1) - first).days))
    return [day for day in days if key in keys_on(day)]


@pytest.mark.parametrize(("year", "day"), [(2026, date(2026, 2, 16)), (2027, date(2027, 2, 5))])
def test_the_30th_of_a_short_lunar_month_is_kept_on_the_29th(year: int, day: date):
    assert greeted(BORN_ON_NEW_YEARS_EVE, True, year) == [day]


def test_a_birthday_of_29_february_is_kept_every_year():
    born = date(1996, 2, 29)
    assert greeted(born, False, 2026) == [date(2026, 2, 28)]
    assert greeted(born, False, 2028) == [date(2028, 2, 29)]


@pytest.mark.parametrize("born", [date(1988, 3, 7), date(1962, 10, 28), date(2012, 5, 21), date(1990, 6, 23)])
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_lunar_birthday_falls_as_the_calendar_counts_it(born: date, year: int):
    _year, month, day, leap = lunar.lunar_day(born)
    assert greeted(born, True, year) == lunar.in_year(year, month, day, leap=leap)


def test_nobody_is_found_without_a_birthday():
    assert key_of(None, False) is None
    assert key_of(date(1890, 5, 5), True) is None, "of no lunar year that is known"
