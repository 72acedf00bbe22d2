"""`zhidu workdays due` as an operator types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "home")


def test_it_says_the_day_and_how_it_was_counted(office: Office):
    said = office.done(
        "workdays", "due", "--from", "2026-02-12", "--add", "3 days", "--roll", "next"
    ).splitlines()
    assert said[0] == "2026-02-24"
    assert said[1].startswith("3 days after 2026-02-12, which is not counted: 2026-02-15 (Sunday); a day off")
    assert len(said) == 2


def test_as_json_backwards_and_beyond_what_is_announced(office: Office):
    back = ("workdays", "due", "--from", "2026-06-05", "--add", "1 month", "--before", "--roll", "previous")
    told = json.loads(office.done(*back, "--format", "json"))
    assert (told["due"], told["provisional"]) == ("2026-04-30", False)
    ahead = ("workdays", "due", "--from", "2026-12-31", "--add", "1 workday", "--format", "json")
    told = json.loads(office.done(*ahead))
    assert (told["due"], told["provisional"]) == ("2027-01-04", True)
    assert "3 days off passed over" in told["counted"]


def test_what_is_wrong_is_said_in_one_line(office: Office):
    assert "is no period" in office.refused("workdays", "due", "--from", "2026-02-12", "--add", "a while")
    ended = office.run("workdays", "due", "--from", "yesterday", "--add", "3 days")
    assert ended.returncode != 0
