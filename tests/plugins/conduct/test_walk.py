"""A slip from the draft to the answered appeal, by the people of a branch, in the running application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import conduct_company
from company import Company
from core.branches import branch_scope
from core.breaches import Breach, tell
from core.data import clock
from core.handbook.own.expression import Condition
from core.handbook.own.service import Written, draft, publish
from core.workflow.models import WAITING, MoveRequest
from core.worklist.models import Obligation
from pages import Page
from plugins.conduct.models import Appeal, Deduction, Employee, Measure, OffenceTariff, Slip


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
    return branch.client_of(who).post(f"/core/workflow/conduct/{path}").status_code


def request_about(branch: Company, entity: str, number: int) -> int:
    """The id of the request that waits for approval of a record."""
    about = MoveRequest.entity == entity, MoveRequest.record_id == number
    with branch.session("east") as session:
        return session.scalars(select(MoveRequest.id).where(*about, MoveRequest.state == WAITING)).one()


def said(branch: Company, who: str, request: int, answer: str = "yes") -> int:
    browser = branch.client_of(who)
    browser.get("/my-work/")
    return browser.post(f"/core/approval/{request}", {"answer": answer, "why": "Not enough."}).status_code


def offered(branch: Company, who: str, entity: str, number: int) -> list[str]:
    """The moves of which somebody finds a button on a record's page."""
    page = branch.client_of(who).get(f"/conduct/{entity}/{number}").text
    return re.findall(f'"/core/workflow/conduct/{entity}/{number}/([a-z-]+)"', page)


def slip(branch: Company, number: int) -> Slip:
    with branch.session("east") as session:
        found = session.get_one(Slip, number)
        session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("fine", "status"), [("49.99", 422), ("50.00", 201), ("100.00", 201), ("100.01", 422)]
)
def test_a_fine_is_judged_by_the_rule_of_its_item(branch: Company, fine: str, status: int):
    sent = conduct_company.entered(branch, offence_id=branch.people["item GPN-R01"], fine=fine)
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent)
    assert answer.status_code == status, answer.text
    if status == 422:
        assert "GPN-R01" in answer.json["errors"]["fine"][0]


def test_an_item_without_a_figure_takes_no_fine(branch: Company):
    item = branch.people["item GPN-R07"]
    sent = conduct_company.entered(branch, offence_id=item, fine="200.00")
    assert branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent).status_code == 422
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
    path = f"/api/v1/conduct/appeal/{filed.json['id']}/answer"
    answered = branch.api_of("head")(
        "POST", path, json={"answer": "The duty book says so.", "outcome": "cancelled"}
    )
    assert answered.status_code == 200, answered.text
    assert slip(branch, number).state == "cancelled"
    with branch.session("east") as session:
        appeal = session.get_one(Appeal, filed.json["id"])
        assert appeal.answer_until == appeal.filed_on + timedelta(days=7)
        assert appeal.state == "answered"
        employee = session.get_one(Employee, session.get_one(Slip, number).employee_id)
        called = f"{session.get_one(Slip, number).number} · {employee.name}"
    assert filed.json["result"]["called"] == called
    head = branch.client_of("head")
    page = Page(head.get(f"/conduct/appeal/{filed.json['id']}").text)
    assert any(each.startswith(called) for each in page.texts), "the heading says whose appeal it is"
    narrowed = branch.api_of("head")(
        "GET", f"/api/v1/conduct/appeal/?q=(filters:!((col:slip_id,opr:eq,value:{number})))"
    )
    assert narrowed.json["ids"] == [filed.json["id"]], narrowed.text
    for place in ("/conduct/appeal/", f"/conduct/appeal/?f_slip_id={number}", f"/conduct/slip/{number}"):
        assert called in Page(head.get(place).text).texts, place


def test_a_late_appeal_is_refused(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    with clock.frozen(clock.now() + timedelta(days=4)):
        answer = branch.api_of("worker")(
            "POST", "/api/v1/conduct/appeal/", json={"slip_id": number, "text": "late"}
        )
    assert answer.status_code == 422
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
    assert said(branch, "approver", request_about(branch, "conduct.measure", asked.json["id"])) == 302
    with branch.session("east") as session:
        assert session.get_one(Measure, asked.json["id"]).state == "granted"


def test_the_buttons_of_a_slip_are_its_allowed_moves(branch: Company):
    number = drafted(branch)
    assert offered(branch, "head", "slip", number) == ["issue"]
    moved(branch, "head", f"slip/{number}/issue")
    assert offered(branch, "head", "slip", number) == ["refuse", "refuse-badly"], (
        "the employee signs in person"
    )
    assert offered(branch, "worker", "slip", number) == ["sign"]
    sign = f"/api/v1/conduct/slip/{number}/sign"
    assert branch.api_of("head")("POST", sign, json={}).status_code == 403
    moved(branch, "head", f"slip/{number}/refuse")
    assert (offered(branch, "head", "slip", number), slip(branch, number).bad_attitude) == ([], False)
    late = branch.api_of("worker")("POST", sign, json={})
    assert (late.status_code, late.json["allowed"]) == (409, [])
    by_hand = branch.api_of("head")("POST", f"/api/v1/conduct/slip/{number}/confirm", json={})
    assert by_hand.status_code == 404, "witnesses do so by signing"
    plan = branch.client_of("head").get(f"/core/workflow/conduct/slip/?record={number}").text
    assert "Witnessed by enough people" in plan
    assert "The program itself" in plan


def test_the_time_to_appeal_runs_from_the_day_of_issue(branch: Company):
    number = drafted(branch, occurred_on=(clock.today() - timedelta(days=5)).isoformat())
    moved(branch, "head", f"slip/{number}/issue")
    with branch.session("east") as session:
        owed = session.scalars(
            select(Obligation).where(Obligation.rule == "HR-R08", Obligation.record_id == number)
        ).one()
        assert owed.due_on == session.get_one(Slip, number).appeal_until == clock.today() + timedelta(days=3)


def test_each_move_of_a_slip_is_in_its_time_line(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    line = " ".join(Page(branch.client_of("head").get(f"/core/timeline/conduct/slip/{number}").text).texts)
    for told in ("Moved on", "from Drafted to Issued", "from Issued to In effect"):
        assert told in line


def appealed(branch: Company, **changes: Any) -> tuple[int, int]:
    """A slip that the worker signed and appeals against: its id, and that of the appeal."""
    number = drafted(branch, **changes)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    sent = {"slip_id": number, "text": "It was not me"}
    return number, branch.api_of("worker")("POST", "/api/v1/conduct/appeal/", json=sent).json["id"]


def test_the_answer_changes_the_fine_within_what_the_item_allows(branch: Company):
    number, appeal = appealed(branch, offence_id=branch.people["item GPN-R01"], fine="100.00")
    call, path = branch.api_of("head"), f"/api/v1/conduct/appeal/{appeal}/answer"
    body = {"answer": "It was the first time.", "outcome": "changed"}
    by_form = call("PUT", path.removesuffix("/answer"), json={"row_version": 1})
    assert by_form.status_code == 409, "what was filed stays"
    assert (
        f'"/conduct/appeal/{appeal}/edit"'
        not in branch.client_of("head").get(f"/conduct/appeal/{appeal}").text
    )
    assert call("POST", path, json={"outcome": "changed"}).status_code == 400, "the answer is missing"
    assert call("POST", path, json=body).status_code in (400, 422), "the fine is missing"
    assert call("POST", path, json={**body, "new_fine": "49.99"}).status_code in (400, 422)
    assert call("POST", path, json={**body, "new_fine": "60.00"}).status_code == 200
    changed = slip(branch, number)
    assert (changed.fine, changed.state) == (Decimal("60.00"), "effective")
    again = call("POST", path, json={**body, "new_fine": "70.00"})
    assert (again.status_code, again.json["allowed"]) == (409, [])


def test_nobody_answers_an_appeal_about_themselves(branch: Company):
    number, appeal = appealed(branch)
    assert offered(branch, "head", "appeal", appeal) == ["answer"]
    with branch.session("east") as session:
        session.get_one(Slip, number).subject_id = branch.people["head"]
        session.commit()
    assert offered(branch, "head", "appeal", appeal) == []
    body = {"answer": "I am right.", "outcome": "cancelled"}
    answer = branch.api_of("head")("POST", f"/api/v1/conduct/appeal/{appeal}/answer", json=body)
    assert answer.status_code == 403


def test_a_deduction_is_booked_once(branch: Company):
    number, _appeal = appealed(branch)
    kept = branch.put(
        "east",
        Deduction(slip_id=number, wage_month="2026-03", wage=Decimal("5000.00"), amount=Decimal("200.00")),
    )
    call, path = branch.api_of("personnel"), f"/api/v1/conduct/deduction/{kept}/book"
    assert branch.api_of("head")("POST", path, json={}).status_code == 403
    assert call("POST", path, json={}).json["result"]["state"] == "booked"
    assert call("POST", path, json={}).status_code == 409
    with branch.session("east") as session:
        booked = session.get_one(Deduction, kept)
        assert booked.booked_at is not None
        session.delete(booked)
        session.commit()


def test_the_company_declines_a_measure_with_one_answer_for_all_rules(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "head", f"slip/{number}/refuse-badly")
    made = branch.api_of("head")(
        "POST", "/api/v1/conduct/measure/", json={"slip_id": number, "kind": "dismissal"}
    )
    measure = made.json["id"]
    request = request_about(branch, "conduct.measure", measure)
    with branch.session("east") as session:
        [step] = session.get_one(MoveRequest, request).chain
        assert (step["rule"], step["also"]) == ("HR-R04", ["HR-R07"])
    assert offered(branch, "head", "measure", measure) == []
    assert said(branch, "approver", request, "no") == 302
    with branch.session("east") as session:
        declined = session.get_one(Measure, measure)
        assert (declined.state, declined.decided_by) == ("declined", branch.people["approver"])


def test_what_was_asked_before_requests_were_kept_is_put_to_the_company_by_hand(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    asked = branch.put("east", Measure(slip_id=number, kind="dismissal", asked_on=clock.today()))
    assert offered(branch, "approver", "measure", asked) == []
    assert offered(branch, "head", "measure", asked) == ["grant"]
    moved(branch, "head", f"measure/{asked}/grant")
    assert said(branch, "approver", request_about(branch, "conduct.measure", asked)) == 302
    with branch.session("east") as session:
        assert session.get_one(Measure, asked).state == "granted"


def test_what_the_department_may_decide_is_in_effect_at_once(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    made = branch.api_of("head")(
        "POST", "/api/v1/conduct/measure/", json={"slip_id": number, "kind": "warning"}
    )
    with branch.session("east") as session:
        found = session.get_one(Measure, made.json["id"])
        assert (found.state, found.decided_by) == ("granted", branch.people["head"])


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
    assert moved(branch, "approver", f"tariff/{number}/publish") == 403, "the department head signs first"
    moved(branch, "head", f"tariff/{number}/publish")
    with branch.session("east") as session:
        assert session.get_one(OffenceTariff, number).state == "draft", "one signature is missing"
    call, third = branch.api_of("head"), f"/api/v1/conduct/tariff/{number}"
    assert call("PUT", third, json={"name": "third"}).status_code == 409, "what is signed once stays"
    request = request_about(branch, "conduct.tariff", number)
    assert said(branch, "head", request) == 403, "two people sign"
    assert said(branch, "approver", request, "no") == 302
    assert call("PUT", third, json={"name": "third"}).status_code == 200, "it is written on"
    moved(branch, "head", f"tariff/{number}/publish")
    assert said(branch, "approver", request_about(branch, "conduct.tariff", number)) == 302
    with branch.session("east") as session:
        signed = session.get_one(OffenceTariff, number)
        assert (signed.state, signed.published_on) == ("published", clock.today())
        assert signed.signed_by_head == branch.people["head"]
        assert signed.signed_by_approver == branch.people["approver"]
    assert call("PUT", third, json={"name": "fourth"}).status_code == 409


def test_a_tariff_without_items_is_not_put_forward(branch: Company):
    number = branch.put("east", OffenceTariff(name="empty", effective_on=clock.today()))
    answer = branch.api_of("head")("POST", f"/api/v1/conduct/tariff/{number}/publish", json={})
    assert (answer.status_code, "its items" in answer.text) == (422, True)


def test_the_slip_is_printed(branch: Company):
    number = drafted(branch)
    answer = branch.client_of("head", "zh").get(f"/conduct/papers/slip/{number}/slip.pdf")
    assert answer.status_code == 200


def test_nothing_is_kept_back_of_wages_by_default(branch: Company):
    number = drafted(branch)
    moved(branch, "head", f"slip/{number}/issue")
    moved(branch, "worker", f"slip/{number}/sign")
    answer = branch.api_of("personnel")(
        "POST", "/api/v1/conduct/deduction/", json={"slip_id": number, "wage": "5000.00"}
    )
    assert answer.status_code == 422
    assert "HR-R06" in answer.text
    with branch.session("east") as session:
        assert session.scalars(select(Deduction)).all() == []


def test_other_departments_open_slips_without_knowing_this_one(branch: Company):
    """What they open sets off the administrator's own rules as every other slip does."""
    look = Written(
        "conduct.slip", "added", "Look", "House rules", "1", "Look at each slip.", "oblige",
        (Condition("state", "filled"),), owner="conduct.department-head", length=1, kind="days",
    )  # fmt: skip
    with branch.session() as session:
        row = draft(session, look, branch.branches["east"], None)
        publish(session, row, clock.today(), None)
        rule_id = row.rule_id
    breach = Breach(
        branch.people["worker"], clock.today(), "left the valve open", "photograph", "test:1", rule="GPN-R04"
    )
    with branch.app.app_context(), branch_scope(branch.branches["east"]):
        session = branch.database.session()
        first = tell(session, breach)
        assert tell(session, breach) == first
        assert len(first) == 1
        session.commit()
    number = int(first[0].rpartition("/")[2])
    assert slip(branch, number).state == "drafted"
    with branch.session("east") as session:
        owed = session.scalars(select(Obligation).where(Obligation.rule == rule_id)).all()
        assert [(each.entity, each.record_id) for each in owed] == [("conduct.slip", number)]
