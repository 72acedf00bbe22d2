"""Which days are worked in China: what was announced, what a branch says otherwise, and what is sure of other years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays

from core.workdays import lunar

ANNOUNCED = frozenset(day.year for day in holidays)
"""Years whose yearly notice of the State Council the library carries."""


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
    by_sun = {
        date(year, 1, 1),
        date(year, 5, 1),
        date(year, 5, 2),
        *(date(year, 10, each) for each in (1, 2, 3)),
    }
    if year not in lunar.YEARS:
        return frozenset(by_sun)
    spring = [lunar.solar(year, 1, each) for each in (1, 2, 3)]
    others = [
        lunar.eve_of_new_year(year),
        lunar.clear_and_bright(year),
        lunar.solar(year, 5, 5),
        lunar.solar(year, 8, 15),
    ]
    return frozenset({*by_sun, *spring, *others})
