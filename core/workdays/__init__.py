"""Working days, periods and the dates they end on; lunar dates.

Free of database and web: whoever has a `Calendar` can count. `core.workdays.kept` reads that of a branch.
"""

from core.workdays.calendar import Calendar
from core.workdays.counting import DueDate, Period, PeriodError, due, last_day_of_term, later, rolled
from core.workdays.hours import USUAL_HOURS, ServiceHours

__all__ = [
    "USUAL_HOURS",
    "Calendar",
    "DueDate",
    "Period",
    "PeriodError",
    "ServiceHours",
    "due",
    "last_day_of_term",
    "later",
    "rolled",
]
