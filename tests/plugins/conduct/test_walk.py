"""A slip from the draft to the answered appeal, by the people of a branch, in the running application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import conduct_company
from company import Company
from core.branches import branch_scope
from core.breaches import Breach, tell
from core.data import clock
from plugins.conduct.models import Appeal, Deduction, Measure, OffenceTariff, Slip


@pytest.fixture(scope="module")
def branch(module_migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = conduct_company.found(module_migrated_url, Path(tmp_path_factory.mktemp("conduct")))
    yield made
    made.database.dispose()


def drafted(branch: Company, **changes: Any) -> int:
    sent = conduct_company.entered(branch, **changes)
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def moved(branch: Company, who: str, path: str) -> int:
    return branch.client_of(who).post(f"/conduct/moves/{path}").status_code


def slip(branch: Company, number: int) -> Slip:
    with branch.session("east") as session:
        found = session.get_one(Slip, number)
        session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("fine", "status"), [("49.99", 400), ("50.00", 201), ("100.00", 201), ("100.01", 400)]
)
def test_a_fine_is_judged_by_the_rule_of_its_item(branch: Company, fine: str, status: int):
    sent = conduct_company.entered(branch, offence_id=branch.people["item GPN-R01"], fine=fine)
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent)
    assert answer.status_code == status, answer.text
    if status == 400:
        assert "GPN-R01" in answer.json["errors"]["fine"][0]


def test_an_item_without_a_figure_takes_no_fine(branch: Company):
    item = branch.people["item GPN-R07"]
    sent = conduct_company.entered(branch, offence_id=item, fine="200.00")
    assert branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent).status_code == 400
    assert drafted(branch, offence_id=item, fine=None)


def test_staff_of_another_department_get_no_slip(branch: Company):
    sent = conduct_company.entered(branch, employee_id=branch.people["outsider"])
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent)
    assert answer.status_code == 422
    assert "GPN-R18" in str(answer.json["errors"])


def test_a_slip_is_issued_signed_appealed_and_answered(branch: Company):
    number = drafted(branch)
    assert moved(branch, "worker", f"slip/{number}/issue") in (302, 403)
    assert slip(branch, number).state == "drafted"
    moved(branch, "head", f"slip/{number}/issue")
    issued = slip(branch, number)
    assert issued.state == "issued"
    assert issued.issued_on is not None
    assert issued.appeal_until == issued.issued_on + timedelta(days=3)
    call = branch.api_of("worker")
    early = call("POST", "/api/v1/conduct/appeal/", json={"slip_id": number, "text": "no"})
    assert early.status_code == 400, "sign first"
    moved(branch, "worker", f"slip/{number}/sign")
    assert slip(branch, number).state == "effective"
    filed = call("POST", "/api/v1/conduct/appeal/", json={"slip_id": number, "text": "I was sent away"})
    assert filed.status_code == 201, filed.text
    path = f"/api/v1/conduct/appeal/{filed.json['id']}"
    answered = branch.api_of("head")(
        "PUT", path, json={"answer": "The duty book says so.", "outcome": "cancelled"}
    )
    assert answered.status_code == 200, answered.text
    assert slip(branch, number).state == "cancelled"
    with branch.session("east") as session:
        appeal = session.get_one(Appeal, filed.json["id"])
        assert appeal.answer_until == appeal.filed_on + timedelta(days=7)
        assert appeal.state == "answered"


def test_a_late_appeal_is_refused(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    with clock.frozen(clock.now() + timedelta(days=4)):
        answer = branch.api_of("worker")(
            "POST", "/api/v1/conduct/appeal/", json={"slip_id": number, "text": "late"}
        )
    assert answer.status_code == 400
    assert "HR-R08" in answer.text


def test_a_refused_slip_takes_effect_with_two_witnesses(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "head", f"slip/{number}/refuse-badly")
    assert slip(branch, number).state == "refused"
    sent = {"slip_id": number}
    first = branch.api_of("witness")("POST", "/api/v1/conduct/witness/", json=sent)
    assert first.status_code == 201, first.text
    again = branch.api_of("witness")("POST", "/api/v1/conduct/witness/", json=sent)
    assert again.status_code in (409, 400), "two different people"
    assert slip(branch, number).state == "refused"
    assert branch.api_of("witness2")("POST", "/api/v1/conduct/witness/", json=sent).status_code == 201
    assert slip(branch, number).state == "effective"
    asked = branch.api_of("head")(
        "POST", "/api/v1/conduct/measure/", json={"slip_id": number, "kind": "final_warning"}
    )
    assert asked.status_code == 201, asked.text
    moved(branch, "approver", f"measure/{asked.json['id']}/grant")
    with branch.session("east") as session:
        assert session.get_one(Measure, asked.json["id"]).state == "granted"


def test_everybody_sees_their_own_slips_only(branch: Company):
    number = drafted(branch)
    draft = branch.api_of("worker")("GET", f"/api/v1/conduct/slip/{number}")
    assert draft.status_code == 404, "a draft is nobody's yet"
    moved(branch, "head", f"slip/{number}/issue")
    assert branch.api_of("worker")("GET", f"/api/v1/conduct/slip/{number}").status_code == 200
    assert branch.api_of("witness")("GET", f"/api/v1/conduct/slip/{number}").status_code == 404
    assert branch.api_of("approver")("GET", f"/api/v1/conduct/slip/{number}").status_code == 200


def test_a_tariff_is_signed_by_two_people_and_stays(branch: Company):
    with branch.session("east") as session:
        tariff = OffenceTariff(name="second", effective_on=clock.today())
        session.add(tariff)
        session.flush()
        number = tariff.id
        conduct_company.item(session, number, "GPN-R04")
    moved(branch, "approver", f"tariff/{number}/approve")
    moved(branch, "head", f"tariff/{number}/publish")
    with branch.session("east") as session:
        assert session.get_one(OffenceTariff, number).state == "draft", "one signature is missing"
    moved(branch, "approver", f"tariff/{number}/approve")
    with branch.session("east") as session:
        assert session.get_one(OffenceTariff, number).state == "published"
    call = branch.api_of("head")
    assert call("PUT", f"/api/v1/conduct/tariff/{number}", json={"name": "third"}).status_code == 409


def test_the_slip_is_printed(branch: Company):
    number = drafted(branch)
    answer = branch.client_of("head", "zh").get(f"/conduct/moves/slip/{number}/slip.pdf")
    assert answer.status_code == 200


def test_nothing_is_kept_back_of_wages_by_default(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    answer = branch.api_of("personnel")(
        "POST", "/api/v1/conduct/deduction/", json={"slip_id": number, "wage": "5000.00"}
    )
    assert answer.status_code == 400
    assert "HR-R06" in answer.text
    with branch.session("east") as session:
        assert session.scalars(select(Deduction)).all() == []


def test_other_departments_open_slips_without_knowing_this_one(branch: Company):
    breach = Breach(
        branch.people["worker"], clock.today(), "left the valve open", "photograph", "test:1", rule="GPN-R04"
    )
    with branch.app.app_context(), branch_scope(branch.branches["east"]):
        session = branch.database.session()
        first = tell(session, breach)
        assert tell(session, breach) == first
        assert len(first) == 1
        session.commit()
    assert slip(branch, int(first[0].rpartition("/")[2])).state == "drafted"
