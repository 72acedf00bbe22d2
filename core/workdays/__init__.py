"""Working days, periods and the dates they end on; lunar dates.

Free of database and web: whoever has a `Calendar` can count. The branch's own calendar comes with the worklist.
"""

from core.workdays.calendar import Calendar
from core.workdays.counting import DueDate, Period, PeriodError, due, last_day_of_term, later, rolled
from core.workdays.hours import ServiceHours

__all__ = [
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
