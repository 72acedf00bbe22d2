"""Which days are worked in China: what was announced, what a branch says otherwise, and what is sure of other years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import chinese_calendar
from chinese_calendar.constants import Holiday, holidays

from core.workdays import lunar

ANNOUNCED = frozenset(day.year for day in holidays)
"""Years whose yearly notice of the State Council the library carries."""
NEW_YEAR, SPRING, TOMBS, LABOUR, DRAGON_BOATS, MID_AUTUMN, NATIONAL = (
    str(each.value)
    for each in (
        Holiday.new_years_day,
        Holiday.spring_festival,
        Holiday.tomb_sweeping_day,
        Holiday.labour_day,
        Holiday.dragon_boat_festival,
        Holiday.mid_autumn_festival,
        Holiday.national_day,
    )
)


@dataclass(frozen=True)
class Calendar:
    """The working days of a place: `said` comes first, then the national calendar.

    `said` tells of days whether they are worked; `announced` names years that are settled beyond the library's.
    """

    said: Mapping[date, bool] = field(default_factory=dict)
    announced: Collection[int] = ()

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked, a make-up Saturday among them."""
        found = self.said.get(day)
        if found is not None:
            return found
        if day.year in ANNOUNCED:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5 and (day.year in self.announced or day not in by_law(day.year))

    def is_provisional(self, day: date) -> bool:
        """Whether nobody has said yet what kind of day it will be."""
        return day not in self.said and day.year not in ANNOUNCED and day.year not in self.announced


@cache
def by_law(year: int) -> frozenset[date]:
    """The holidays that need no notice: by the national rules (全国年节及纪念日放假办法), as in force since 2025.

    Outside the years of the lunar tables (1901 to 2099) those that go by the sun alone.
    """
    return frozenset(named_by_law(year))


@cache
def named_by_law(year: int) -> Mapping[date, str]:
    """As `by_law`, each with the English name of its holiday."""
    found = {
        date(year, 1, 1): NEW_YEAR,
        **{date(year, 5, each): LABOUR for each in (1, 2)},
        **{date(year, 10, each): NATIONAL for each in (1, 2, 3)},
    }
    if year not in lunar.YEARS:
        return found
    by_moon = {
        lunar.eve_of_new_year(year): SPRING,
        **{lunar.solar(year, 1, each): SPRING for each in (1, 2, 3)},
        lunar.clear_and_bright(year): TOMBS,
        lunar.solar(year, 5, 5): DRAGON_BOATS,
        lunar.solar(year, 8, 15): MID_AUTUMN,
    }
    return {**by_moon, **found}
