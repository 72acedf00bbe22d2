"""When things are due, without a database: each way in which a rule may say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.handbook.kinds import Cadence, Deadline
from core.handbook.values import (
    DAY_OF_MONTH,
    DAYS,
    DAYS_OF_MONTH,
    HOURS,
    MINUTES,
    MONTHS,
    TIME,
    WEEKDAY,
    WEEKS,
    WORKDAYS,
    YEARS,
    Setting,
)
from core.workdays import USUAL_HOURS, Calendar
from core.worklist.reckoning import Place, by_cadence, by_deadline, dates
from shop_duties import CLAUSE

PLACE = Place(Calendar(), USUAL_HOURS, ZoneInfo("Asia/Shanghai"))
FRIDAY = date(2026, 11, 27)


def deadline(within: str = "", by: str = "", roll: str = "none") -> Deadline:
    settings = tuple(Setting(name, kind) for name, kind in (("within", within), ("by", by)) if kind)
    return Deadline(
        "X-1",
        CLAUSE,
        "",
        settings,
        within="within" if within else "",
        by="by" if by else "",
        roll=roll,
        event="x.y",
    )


def due(rule: Deadline, start: date = FRIDAY, at: datetime | None = None, **values: Any) -> Any:
    return by_deadline(rule, {"within": None, "by": None, **values}, start, PLACE, at)


@pytest.mark.parametrize(
    ("kind", "length", "day"),
    [
        (DAYS, 3, date(2026, 11, 30)),
        (WORKDAYS, 3, date(2026, 12, 2)),
        (WEEKS, 2, date(2026, 12, 11)),
        (MONTHS, 3, date(2027, 2, 27)),
        (YEARS, 1, date(2027, 11, 27)),
        (DAYS, 0, FRIDAY),
    ],
)
def test_lengths_of_time(kind: str, length: int, day: date):
    assert due(deadline(kind), within=length).due_on == day


def test_a_day_off_moves_the_date_as_the_rule_says():
    saturdays = {
        roll: due(deadline(DAYS, roll=roll), within=1).due_on.day for roll in ("next", "previous", "none")
    }
    assert saturdays == {"next": 30, "previous": 27, "none": 28}
    assert due(deadline(DAYS, roll="next"), within=1).nominal_on == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("kind", "by", "start", "day"),
    [
        (DAY_OF_MONTH, 5, FRIDAY, date(2026, 12, 5)),
        (DAY_OF_MONTH, 28, FRIDAY, date(2026, 11, 28)),
        (DAY_OF_MONTH, 27, FRIDAY, date(2026, 12, 27)),
        (DAY_OF_MONTH, 31, date(2027, 1, 31), date(2027, 2, 28)),
        (DAYS_OF_MONTH, (1, 5), FRIDAY, date(2026, 12, 5)),
        (WEEKDAY, 1, FRIDAY, date(2026, 11, 30)),
        (WEEKDAY, 5, FRIDAY, date(2026, 12, 4)),
    ],
)
def test_the_first_such_day_after_the_event(kind: str, by: Any, start: date, day: date):
    assert due(deadline(by=kind), start, by=by).due_on == day


def test_such_a_day_in_the_month_or_week_where_the_time_ends():
    assert due(deadline(MONTHS, DAY_OF_MONTH), within=1, by=5).due_on == date(2026, 12, 5)
    assert due(deadline(MONTHS, DAY_OF_MONTH), within=0, by=30).due_on == date(2026, 11, 30)
    assert due(deadline(DAYS, WEEKDAY), within=7, by=5).due_on == date(2026, 12, 4)


def test_a_time_of_day():
    found = due(deadline(by=TIME), by=time(17, 30))
    assert (found.due_on, found.due_at) == (FRIDAY, datetime(2026, 11, 27, 9, 30, tzinfo=UTC))
    assert due(deadline(WORKDAYS, TIME), within=1, by=time(9)).due_at == datetime(2026, 11, 30, 1, tzinfo=UTC)


def test_hours_and_minutes_run_over_the_weekend_without_counting():
    at = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)  # half past five
    assert due(deadline(HOURS), at=at, within=1).due_at == datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
    assert due(deadline(MINUTES), at=at, within=30).due_at == datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert due(deadline(HOURS), within=1).due_at == datetime(2026, 11, 27, 2, tzinfo=UTC)


def test_a_figure_that_is_not_set_makes_nothing_due():
    assert due(deadline(DAYS)) is None
    assert due(deadline(DAYS, TIME), within=1) is None
    assert due(deadline()) is None


def test_beyond_the_years_that_are_announced_a_date_is_provisional():
    assert due(deadline(MONTHS, roll="next"), within=3).provisional
    assert not due(deadline(DAYS, roll="next"), within=3).provisional


# ---------------------------------------------------------------- series


def cadence(every: str = "", on: str = "", roll: str = "none", anchor: str = "a") -> Cadence:
    settings = tuple(Setting(name, kind) for name, kind in (("every", every), ("on", on)) if kind)
    return Cadence(
        "X-2",
        CLAUSE,
        "",
        settings,
        every="every" if every else "",
        on="on" if on else "",
        roll=roll,
        anchor=anchor,
    )


def series(rule: Cadence, last: str, anchor: str | None = None, **values: Any) -> list[str]:
    given = {"every": None, "on": None, **values}
    begin = date.fromisoformat(anchor) if anchor else None
    found = dates(rule, given, begin, date.fromisoformat(last), PLACE.calendar)
    return [f"{base} after {starts_on:%m-%d}" for base, starts_on in found]


def test_from_an_anchor_which_is_not_one_of_the_dates():
    assert series(cadence(DAYS), "2026-01-12", "2026-01-01", every=5) == [
        "2026-01-06 after 01-01",
        "2026-01-11 after 01-06",
    ]
    assert series(cadence(MONTHS), "2026-05-31", "2026-01-31", every=2) == [
        "2026-03-31 after 01-31",
        "2026-05-31 after 03-31",
    ]
    assert series(cadence(YEARS), "2028-12-31", "2024-02-29", every=1)[-1] == "2028-02-29 after 02-28"
    assert series(cadence(WEEKS), "2026-01-20", "2026-01-01", every=2) == ["2026-01-15 after 01-01"]


def test_on_days_of_months_and_weeks():
    assert series(cadence(MONTHS, DAY_OF_MONTH), "2026-06-30", "2026-01-20", every=2, on=31) == [
        "2026-01-31 after 01-20",
        "2026-03-31 after 01-31",
        "2026-05-31 after 03-31",
    ]
    assert series(cadence(WEEKS, WEEKDAY), "2026-02-01", "2026-01-01", every=2, on=1) == [
        "2026-01-05 after 01-01",
        "2026-01-19 after 01-05",
    ]
    assert series(cadence(on=DAYS_OF_MONTH), "2026-02-28", "2026-01-10", on=(1, 5)) == [
        "2026-02-05 after 01-31"
    ]
    assert series(cadence(on=DAYS_OF_MONTH), "2026-02-28", "2026-01-10", on=(26, 5)) == [
        "2026-02-05 after 01-25"
    ]


def test_without_an_anchor_quarters_begin_with_the_year():
    found = series(cadence(MONTHS, DAY_OF_MONTH, anchor=""), "2026-12-31", every=3, on=10)
    assert [each[:10] for each in found[-4:]] == ["2026-01-10", "2026-04-10", "2026-07-10", "2026-10-10"]
    closing = replace(cadence(MONTHS, DAY_OF_MONTH, anchor=""), at_end=True)
    found = series(closing, "2026-12-31", every=3, on=26)
    assert [each[:10] for each in found[-4:]] == ["2026-03-26", "2026-06-26", "2026-09-26", "2026-12-26"]
    weekly = series(cadence(on=WEEKDAY, anchor=""), "2026-11-30", on=5)
    assert weekly[-1] == "2026-11-27 after 11-20"


def test_working_days_pass_over_days_off():
    found = series(cadence(WORKDAYS), "2026-10-12", "2026-09-29", every=1)
    assert [each[:10] for each in found] == [
        "2026-09-30",
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
        "2026-10-12",
    ]


def test_an_unset_figure_is_no_series_and_hours_are_none_either():
    assert series(cadence(DAYS), "2026-12-31", "2026-01-01") == []
    with pytest.raises(ValueError, match="cannot be counted in hours"):
        series(cadence(HOURS), "2026-12-31", "2026-01-01", every=1)


def test_rest_puts_every_date_off():
    rule = replace(cadence(DAYS), roll="next")
    found = by_cadence(date(2026, 11, 20), date(2026, 11, 10), 8, rule, {"every": 1}, PLACE.calendar)
    assert (found.nominal_on, found.due_on) == (date(2026, 11, 28), date(2026, 11, 30))
    assert not found.provisional
