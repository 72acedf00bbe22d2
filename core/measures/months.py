"""Months written `2026-10`, as the dashboard counts them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

FORM = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
PATTERN = rf"^{FORM.pattern}$"
YEAR = 12


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), 1)


def last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:7])
    return date(year, number, calendar.monthrange(year, number)[1])


def listed(path: str, day: str) -> Callable[[str, Months], str]:
    """For `Measure.url`: the list at `path`, narrowed by its field `day` to a month."""

    def url(month: str, _months: Months) -> str:
        return f"{path}?f_{day}.ge={first_day(month).isoformat()}&f_{day}.le={last_day(month).isoformat()}"

    return url


def moved(month: str, by: int) -> str:
    """The month so many months later, or earlier for a negative number."""
    count = int(month[:4]) * YEAR + int(month[5:7]) - 1 + by
    return f"{count // YEAR:04d}-{count % YEAR + 1:02d}"


def between(first: str, last: str) -> int:
    """How many months there are from the first to the last, both counted."""
    return (int(last[:4]) - int(first[:4])) * YEAR + int(last[5:7]) - int(first[5:7]) + 1


@dataclass(frozen=True)
class Months:
    """So many months (`count`, usually twelve), the last of them `last`, seen on the business date `today`."""

    last: str
    today: date
    count: int = YEAR

    @property
    def all(self) -> tuple[str, ...]:
        """From the first to the last."""
        return tuple(moved(self.last, -back) for back in range(self.count - 1, -1, -1))

    @property
    def first_day(self) -> date:
        return first_day(self.all[0])

    @property
    def last_day(self) -> date:
        return last_day(self.last)

    @classmethod
    def since(cls, first: str, last: str, today: date) -> Months:
        """All from the first to the last."""
        return cls(last, today, between(first, last))

    def end_of(self, month: str) -> date:
        """The last day of a month that has come: today in the present one."""
        return min(last_day(month), self.today)

    def is_over(self, month: str) -> bool:
        return last_day(month) < self.today
