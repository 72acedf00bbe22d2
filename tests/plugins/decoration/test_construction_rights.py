"""The permission matrix of section 1.1 for what belongs to a site, and the inspector's round with a phone."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select

from company import Browser, Company, counted
from core.people.positions import Position
from decoration_company import HERE
from decoration_sites import moved, on, sent, site, started
from plugins.decoration.models.construction_stages import SiteCheck
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

DAY = date(2026, 4, 7)
SCHEDULE = "/decoration/site/?as=schedule"
CALLED = {
    "see": "L",
    "add": "A",
    "edit": "E",
    "send": "S",
    "receive": "R",
    "notify": "N",
    "close": "C",
    "tell": "T",
    "settle": "P",
}
NOTICES = {n.MANAGER: "L", n.ASSISTANT: "L", n.SPECIALIST: "LR", n.ENGINEERING: "LAES", n.INSPECTOR: "LAES"}
MATRIX: dict[str, dict[str, str]] = {
    c.START_NOTICE: NOTICES,
    c.COMPLETION_NOTICE: NOTICES,
    c.ACCEPTANCE: {
        n.MANAGER: "L",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAENC",
        n.VIP_KEEPER: "L",
        n.ENGINEERING: "LAE",
        n.INSPECTOR: "LAE",
    },
    c.RECORD_CARD: {n.MANAGER: "L", n.ASSISTANT: "L", n.SPECIALIST: "LAE", n.VIP_KEEPER: "LAE"},
    c.HANDBOOK: {
        n.MANAGER: "L",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAE",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
    },
    c.SHOW_FLAT: {
        n.MANAGER: "L",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "L",
        n.ENGINEERING: "LA",
        n.INSPECTOR: "LA",
    },
    c.SETTLEMENT: {
        n.MANAGER: "L",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAET",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
        n.FINANCE: "LP",
    },
}
"""What the matrix lets each do: L see, A add, E edit; the moves (its T) by the letters above."""


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", MATRIX)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions}
    assert {CALLED[each] for each in held & set(CALLED)} == set(MATRIX[entity].get(position.id, ""))


def test_an_inspector_walks_the_own_sites_with_a_phone(company: Company) -> None:
    with on(DAY):
        mine = started(company, DAY)
        other = started(company, DAY, inspector_id=company.people[f"{HERE}.engineering"])
        resting = started(company, DAY)
        moved(company, "engineering", f"site/{resting}/pause", pause_reason="待料")
        prepared = site(company)
        phone = company.client_of(f"{HERE}.inspector")
        answer = phone.get("/core/round/decoration/site-checks/stops?book=mine")
        assert answer.status_code == 200, answer.text
        stops = [each["id"] for each in answer.json["stops"]]
    assert mine in stops
    assert not {other, resting, prepared} & set(stops)


def test_my_work_and_figures_tell_of_what_the_lists_show_and_of_nothing_else(company: Company) -> None:
    """An inspector hears of the own sites' issues, acceptances and numbers; the manager of everybody's."""
    line = "Quality issues to put right"

    def told(who: str) -> tuple[int, int]:
        """The issues that My work counts, and those that the list behind it holds."""
        browser = company.client_of(f"{HERE}.{who}")
        count = re.search(rf">{line}<.*?work-count\">([^<]+)<", browser.get("/my-work/").text, re.S)
        listed = re.findall(
            r'href="/decoration/site-check/(\d+)', browser.get("/decoration/site-check/?f_state=open").text
        )
        return int(count[1]) if count else 0, len(set(listed))

    with on(DAY):
        before = told("inspector")
        other = started(company, DAY, inspector_id=company.people[f"{HERE}.engineering"])
        sent(company, "engineering", "site-check/", site_id=other, found="墙面不平")
        assert told("inspector") == before, "nobody is told of a site of somebody else"
        mine = started(company, DAY)
        sent(company, "inspector", "site-check/", site_id=mine, found="插座位置偏差")
        count, listed = told("inspector")
        assert count == listed == before[0] + 1
        assert told("engineering")[0] >= count + 1


def test_what_an_inspector_finds_becomes_a_check_with_its_issue(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        phone = company.client_of(f"{HERE}.inspector")
        phone.get("/core/round/decoration/site-checks/")
        unsaid = send(phone, made, verdict="issue", found="")
        assert (unsaid["state"], unsaid["message"]) == ("refused", "Say what was found.")
        assert send(phone, made, verdict="issue", found="地漏高于完成面")["state"] == "accepted"
        left = phone.get("/core/round/decoration/site-checks/stops?book=all").json["stops"]
        assert made not in [each["id"] for each in left], "looked at today"
    with company.session(HERE) as session:
        row = session.scalars(select(SiteCheck).where(SiteCheck.site_id == made)).one()
        assert (row.state, row.found, row.stage) == (c.OPEN, "地漏高于完成面", n.MATERIALS)
        assert row.checked_by == company.people[f"{HERE}.inspector"]


def send(phone: Browser, of: int, **values: str) -> dict[str, Any]:
    """A visit as the phone sends it, and what the server says of it."""
    visit = {
        "key": str(uuid4()), "branch": HERE, "stop": of, "basis": {}, "values": values,
        "at": "2026-04-07T08:30:00+08:00", "confirmed": False, "reason": "", "skip": "", "note": "",
    }  # fmt: skip
    answer = phone.post(
        "/core/round/decoration/site-checks/visits",
        {"visit": json.dumps(visit)},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_board_and_counters_of_sites_are_read_by_an_index(company: Company) -> None:
    with company.session(HERE) as session:
        found = inspect(session.connection()).get_indexes("decoration_site")
    known = [each["column_names"] for each in found]
    for names in (("state", "stage"), ("stage",), ("state",), ("mid_due_on",), ("final_due_on",)):
        assert ["branch_id", *names, "id"] in known


def test_a_schedule_takes_as_many_statements_for_many_sites_as_for_one(company: Company) -> None:
    browser = company.client_of(f"{HERE}.manager")
    found = []
    with on(DAY):
        for _round in range(2):
            for _each in range(3):
                started(company, DAY)
            browser.get(SCHEDULE)
            with counted(company.database) as statements:
                assert browser.get(SCHEDULE).status_code == 200
            found.append(len(statements))
    assert found[0] == found[1]
    assert len([each for each in statements if "FROM decoration_stage" in each]) == 1
