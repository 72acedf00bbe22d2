"""Days are read the way that people type them, and never guessed."""

from __future__ import annotations

import re
from datetime import date

import pytest

import typed_days
from core.data.days import TwoDaysError, read_day, read_month
from core.exchange.forms import MONTHS

TODAY = date.fromisoformat(typed_days.TODAY)


@pytest.mark.parametrize(("text", "day"), typed_days.DAYS.items())
def test_a_day_is_read(text, day):
    assert read_day(text, TODAY).isoformat() == day


@pytest.mark.parametrize("text", typed_days.NO_DAYS)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", typed_days.TWO_DAYS)
def test_what_may_be_two_days_is_refused_as_such(text):
    with pytest.raises(TwoDaysError):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    "text", ["2026-07", "2026/7", "202607", "2026年7月", " ２０２６－０７ ", "7", "07", "7月"]
)
def test_a_month_is_read(text):
    assert read_month(text, TODAY) == "2026-07"
    assert re.fullmatch(MONTHS, text), "the browser lets it through"


def test_this_month_has_a_letter():
    assert read_month("t", TODAY) == "2026-11"


@pytest.mark.parametrize("text", ["", "June", "2026-13", "0", "13", "2026-07-01", "+1", "20260", "0000-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_month(text, TODAY)


def test_steps_end_with_the_calendar():
    with pytest.raises(ValueError, match="outside the calendar"):
        read_day("+1", date.max)
