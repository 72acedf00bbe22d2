"""Approvals by the rules of the rule book: who, how many, in which order, never the subject or whoever asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from company import Browser, Company
from core.workflow.models import Approval, MoveRequest
from leave_office import application, state_of
from pages import Page

PATH = "/leave/application/"
API = "/api/v1/leave/application/"
DECIDE = "/core/approval/"


def asked(office: Company, days: int = 5, **values: Any) -> tuple[int, int]:
    """A long application whose grant waits for approval: the ids of the record and of the request."""
    number = application(office, days=days, state="submitted", **values)
    answer = office.api_of("leading")("POST", f"{API}{number}/grant", json={"note": "As agreed."})
    assert answer.status_code == 202, answer.text
    return number, answer.json["waits_for"]


def say(browser: Browser, request: int, answer: str, why: str = "") -> Any:
    browser.get("/my-work/")
    return browser.post(f"{DECIDE}{request}", {"answer": answer, "why": why})


def request_state(office: Company, number: int) -> tuple[str, int]:
    with office.session("east") as session:
        found = session.get_one(MoveRequest, number)
        return found.state, found.said


def test_short_leave_needs_nobody_else(office: Company):
    number = application(office, days=2, state="submitted")
    assert office.api_of("leading")("POST", f"{API}{number}/grant", json={}).status_code == 200
    assert state_of(office, number) == "granted"


def test_long_leave_waits_for_two_in_their_order(office: Company):
    number, request = asked(office)
    assert state_of(office, number) == "submitted"
    director, manager = office.client_of("directing"), office.client_of("helping")
    assert say(director, request, "yes").status_code == 403
    assert say(manager, request, "yes").status_code == 302
    assert (state_of(office, number), request_state(office, request)) == ("submitted", ("waiting", 1))
    assert say(manager, request, "yes").status_code == 403
    assert say(director, request, "yes", "Well deserved.").status_code == 302
    assert (state_of(office, number), request_state(office, request)) == ("granted", ("granted", 2))
    with office.session("east") as session:
        rows = session.scalars(select(Approval).where(Approval.request_id == request).order_by(Approval.id))
        said = [(each.position, each.rule, each.yes, each.why) for each in rows]
    assert said == [
        ("leave.manager", "LEAVE-R01", True, None),
        ("leave.director", "LEAVE-R01", True, "Well deserved."),
    ]
    page = " ".join(Page(director.get(f"{PATH}{number}").text).texts)
    assert "As agreed." in page
    for told in ("Approval asked for", "Approved", "Because: Well deserved.", "Moved on"):
        assert told in page


def test_who_asked_and_whom_it_is_about_do_not_decide(office: Company):
    _number, request = asked(office, person_id=office.people["helping"])
    assert say(office.client_of("leading"), request, "yes").status_code == 403
    assert say(office.client_of("helping"), request, "yes").status_code == 403
    assert request_state(office, request) == ("waiting", 0)


def test_a_no_needs_a_reason_and_ends_the_request(office: Company):
    number, request = asked(office)
    manager = office.client_of("helping")
    refused = say(manager, request, "no")
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    page = Page(say(manager, request, "no", "x" * 501).text)
    assert page.entries["why"].strip() == "x" * 501
    assert say(manager, request, "no", "Too many are away.").status_code == 302
    assert (state_of(office, number), request_state(office, request)) == ("submitted", ("declined", 1))
    assert "Because: Too many are away." in " ".join(Page(manager.get(f"{PATH}{number}").text).texts)


def test_it_waits_among_the_work_of_who_may_decide(office: Company):
    _number, request = asked(office)
    link = f'href="{DECIDE}{request}"'
    assert "Approvals that wait for me" in office.client_of("helping").get("/my-work/").text
    assert f'data-row-url="{DECIDE}{request}"' in office.client_of("helping").get(DECIDE).text
    assert link in office.client_of("helping").get(f"{PATH}{_number}").text
    assert link not in office.client_of("leading").get(f"{PATH}{_number}").text
    assert f"{DECIDE}{request}" not in office.client_of("directing").get(DECIDE).text


def test_one_request_at_a_time_and_another_move_drops_it(office: Company):
    number, request = asked(office)
    again = office.api_of("leading")("POST", f"{API}{number}/grant", json={})
    assert (again.status_code, "waits for approval already" in again.json["message"]) == (409, True)
    assert (
        office.api_of("leading")("POST", f"{API}{number}/turn-down", json={"note": "No."}).status_code == 200
    )
    assert request_state(office, request) == ("dropped", 0)
    late = say(office.client_of("helping"), request, "yes", "It is quiet in May.")
    assert (late.status_code, Page(late.text).entries["why"].strip()) == (409, "It is quiet in May.")
    assert "This was decided meanwhile." in late.text
    assert state_of(office, number) == "refused"


def test_what_was_changed_meanwhile_is_asked_for_anew(office: Company):
    number, request = asked(office)
    office.api_of("asking")("PUT", f"{API}{number}", json={"days": 25})
    manager = office.client_of("helping")
    told = say(manager, request, "yes")
    assert told.status_code == 409
    assert "The record was changed after approval was asked for" in told.text
    assert (state_of(office, number), request_state(office, request)) == ("submitted", ("dropped", 0))


def test_another_branch_sees_nothing_of_it(office: Company):
    _number, request = asked(office)
    assert office.client_of("west.manager").get(f"{DECIDE}{request}").status_code == 404
