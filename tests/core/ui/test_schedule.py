"""Schedules: where bars, pauses and today stand, and that the table says the same as the drawing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask, current_app
from flask_babel import Babel

from core.ui.schedule import MOST_DAYS, Bar, Track, Window, schedule, window_of

TODAY = date(2026, 3, 20)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 30)


def test_days_are_parts_of_the_width() -> None:
    window = Window(FIRST, LAST)
    assert window.span(FIRST, LAST) == {"x": 0.0, "width": 100.0}
    assert window.span(date(2026, 3, 4), date(2026, 3, 9)) == {"x": 10.0, "width": 20.0}
    assert window.span(date(2026, 2, 1), FIRST) == {"x": 0.0, "width": 3.333}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, LAST),
        (FIRST, None),
        (LAST, FIRST),
        (date(2026, 4, 1), date(2026, 4, 2)),
        (date(2026, 1, 1), date(2026, 1, 2)),
    ],
)
def test_what_is_unknown_or_beyond_is_not_drawn(first: date | None, last: date | None) -> None:
    window = Window(FIRST, LAST)
    found = window.span(first, last)
    assert found is None or found["x"] + found["width"] <= 100


def test_a_window_reaches_from_the_first_day_to_the_last_and_to_today_where_something_runs() -> None:
    ended = Track([Bar("a", (date(2026, 1, 5), date(2026, 1, 20)), (date(2026, 1, 6), date(2026, 1, 25)))])
    assert window_of([ended], TODAY) == Window(date(2026, 1, 5), date(2026, 1, 25))
    runs = Track([Bar("b", real=(date(2026, 3, 1), None))])
    assert window_of([ended, runs], TODAY) == Window(date(2026, 1, 5), TODAY)
    assert window_of([], TODAY) == Window(TODAY, TODAY)


def test_a_long_window_is_cut_around_today() -> None:
    long = Track([Bar("a", (TODAY - timedelta(days=900), TODAY + timedelta(days=900)))])
    window = window_of([long], TODAY)
    assert window.days == MOST_DAYS
    assert window.first < TODAY < window.last
    past = Track([Bar("a", (TODAY - timedelta(days=1_900), TODAY - timedelta(days=900)))])
    assert window_of([past], TODAY).last == TODAY - timedelta(days=900)


def test_the_only_bar_of_a_row_has_its_name_others_their_mark() -> None:
    days = (FIRST, LAST)
    rows = [
        ({}, Track([Bar("Works", days)])),
        ({}, Track([Bar("Painting", days, mark="5"), Bar("Tiling", days)])),
    ]
    with Flask("drawn").test_request_context():
        Babel(current_app)
        drawn = schedule(rows, TODAY, "Plan")["rows"]
    assert [[bar["mark"] for bar in row["bars"]] for row in drawn] == [["Works"], ["5", "T"]]
