"""The types of a rule's settings (规则参数): what may be entered, and how it is read, kept and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DAYS, WORKDAYS, HOURS, MINUTES, CLOCK_HOURS, WEEKS, MONTHS, YEARS = (
    "days",
    "workdays",
    "hours",
    "minutes",
    "clock_hours",
    "weeks",
    "months",
    "years",
)
LENGTHS = (DAYS, WORKDAYS, HOURS, MINUTES, CLOCK_HOURS, WEEKS, MONTHS, YEARS)
"""Lengths of time, as whole numbers: days of the calendar, working days, hours and minutes within service hours, hours
of the clock whoever serves."""
NUMBER, MONEY, PERCENT = "number", "money", "percent"
"""A whole number; yuan with two decimals (Decimal); parts of a hundred (Decimal)."""
DAY_OF_MONTH, DAYS_OF_MONTH, WEEKDAY, TIME, DATE = "day_of_month", "days_of_month", "weekday", "time", "date"
"""1 to 31, where 31 means the last day of any month; two of them, first and last (a tuple); 1 Monday to 7
Sunday; a time of day; a date."""
YES_NO, TEXT, CHOICE, LIST, POSITION = "yes_no", "text", "choice", "list", "position"
"""A LIST is a tuple of texts (of its choices, where it has some); a POSITION is the id of one."""
KINDS = (
    *LENGTHS,
    NUMBER,
    MONEY,
    PERCENT,
    DAY_OF_MONTH,
    DAYS_OF_MONTH,
    WEEKDAY,
    TIME,
    DATE,
    YES_NO,
    TEXT,
    CHOICE,
    LIST,
    POSITION,
)


@dataclass(frozen=True)
class Setting:
    """One figure of a rule that a branch may set otherwise from a day on.

    `default` is the rule book's own; None where its text gives none (a rule whose setting is unset does nothing), and
    `inferred` where the default is not in the text, but chosen for it. `suggested` is offered where nothing is set.
    `low` and `high` are included. `by_two`: a change takes effect once a second person has approved it. `optional`:
    unset, it leaves the rest of its rule in force; `unset` says what is so then. `called` says what values are called
    where any text may be entered, such as a department that the rule book names in Chinese. `fixed` says why nobody can
    set it otherwise: a figure of the paper that the program does not turn. `read_by` names the department's function
    (`plugins.conduct.checks:check_deduction`) that reads it, where the rule itself does not.
    """

    name: str
    kind: str
    default: Any = None
    label: Any = ""
    suggested: Any = None
    low: Any = None
    high: Any = None
    choices: tuple[tuple[str, Any], ...] = ()
    called: tuple[tuple[str, Any], ...] = ()
    by_two: bool = False
    optional: bool = False
    inferred: bool = False
    unset: Any = ""
    fixed: Any = ""
    read_by: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(
                f"setting {self.name} is of no known kind: {self.kind}; use one of {', '.join(KINDS)}"
            )
