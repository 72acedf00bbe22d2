"""Hours that count only while somebody is there to serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.workdays.calendar import Calendar
from core.workdays.counting import PeriodError

FARTHEST = 3660  # days; a period of service hours longer than ten years is a mistake
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class ServiceHours:
    """The hours of a working day, in order, such as 09:00 to 12:00 and 13:30 to 18:00; days off have none."""

    windows: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        ends = [each for window in self.windows for each in window]
        if not ends or sorted(set(ends)) != ends:
            raise PeriodError("service hours are one or more spans of a day, in order, none within another")

    @classmethod
    def read(cls, written: str) -> ServiceHours:
        """`09:00-12:00 13:30-18:00`. Raises PeriodError."""
        spans = [_WINDOW.fullmatch(each) for each in written.split()]
        try:
            return cls(tuple((time(int(s[1]), int(s[2])), time(int(s[3]), int(s[4]))) for s in spans))  # type: ignore[index]
        except (TypeError, ValueError) as error:
            raise PeriodError(f"{written!r} are no hours; write such as 09:00-12:00 13:30-18:00") from error

    def __str__(self) -> str:
        return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.windows)

    def after(self, start: datetime, period: timedelta, calendar: Calendar) -> datetime:
        """When so much service time has passed since `start`, a moment by the clock of the place."""
        left, day = period, start.date()
        for _ in range(FARTHEST):
            for opens, closes in self._open_on(day, calendar):
                begins = max(opens, start)
                if left <= closes - begins:
                    return begins + left
                left -= max(closes - begins, timedelta())
            day += timedelta(days=1)
        raise PeriodError(f"{period} of service time from {start} on do not end within ten years")

    def _open_on(self, day: date, calendar: Calendar) -> list[tuple[datetime, datetime]]:
        if not calendar.is_workday(day):
            return []
        return [
            (datetime.combine(day, opens), datetime.combine(day, closes)) for opens, closes in self.windows
        ]


USUAL_HOURS = ServiceHours(((time(9), time(12)), (time(13, 30), time(18))))
"""Where a branch says nothing else."""
