"""Days are read the way that people type them, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

import typed_days
from core.data.days import TwoDaysError, read_day

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


def test_steps_end_with_the_calendar():
    with pytest.raises(ValueError, match="outside the calendar"):
        read_day("+1", date.max)
