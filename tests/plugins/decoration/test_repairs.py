"""Repairs within and out of warranty, from the report to the card in the file."""
# zh-ok-file: example data

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from company import Company
from core.data import clock
from core.workdays import Calendar
from decoration_company import customer, setting_changed
from decoration_complaints import FILES, REPAIRS, called_back, crew, kept, moved, site, who
from plugins.decoration.warranty import last_day

TODAY = clock.today()


def opened(company: Company, place: int, **values: Any) -> int:
    made = who(company, "specialist")("POST", FILES, json={"site_id": place, **values})
    assert made.status_code == 201, made.text
    return int(made.json["id"])


def reported(company: Company, owner: int, **values: Any) -> Any:
    sent = {"customer_id": owner, "kind": "workmanship", "part": "general", "fault": "门套开裂", **values}
    return who(company, "specialist")("POST", REPAIRS, json=sent)


def repair(company: Company, owner: int, **values: Any) -> int:
    made = reported(company, owner, **values)
    assert made.status_code == 201, made.text
    return int(made.json["id"])


def done(company: Company, number: int, **values: Any) -> Any:
    appointed = {
        "appointed_on": TODAY.isoformat(),
        "slot": "morning",
        "crew_id": crew(company, f"维修{number}"),
    }
    assert moved(company, REPAIRS, number, "appoint", "engineering", **appointed).status_code == 200
    return moved(company, REPAIRS, number, "finish", "engineering", work_done="已更换", **values)


@pytest.mark.parametrize(
    ("accepted", "years", "rolls", "expected"),
    [
        ("2024-02-29", 2, False, "2026-02-28"),
        ("2024-02-29", 2, True, "2026-02-28"),  # a Saturday on which is worked
        ("2024-02-29", 5, False, "2029-02-28"),
        ("2024-10-03", 2, False, "2026-10-03"),
        ("2024-10-03", 2, True, "2026-10-08"),
    ],
)
def test_a_warranty_runs_to_its_last_day(accepted: str, years: int, rolls: bool, expected: str) -> None:
    settings = {"rolls_to_workday": rolls}
    found = last_day(date.fromisoformat(accepted), years, settings, Calendar())
    assert found == date.fromisoformat(expected)


def test_a_file_says_until_when_each_warranty_runs(company: Company) -> None:
    _owner, place = site(company, "W-1", date(2024, 10, 3))
    number = opened(company, place)
    found = kept(company, FILES, number)
    assert (found["accepted_on"], found["general_until"]) == ("2024-10-03", "2026-10-03")
    assert found["waterproof_until"] == "2029-10-03"
    assert found["number"].startswith("DA")
    again = who(company, "specialist")("POST", FILES, json={"site_id": place})
    assert again.status_code == 409, "a site has one file"
    _other, building = site(company, "W-2")
    early = who(company, "specialist")("POST", FILES, json={"site_id": building})
    assert set(early.json["errors"]) == {"site_id"}


def test_a_last_day_off_gives_way_where_the_branch_says_so(company: Company) -> None:
    """By the setting of the day of acceptance."""
    accepted = date(2024, 10, 3)
    _owner, place = site(company, "W-3", accepted)
    with clock.frozen(datetime(2024, 10, 3, 4, tzinfo=UTC)):
        setting_changed(company, "DEC-R71-B", "rolls_to_workday", True, accepted)
        number = opened(company, place)
        setting_changed(company, "DEC-R71-B", "rolls_to_workday", False, accepted + timedelta(days=1))
    assert kept(company, FILES, number)["general_until"] == "2026-10-08"


def test_nothing_is_charged_under_warranty(company: Company) -> None:
    owner, place = site(company, "C-1", TODAY - timedelta(days=300))
    opened(company, place)
    number = repair(company, owner)
    found = kept(company, REPAIRS, number)
    assert found["in_warranty"] is True
    assert found["file_id"] is not None
    answer = done(company, number, charge="120")
    assert set(answer.json["errors"]) == {"charge"}
    assert "DEC-R71-B" in answer.json["errors"]["charge"][0]
    free = moved(company, REPAIRS, number, "finish", "engineering", work_done="已更换")
    assert free.status_code == 200


def test_what_is_out_of_warranty_says_what_it_costs(company: Company) -> None:
    owner, place = site(company, "C-2", TODAY - timedelta(days=1000))
    opened(company, place)
    leak = repair(company, owner, part="waterproof", kind="waterproofing")
    assert kept(company, REPAIRS, leak)["in_warranty"] is True, "five years for what keeps water out"
    number = repair(company, owner)
    assert kept(company, REPAIRS, number)["in_warranty"] is False
    answer = done(company, number)
    assert set(answer.json["errors"]) == {"charge"}
    paid = moved(company, REPAIRS, number, "finish", "engineering", work_done="已更换", charge="260.50")
    assert paid.status_code == 200
    unknown = repair(company, customer(company, "C-3"))
    assert kept(company, REPAIRS, unknown)["warranty_until"] is None


def test_a_repair_ends_with_the_card_and_a_call_back(company: Company) -> None:
    owner, place = site(company, "E-1", TODAY - timedelta(days=30))
    opened(company, place)
    number = repair(company, owner)
    assert done(company, number).status_code == 200
    again = moved(company, REPAIRS, number, "repeat", "engineering", appointed_on=TODAY.isoformat())
    assert again.status_code == 200
    finish = moved(company, REPAIRS, number, "finish", "engineering", work_done="重新安装")
    assert finish.status_code == 200
    assert moved(company, REPAIRS, number, "accept", "specialist").status_code == 200
    filed = {"card_filed_on": TODAY.isoformat()}
    answer = moved(company, REPAIRS, number, "close", "specialist", **filed)
    assert set(answer.json["errors"]) == {"call_back_said"}
    called_back(company, "repair", number, rating="5")
    assert kept(company, REPAIRS, number)["state"] == "accepted", "its card is not filed yet"
    answer = moved(company, REPAIRS, number, "close", "specialist")
    assert set(answer.json["errors"]) == {"card_filed_on"}
    assert moved(company, REPAIRS, number, "close", "engineering", **filed).status_code == 403
    assert moved(company, REPAIRS, number, "close", "specialist", **filed).status_code == 200
    other = repair(company, owner)
    assert done(company, other).status_code == 200
    assert moved(company, REPAIRS, other, "accept", "specialist").status_code == 200
    setting_changed(company, "DEC-R71", "repair_card_required", False, TODAY)
    called_back(company, "repair", other)
    assert kept(company, REPAIRS, other)["state"] == "closed"
