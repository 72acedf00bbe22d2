"""`zhidu workdays due` as an operator types it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from commands import Office
from core.branches.models import Branch
from core.data import Base
from core.data.database import Database
from core.workdays.models import NOTICE, Workday

TABLES = ("core_branch", "core_workday")


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


def test_days_that_the_company_and_a_branch_keep_count(office: Office):
    asked = ("workdays", "due", "--from", "2027-09-30", "--add", "1 workday", "--format", "json")
    assert "start it, or leave --branch out" in office.refused(*asked, "--branch", "east")
    assert not Path(office.url.removeprefix("sqlite:///")).exists()
    assert json.loads(office.done(*asked))["due"] == "2027-10-04"
    database = Database(office.url)
    Base.metadata.create_all(database.engine, tables=[*map(Base.metadata.tables.get, TABLES)])
    with database.engine.begin() as connection:
        for number, code in enumerate(("hq", "east", "west"), 1):
            connection.execute(insert(Branch).values(id=number, code=code, name_zh=code, name_en=code))
        off = {"is_workday": False, "name": "X"}
        for number in range(1, 8):
            days = insert(Workday).values(day=date(2027, 10, number), source=NOTICE, **off)
            connection.execute(days)
        connection.execute(insert(Workday).values(day=date(2027, 10, 8), branch_id=2, **off))
    database.dispose()
    told = json.loads(office.done(*asked))
    assert (set(told), told["due"], told["provisional"]) == (
        {"due", "provisional", "counted"},
        "2027-10-08",
        False,
    )
    assert json.loads(office.done(*asked, "--branch", "west"))["due"] == "2027-10-08"
    assert json.loads(office.done(*asked, "--branch", "east"))["due"] == "2027-10-11"  # after the weekend
    assert "there is no branch north" in office.refused(*asked, "--branch", "north")


def test_a_database_without_tables_is_no_hindrance(office: Office):
    Path(office.url.removeprefix("sqlite:///")).touch()
    asked = ("workdays", "due", "--from", "2026-02-13", "--add", "1 workday")
    assert office.done(*asked).startswith("2026-02-14")


def test_what_is_wrong_is_said_in_one_line(office: Office):
    assert "is no period" in office.refused("workdays", "due", "--from", "2026-02-12", "--add", "a while")
    ended = office.run("workdays", "due", "--from", "yesterday", "--add", "3 days")
    assert ended.returncode != 0
