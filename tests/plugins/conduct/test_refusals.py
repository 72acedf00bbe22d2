"""What the department's own code refuses by a rule is kept and explained; what is kept back of wages too."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import conduct_company
from company import Company
from core.data import clock
from core.handbook.changing import Change, approve, change
from core.handbook.models import CAME_TO, REFUSED, Finding
from core.handbook.registry import book
from core.handbook.replay import Replayed, replay
from core.worklist.models import Obligation
from pages import Page
from plugins.conduct.models import Deduction, Slip

DEDUCTIONS = "/api/v1/conduct/deduction/"


@pytest.fixture(scope="module")
def branch(module_migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = conduct_company.found(module_migrated_url, Path(tmp_path_factory.mktemp("conduct")))
    yield made
    made.database.dispose()


def in_effect(branch: Company, **changes: Any) -> int:
    """A slip that took effect today."""
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=conduct_company.entered(branch))
    assert answer.status_code == 201, answer.text
    today = clock.today()
    with branch.session("east") as session:
        slip = session.get_one(Slip, int(answer.json["id"]))
        slip.state, slip.issued_on, slip.signed_on, slip.effective_on = "effective", today, today, today
        for name, value in changes.items():
            setattr(slip, name, value)
    return int(answer.json["id"])


def switched(branch: Company, **settings: Any) -> None:
    """HR-R06 set otherwise from today on, by two where it takes two."""
    with branch.app.app_context(), branch.session("east") as session:
        for name, value in settings.items():
            wanted = Change(name, branch.branches["east"], clock.today(), value, "as the meeting decided")
            row = change(session, book().rules["HR-R06"], wanted, branch.people["head"])
            if row.in_force_on is None:
                approve(session, row, branch.people["approver"])


def again(branch: Company) -> Replayed:
    with branch.app.app_context(), branch.session("east") as session:
        return replay(session)


def explained(branch: Company, who: str, answer: Any) -> dict[str, Any]:
    """What the address that a refused call gives says."""
    assert answer.status_code == 422, answer.text
    kind, key = answer.json["why"].split("/")[-2:]
    told = branch.api_of(who)("GET", f"/api/v1/rules/why/{kind}/{key}")
    assert told.status_code == 200, told.text
    found: dict[str, Any] = told.json["result"]
    return found


@pytest.mark.parametrize(
    ("item", "fine", "says"),
    [
        ("GPN-R01", "100.01", "The tariff names a fine from ¥50.00 to ¥100.00 for this item."),
        ("GPN-R04", "199.99", "The tariff names a fine of ¥200.00 for this item."),
        ("GPN-R07", "200.00", "No amount is named for this slip"),
    ],
)
def test_a_fine_that_its_item_does_not_name_says_why(branch: Company, item: str, fine: str, says: str):
    sent = conduct_company.entered(branch, offence_id=branch.people[f"item {item}"], fine=fine)
    answer = branch.api_of("head")("POST", "/api/v1/conduct/slip/", json=sent)
    assert says in answer.json["errors"]["fine"][0]
    found = explained(branch, "head", answer)
    assert (found["rule"], found["version"], found["kind"]) == (item, 1, "amount")
    assert says in found["text"]
    assert {each["name"] for each in found["settings"]} == {
        each.name for each in book_of(branch, item).settings
    }
    assert ("fine", f"¥{fine}") in [(each["name"], each["value"]) for each in found["inputs"]]
    assert again(branch).differences == []


def book_of(branch: Company, rule: str) -> Any:
    return branch.installation.rules.rules[rule]


def test_a_form_that_a_rule_refuses_leads_to_the_reason(branch: Company):
    head = branch.client_of("head")
    sent = conduct_company.entered(branch, offence_id=branch.people["item GPN-R01"], fine="1.00")
    answer = head.fill("/conduct/slip/new", {name: str(value) for name, value in sent.items()})
    assert answer.status_code == 422
    (why,) = {each for each in Page(answer.text).links if "/why/finding/" in each}
    page = head.get(why)
    assert page.status_code == 200
    assert "The tariff names a fine from ¥50.00 to ¥100.00 for this item." in page.text


def test_an_appeal_out_of_time_says_why_and_one_in_time_is_taken(branch: Company):
    yesterday = clock.today() - timedelta(days=1)
    late = in_effect(branch, issued_on=yesterday - timedelta(days=3), appeal_until=yesterday)
    sent = {"slip_id": late, "text": "It was not me."}
    found = explained(branch, "worker", branch.api_of("worker")("POST", "/api/v1/conduct/appeal/", json=sent))
    assert (found["rule"], found["kind"]) == ("HR-R08", "deadline")
    assert "The time to appeal ended on" in found["text"]
    assert found["settings"][0]["value"] == "3 days"
    in_time = in_effect(branch, appeal_until=clock.today())
    answer = branch.api_of("worker")("POST", "/api/v1/conduct/appeal/", json={**sent, "slip_id": in_time})
    assert answer.status_code == 201, answer.text
    assert again(branch).differences == []


def booked_by(branch: Company) -> list[tuple[int, date]]:
    """The deductions that have to be booked, each with its day (HR-R05)."""
    with branch.session("east") as session:
        owed = select(Obligation.record_id, Obligation.due_on).where(Obligation.rule == "HR-R05")
        return [(record, day) for record, day in session.execute(owed)]


def test_what_is_kept_back_of_wages_is_kept_explained_and_worked_out_again(branch: Company):
    number = in_effect(branch)
    sent = {"slip_id": number, "wage": "5000.00"}
    refused = branch.api_of("personnel")("POST", DEDUCTIONS, json=sent)
    found = explained(branch, "personnel", refused)
    assert (found["rule"], found["kind"]) == ("HR-R06", "amount")
    assert "Fines are not kept back of wages here." in found["text"]
    assert booked_by(branch) == [], "nothing is kept back"
    switched(branch, deduct=True, minimum_wage=Decimal("2490.00"))
    answer = branch.api_of("personnel")("POST", DEDUCTIONS, json=sent)
    assert answer.status_code == 201, answer.text
    today = clock.today()
    last = date(today.year, today.month, monthrange(today.year, today.month)[1])
    assert booked_by(branch) == [(int(answer.json["id"]), last)], "within the month (HR-R05)"
    with branch.session("east") as session:
        outcomes = session.scalars(
            select(Finding.outcome).where(Finding.rule == "HR-R06").order_by(Finding.id)
        ).all()
        kept = session.scalars(
            select(Finding).where(Finding.rule == "HR-R06", Finding.outcome == CAME_TO)
        ).one()
        key, made = kept.key, session.get_one(Deduction, int(answer.json["id"]))
        assert kept.subject_id == made.id
        assert kept.result == {"low": {"decimal": str(made.amount)}, "high": {"decimal": str(made.amount)}}
    assert outcomes == [REFUSED, CAME_TO]
    told = branch.api_of("personnel")("GET", f"/api/v1/rules/why/finding/{key}").json["result"]
    assert ("wage", "¥5,000.00") in [(each["name"], each["value"]) for each in told["inputs"]]
    assert again(branch).differences == []
    switched(branch, deduct=False)
    assert again(branch).differences == [], "what was decided stays"
