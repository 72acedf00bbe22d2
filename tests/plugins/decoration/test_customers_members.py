"""Members of the firm: who proposes and who admits them, on which ground, and what is done for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from company import Api, Company
from core.data import clock
from core.workflow.models import MoveRequest
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from decoration_company import HERE, customer, setting_changed
from plugins.decoration.models.customers import Member

PATH = "/api/v1/decoration/member/"


@pytest.fixture(scope="module")
def people(company: Company) -> dict[str, Api]:
    names = ("specialist", "manager", "vip-keeper", "assistant", "sales")
    return {name: company.api_of(f"{HERE}.{name}") for name in names}


def proposed(company: Company, api: Api, number: str, **values: Any) -> int:
    sent = {"customer_id": customer(company, number, name=f"会员{number}"), "ground": "介绍三户", **values}
    answer = api("POST", PATH, json=sent)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def test_the_manager_admits_whom_a_specialist_proposes(company: Company, people: dict[str, Api]) -> None:
    specialist, manager = people["specialist"], people["manager"]
    member = proposed(company, specialist, "M-1")
    assert specialist("POST", f"{PATH}{member}/admit", json={}).status_code == 403
    asked = specialist("POST", f"{PATH}{member}/propose", json={})
    assert asked.status_code in (200, 202), asked.text
    assert specialist("GET", f"{PATH}{member}").json["result"]["state"] == "proposed"
    with company.session(HERE) as session:
        request = session.scalars(select(MoveRequest.id).where(MoveRequest.record_id == member)).one()
    page = company.client_of(f"{HERE}.manager")
    answer = page.fill(f"/core/approval/{request}", {"answer": "yes"})
    assert answer.status_code == 302, answer.text
    kept = specialist("GET", f"{PATH}{member}").json["result"]
    assert (kept["state"], kept["joined_on"]) == ("admitted", clock.today().isoformat())
    assert kept["proposed_by"] == company.people[f"{HERE}.specialist"]
    own = proposed(company, manager, "M-2")
    assert manager("POST", f"{PATH}{own}/admit", json={}).status_code == 200
    assert manager("GET", f"{PATH}{own}").json["result"]["state"] == "admitted"


def test_a_customer_is_a_member_once_and_called_alike(company: Company, people: dict[str, Api]) -> None:
    member = proposed(company, people["manager"], "M-3")
    kept = people["manager"]("GET", f"{PATH}{member}").json["result"]
    assert kept["called"] == "会员M-3"
    again = people["manager"]("POST", PATH, json={"customer_id": kept["customer_id"], "ground": "再次"})
    assert again.status_code == 409


def test_the_ground_is_one_of_the_branchs_once_it_names_some(
    company: Company, people: dict[str, Api]
) -> None:
    setting_changed(company, "DEC-R43-B", "member_criteria", ("介绍三户", "大户型"), clock.today())
    other = {"customer_id": customer(company, "M-4"), "ground": "朋友"}
    refused = people["specialist"]("POST", PATH, json=other)
    assert set(refused.json["errors"]) == {"ground"}
    assert "DEC-R43-B" in refused.json["errors"]["ground"][0]
    assert people["specialist"]("POST", PATH, json={**other, "ground": "大户型"}).status_code == 201


def test_members_are_cared_for_as_often_as_is_set(company: Company, people: dict[str, Api]) -> None:
    today = clock.today()
    joined = today - timedelta(days=45)
    setting_changed(company, "DEC-R43-C", "member_care_interval", 1, today)
    members = {
        state: company.put(
            HERE,
            Member(
                customer_id=customer(company, f"M-5-{state}", name="在册"),
                called="在册",
                ground="老客户",
                proposed_on=joined,
                joined_on=joined,
                state=state,
            ),
        )
        for state in ("admitted", "left")
    }
    with company.session(HERE) as session:
        plan_night(session, today)

    def owed(state: str) -> list[str]:
        asked = select(Obligation.state).where(
            Obligation.rule == "DEC-R43-C", Obligation.record_id == members[state]
        )
        with company.session(HERE) as session:
            return list(session.scalars(asked.order_by(Obligation.due_on)))

    assert owed("left") == []
    assert owed("admitted") == ["open"]
    care = {"member_id": members["admitted"], "what": "中秋送月饼"}
    path = "/api/v1/decoration/member-care/"
    assert people["vip-keeper"]("POST", path, json=care).status_code == 400, "whom the keeper does not see"
    later = {**care, "done_on": (today + timedelta(days=2)).isoformat()}
    assert people["manager"]("POST", path, json=later).status_code == 400
    assert people["manager"]("POST", path, json={**care, "member_id": members["left"]}).status_code == 400
    made = people["manager"]("POST", path, json=care)
    assert made.status_code == 201, made.text
    kept = people["manager"]("GET", f"{PATH}{members['admitted']}").json["result"]
    assert kept["cared_on"] == today.isoformat()
    assert owed("admitted") == ["done"]


def test_members_are_for_whom_the_matrix_says(people: dict[str, Api]) -> None:
    seen = {name: api("GET", PATH).status_code for name, api in people.items()}
    assert seen == {"specialist": 200, "manager": 200, "vip-keeper": 200, "assistant": 200, "sales": 403}
    assert people["assistant"]("POST", PATH, json={}).status_code == 403
