"""What a plugin declares about a report that its rule book asks for, and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.handbook import values
from core.handbook.periods import Period, period_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ENTITY = "core.report"
DAY, WEEK, MONTH, QUARTER, HALF, YEAR = "day", "week", "month", "quarter", "half", "year"
PERIODS = {
    DAY: (values.DAYS, 1),
    WEEK: (values.WEEKS, 1),
    MONTH: (values.MONTHS, 1),
    QUARTER: (values.MONTHS, 3),
    HALF: (values.MONTHS, 6),
    YEAR: (values.YEARS, 1),
}
TEXT, WORD, COUNT, MONEY, QUANTITY, SHARE, ON = "text", "word", "count", "money", "quantity", "share", "on"
KINDS = (TEXT, WORD, COUNT, MONEY, QUANTITY, SHARE, ON)
MOST_ROWS = 400
"""A report is read by people; a table of more rows is a list, to which it leads."""

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Figure:
    """One figure: `kind` is COUNT, MONEY (yuan), QUANTITY (in `unit`), SHARE (of one), ON (a day), TEXT as it was
    entered, or WORD for an English msgid. Texts of a report are msgids, so that it can be read in both languages.
    `measure` names the measure of which it is the month's figure, where "why?" is answered."""

    label: Any
    value: Value
    kind: str = COUNT
    unit: Any = ""
    measure: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; kinds are those of figures."""

    label: Any
    kind: str = TEXT
    unit: Any = ""


@dataclass(frozen=True)
class Table:
    """A table of a report, MOST_ROWS at most; `total` is its last line, with None where nothing is added up."""

    title: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"a table of a report has {MOST_ROWS} rows at most")
        lines = [*self.rows, *((self.total,) if self.total is not None else ())]
        if any(len(each) != len(self.columns) for each in lines):
            raise ValueError("each row of a report's table needs a value for each of its columns")


@dataclass(frozen=True)
class Filled:
    """What a report says for a period."""

    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()


Fill = Callable[["Session", int, date, date], Filled]
"""The branch, the first and the last day. Adds up in the database, with a bounded number of statements and rows."""


@dataclass(frozen=True)
class Report:
    """A report (报表). `id` is `<plugin>.<name>`; `rule` is the deadline or cadence under which the branch owes it,
    which is `closed_by=by_report(id)` and whose owner fills it in and hands it in.

    `signed_by` are the positions of which one signs it off or sends it back. `period` is day, week, month, quarter,
    half or year: the one in which the deadline begins, or the cadence falls; with `before` the one before it. `asks`
    says what is written beside the figures (an analysis, a plan); with `text_needed` nothing is handed in without.
    Kinds are listed by `order`.
    """

    id: str
    label: Any
    rule: str
    fill: Fill
    signed_by: tuple[str, ...]
    period: str = MONTH
    before: bool = False
    asks: Any = ""
    text_needed: bool = False
    order: int = 50

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    @property
    def path(self) -> str:
        """The address where it is filled in, `/core/reports/gas/daily-reading`."""
        return f"/core/reports/{self.plugin}/{self.name}"

    def of_day(self, day: date) -> Period:
        """The period that a day lies in."""
        return period_of(day, *PERIODS[self.period])

    def owed_on(self, day: date) -> Period:
        """The period of the report that is owed on a day: that of the deadline's event, or the cadence's date."""
        here = self.of_day(day)
        return self.of_day(here.first - timedelta(days=1)) if self.before else here

    def asked_in(self, period: Period) -> Period:
        """The days on which a report of a period is owed."""
        return self.of_day(period.last + timedelta(days=1)) if self.before else period


def handed_in(report_id: str) -> str:
    """The event of one report alone that was handed in: `core.report.gas-daily-reading-handed-in`."""
    return f"{ENTITY}.{report_id.replace('.', '-')}-handed-in"


def by_report(report_id: str) -> tuple[tuple[str, str], ...]:
    """For a rule's `closed_by`: what is owed ends with the report of its own period, and with nothing else."""
    return ((handed_in(report_id), ""),)
