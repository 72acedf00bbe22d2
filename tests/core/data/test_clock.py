"""The one clock."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from core.data import clock

NEW_YEAR = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_the_day_is_that_of_the_branch():
    with clock.frozen(NEW_YEAR):
        assert clock.today() == clock.today("Asia/Shanghai") == date(2026, 1, 1)
        assert clock.today("UTC") == date(2025, 12, 31)
        assert clock.local(clock.now()).strftime("%H:%M") == "00:30"


def test_freezing_nests_and_ends():
    later = NEW_YEAR + timedelta(days=40)
    with clock.frozen(NEW_YEAR):
        with clock.frozen(later.astimezone(timezone(timedelta(hours=8)))):
            assert clock.now() == later
        assert clock.now() == NEW_YEAR
    assert clock.now() > later


def test_a_time_without_a_zone_is_taken_as_utc():
    with clock.frozen(datetime(2026, 5, 1, 12)):  # noqa: DTZ001 - that is the point
        assert clock.now() == datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_another_thread_keeps_its_own_time():
    seen = []
    with clock.frozen(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > NEW_YEAR + timedelta(days=1)


def test_a_whole_process_is_moved_by_a_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIDU_NOW", "2026-03-04T05:06:07+08:00")
    assert clock.now() == datetime(2026, 3, 3, 21, 6, 7, tzinfo=UTC)
    assert clock.today() == date(2026, 3, 4)
    with clock.frozen(NEW_YEAR):
        assert clock.now() == NEW_YEAR
