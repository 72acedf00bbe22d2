"""Penalties: who proposes, who decides, what an emergency allows, and the slip that follows."""
# zh-ok-file: example data

from __future__ import annotations

from typing import Any

import pytest

from company import Company
from core.data import clock
from decoration_company import HERE, customer, setting_changed
from decoration_complaints import PENALTIES, complaint, crew, kept, moved, person, site, walked, who
from plugins.conduct.models import Employee

WAITS: dict[int, int] = {}
"""What waits for an answer, by the penalty that it is about."""


def upheld(company: Company, number: str, **values: Any) -> int:
    """A complaint that the designer is responsible for."""
    found = complaint(company, customer(company, number), **values)
    walked(company, found, "assign", responsible_id=person(company, "designer"))
    return found


def proposed(company: Company, by: str = "specialist", **values: Any) -> Any:
    """What the program answers to a proposal against the designer."""
    sent = {
        "ground": "complaint",
        "subject_id": person(company, "designer"),
        "occurred_on": clock.today().isoformat(),
        "facts": "图纸尺寸与现场不符",
        "measure": "部门内通报",
        **values,
    }
    return who(company, by)("POST", PENALTIES, json=sent)


def proposal(company: Company, by: str = "specialist", **values: Any) -> int:
    made = proposed(company, by, **values)
    assert made.status_code == 201, made.text
    return int(made.json["id"])


def state(company: Company, number: int) -> str:
    return str(kept(company, PENALTIES, number)["state"])


def asked(company: Company, number: int, by: str = "specialist", move: str = "submit", **sent: Any) -> str:
    """The state after a move that people may have to approve."""
    answer = moved(company, PENALTIES, number, move, by, **sent)
    assert answer.status_code in (200, 202), answer.text
    WAITS[number] = answer.json.get("waits_for", 0)
    return state(company, number)


def says(company: Company, name: str, number: int, answer: str = "yes") -> None:
    """Somebody answers what waits for them about a penalty."""
    client = company.client_of(f"{HERE}.{name}")
    page = client.post(f"/core/approval/{WAITS[number]}", {"answer": answer, "why": "已核实"})
    assert page.status_code == 302, page.text


def test_specialist_and_assistant_propose_and_others_do_not(company: Company) -> None:
    number = upheld(company, "P-1")
    for name in ("specialist", "assistant", "manager"):
        assert proposed(company, name, complaint_id=number).status_code == 201, name
    for name in ("designer", "engineering", "sales", "general-manager", "finance"):
        assert proposed(company, name, complaint_id=number).status_code == 403, name


def test_a_proposal_says_whom_what_and_on_which_ground(company: Company) -> None:
    number = upheld(company, "P-2")
    _owner, place = site(company, "P-3")
    for values, field in (
        ({"complaint_id": number, "subject_id": None}, "subject_id"),
        ({"complaint_id": number, "crew_id": crew(company, "第七工队")}, "subject_id"),
        ({}, "complaint_id"),
        ({"ground": "site"}, "site_id"),
        ({"complaint_id": number, "measure": ""}, "measure"),
        ({"complaint_id": number, "amount": "0"}, "amount"),
    ):
        answer = proposed(company, **values)
        assert answer.status_code in (400, 422), (values, answer.text)
        assert set(answer.json["errors"]) == {field}, values
    assert proposed(company, ground="site", site_id=place).status_code == 201


def test_what_is_proposed_the_manager_decides(company: Company) -> None:
    number = proposal(company, complaint_id=upheld(company, "P-4"))
    assert moved(company, PENALTIES, number, "impose", "specialist").status_code == 403
    assert asked(company, number) == "proposed", "it waits for the manager"
    says(company, "manager", number)
    found = kept(company, PENALTIES, number)
    assert (found["state"], found["decided_by"]) == ("decided", person(company, "manager"))
    _owner, place = site(company, "P-5")
    other = proposal(company, ground="site", site_id=place)
    assert asked(company, other) == "proposed"
    says(company, "manager", other, "no")
    assert state(company, other) == "declined"
    own = proposal(company, "manager", complaint_id=upheld(company, "P-6"))
    assert asked(company, own, "manager", "impose") == "decided"


def test_a_complaint_that_is_not_upheld_penalises_nobody(company: Company) -> None:
    number = complaint(company, customer(company, "P-7"))
    found = proposal(company, complaint_id=number)
    assert moved(company, PENALTIES, found, "submit", "specialist").status_code == 422
    walked(company, number, "assign", justified=False)
    assert moved(company, PENALTIES, found, "impose", "manager").status_code == 422


def test_of_repeated_complaints_the_specialist_decides_alone(company: Company) -> None:
    owner = customer(company, "P-8")
    first = complaint(company, owner)
    walked(company, first, "assign", responsible_id=person(company, "designer"))
    once = proposal(company, ground="repeat", complaint_id=first)
    assert asked(company, once) == "proposed", "complained of once, the manager decides"
    again = complaint(company, owner)
    walked(company, again, "assign", responsible_id=person(company, "designer"))
    twice = proposal(company, ground="repeat", complaint_id=again)
    assert asked(company, twice) == "decided"
    assert kept(company, PENALTIES, twice)["decided_by"] == person(company, "specialist")


def test_the_manager_may_keep_the_confirmation(company: Company) -> None:
    owner = customer(company, "P-9")
    for _each in range(2):
        number = complaint(company, owner)
        walked(company, number, "assign", responsible_id=person(company, "designer"))
    setting_changed(company, "DEC-R86", "manager_confirms", True, clock.today())
    found = proposal(company, ground="repeat", complaint_id=number)
    assert asked(company, found) == "proposed"
    says(company, "manager", found)
    assert state(company, found) == "decided"


def test_in_an_emergency_the_specialist_decides_for_the_time_being(company: Company) -> None:
    number = proposal(company, complaint_id=upheld(company, "P-10"))
    refused = moved(company, PENALTIES, number, "emergency", "specialist")
    assert set(refused.json["errors"]) == {"emergency_reason"}
    why = {"emergency_reason": "经理出差联系不上，客户现场冲突"}
    assert asked(company, number, move="emergency", **why) == "provisional"
    line = company.client_of(f"{HERE}.manager").get("/my-work/")
    assert "Penalties decided for the time being" in line.text
    assert asked(company, number, "manager", "confirm") == "decided"
    setting_changed(company, "DEC-R85", "emergency_decision", "not_allowed", clock.today())
    other = proposal(company, complaint_id=upheld(company, "P-11"))
    assert asked(company, other, move="emergency", **why) == "proposed"
    says(company, "manager", other)
    assert state(company, other) == "provisional"


def test_an_amount_stays_within_what_is_set(company: Company) -> None:
    number = upheld(company, "P-12")
    assert proposed(company, complaint_id=number, amount="5000.00").status_code == 201
    setting_changed(company, "DEC-R46-B", "amount", 500, clock.today())
    refused = proposed(company, complaint_id=number, amount="500.01")
    assert set(refused.json["errors"]) == {"amount"}
    assert proposed(company, complaint_id=number, amount="500.00").status_code == 201
    _owner, place = site(company, "P-13")
    assert proposed(company, ground="site", site_id=place, amount="800").status_code == 201
    setting_changed(company, "DEC-R47-B", "amount", 700, clock.today())
    assert proposed(company, ground="site", site_id=place, amount="800").status_code == 422


@pytest.mark.parametrize("name", ["designer", "engineering", "inspector", "sales", "assistant"])
def test_penalties_are_seen_by_those_they_are_about(company: Company, name: str) -> None:
    about = proposal(company, complaint_id=upheld(company, f"P-14-{name}"))
    of_crew = {"subject_id": None, "crew_id": crew(company, f"工队{name}")}
    other = proposal(company, complaint_id=upheld(company, f"P-15-{name}"), **of_crew)
    answer = who(company, name)("GET", PENALTIES, query_string={"q": "(page_size:100)"})
    expected = {"designer": {about}, "engineering": {other}, "inspector": set(), "assistant": set()}
    if name not in expected:
        assert answer.status_code == 403
        return
    seen = set(answer.json["ids"]) & {about, other}
    assert seen == expected[name]


def test_a_decided_penalty_opens_a_slip_with_the_department_for_conduct(company: Company) -> None:
    before = proposal(company, "manager", complaint_id=upheld(company, "P-16"))
    assert asked(company, before, "manager", "impose") == "decided"
    assert kept(company, PENALTIES, before)["slip"] is None, "nobody is there to open one"
    company.switch("conduct", HERE, True)
    employee = {"number": "E-1", "name": "设计师", "department": "设计部", "job": "设计师"}
    company.put(HERE, Employee(user_id=person(company, "designer"), joined_on=clock.today(), **employee))
    number = proposal(company, "manager", complaint_id=upheld(company, "P-17"))
    assert asked(company, number, "manager", "impose") == "decided"
    address = kept(company, PENALTIES, number)["slip"]
    assert address.startswith("/conduct/slip/")
    led = company.client_of(f"{HERE}.manager").get(f"/decoration/complaint-papers/slip/{number}")
    assert (led.status_code, led.location) == (302, address)
