"""Hours that count only while somebody is there to serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.workdays.calendar import Calendar
from core.workdays.counting import PeriodError

FARTHEST = 3660  # days; a period of service hours longer than ten years is a mistake


@dataclass(frozen=True)
class ServiceHours:
    """The hours of a working day, in order, such as 09:00 to 12:00 and 13:30 to 18:00; days off have none."""

    windows: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        ends = [each for window in self.windows for each in window]
        if not ends or sorted(set(ends)) != ends:
            raise PeriodError("service hours are one or more spans of a day, in order, none within another")

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
