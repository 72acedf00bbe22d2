"""Appeals: in time on the third day, answered within a week; days of the calendar, the first not counted."""

from __future__ import annotations

from datetime import date

from core.handbook.kinds import Deadline
from core.workdays import Calendar, Period, due
from facts_of_conduct import BY_ID, settings_of


def last_day(rule_id: str, start: date, **changes: int) -> date:
    rule = BY_ID[rule_id]
    assert isinstance(rule, Deadline)
    length = settings_of(rule, **changes)[rule.within]
    return due(start, Period(length, rule.setting(rule.within).kind), Calendar(), roll=rule.roll).day


def test_an_appeal_is_in_time_on_the_last_day_and_late_after_it():
    friday = date(2026, 3, 6)
    assert last_day("HR-R08", friday) == date(2026, 3, 9)
    assert last_day("HR-R08", date(2026, 4, 30)) == date(2026, 5, 3), "rest days count as well"
    assert last_day("HR-R08", friday, appeal_days=5) == date(2026, 3, 11)


def test_an_appeal_is_answered_within_a_week():
    assert last_day("HR-R09", date(2026, 2, 26)) == date(2026, 3, 5)
    assert last_day("HR-R09", date(2026, 2, 26), appeal_answer_days=14) == date(2026, 3, 12)
