"""Buttons are the allowed moves and no others; each asks for what it needs; what is illegal is refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from company import Browser, Company
from leave_office import application, state_of
from pages import Page, most_options

PATH = "/leave/application/"
API = "/api/v1/leave/application/"
MOVES = "/core/workflow/leave/application/"


@pytest.fixture
def number(office: Company) -> int:
    return application(office)


def buttons(browser: Browser, number: int) -> set[str]:
    """The moves that the page of a record offers."""
    text = browser.get(f"{PATH}{number}").text
    every = ("submit", "grant", "turn-down", "note-absence")
    return {each for each in every if f'"{MOVES}{number}/{each}"' in text}


def test_the_buttons_are_what_state_and_right_allow(office: Company, number: int):
    clerk, manager, watcher = (office.client_of(name) for name in ("asking", "leading", "watching"))
    assert [buttons(each, number) for each in (clerk, manager, watcher)] == [
        {"submit"},
        {"note-absence"},
        set(),
    ]
    clerk.post(f"{MOVES}{number}/submit")
    assert state_of(office, number) == "submitted"
    assert [buttons(each, number) for each in (clerk, manager, watcher)] == [
        set(),
        {"grant", "turn-down"},
        set(),
    ]


def test_a_move_asks_for_its_required_fields(office: Company):
    number = application(office, state="submitted")
    manager = office.client_of("leading")
    refused = manager.fill(f"{MOVES}{number}/turn-down", {"note": ""})
    assert (refused.status_code, state_of(office, number)) == (422, "submitted")
    assert "Fill in this field." in refused.text
    done = manager.fill(f"{MOVES}{number}/turn-down", {"note": "Too many are away."})
    assert (done.status_code, done.location) == (302, f"{PATH}{number}")
    assert state_of(office, number) == "refused"
    assert "Too many are away." in manager.get(f"{PATH}{number}").text


def test_an_illegal_move_is_refused_with_what_is_allowed(office: Company, number: int):
    manager = office.client_of("leading")
    answer = manager.get(f"{MOVES}{number}/grant")
    assert answer.status_code == 302
    page = manager.get(f"{PATH}{number}").text
    assert "Grant is not possible while this is in the state Draft." in page
    assert "Possible now: Submit, Note absence." in page
    by_rest = office.api_of("leading")("POST", f"{API}{number}/grant", json={})
    assert by_rest.status_code == 409
    assert by_rest.json["allowed"] == ["submit", "note-absence"]
    assert "Possible now" in by_rest.json["message"]
    assert state_of(office, number) == "draft"


def test_who_lacks_the_right_is_refused_before_anything_else(office: Company, number: int):
    for name in ("watching", "asking"):
        api = office.api_of(name)
        assert api("POST", f"{API}{number}/grant", json={}).status_code == 403
        assert office.client_of(name).get(f"{MOVES}{number}/grant").status_code == 403
    assert office.api_of("leading")("POST", f"{API}{number}/vanish", json={}).status_code == 404
    assert office.api_of("leading")("POST", f"{API}999999/grant", json={}).status_code == 404
    nobody = office.browser()
    assert nobody.client.post(f"{API}{number}/grant", json={}).status_code == 401


def test_by_rest_a_move_takes_its_fields(office: Company):
    number = application(office, state="submitted")
    api = office.api_of("leading")
    wrong = api("POST", f"{API}{number}/turn-down", json={})
    assert (wrong.status_code, list(wrong.json["errors"])) == (400, ["note"])
    assert api("POST", f"{API}{number}/turn-down", json={"state": "granted"}).status_code == 400
    stale = api("POST", f"{API}{number}/turn-down", json={"note": "No.", "row_version": 9})
    assert stale.status_code == 409
    done = api("POST", f"{API}{number}/turn-down", json={"note": "No."})
    assert (done.status_code, done.json["result"]["state"], done.json["result"]["note"]) == (
        200,
        "refused",
        "No.",
    )


def test_nobody_enters_the_state_by_hand(office: Company, number: int):
    answer = office.api_of("asking")("PUT", f"{API}{number}", json={"state": "granted"})
    assert (answer.status_code, state_of(office, number)) == (400, "draft")


def test_a_guard_bars_the_move_and_says_why(office: Company):
    number = application(office, days=31)
    answer = office.api_of("asking")("POST", f"{API}{number}/submit", json={})
    assert (answer.status_code, answer.json["message"]) == (422, "Leave lasts 30 days at most.")
    assert state_of(office, number) == "draft"


def test_a_check_of_the_rule_book_judges_its_move(office: Company):
    number = application(office, days=12)
    answer = office.api_of("asking")("POST", f"{API}{number}/submit", json={})
    assert (answer.status_code, state_of(office, number)) == (answer.status_code, "draft")
    assert "Say why so long." in answer.json["message"]
    office.api_of("asking")("PUT", f"{API}{number}", json={"reason": "A wedding."})
    assert office.api_of("asking")("POST", f"{API}{number}/submit", json={}).status_code == 200


def test_each_move_is_in_the_time_line(office: Company, number: int):
    clerk = office.client_of("asking")
    clerk.get(f"{PATH}{number}")
    clerk.post(f"{MOVES}{number}/submit")
    text = " ".join(Page(clerk.get(f"/core/timeline/leave/application/{number}").text).texts)
    assert "Moved on" in text
    assert "Submit" in text
    assert "from Draft to Submitted" in text


def test_of_two_moves_at_the_same_moment_one_is_made(office: Company, number: int):
    from leave.models import Application

    from core.data import UserError
    from core.entities.service import StaleError
    from core.workflow.service import carry_out

    entity = office.installation.entities["leave.application"]
    with office.app.app_context(), office.session("east") as first:
        seen = first.get_one(Application, number)
        with office.session("east") as other:
            carry_out(other, entity, other.get_one(Application, number), "submit", {})
        with pytest.raises(UserError) as refused:
            carry_out(first, entity, seen, "submit", {})
        first.rollback()
    assert isinstance(refused.value, StaleError)
    assert state_of(office, number) == "submitted"


def test_a_move_is_an_event(office: Company, number: int):
    told: list[tuple[str, int, str]] = []

    def note(_session: Any, entity: Any, record: Any, what: str, _on: Any) -> None:
        told.append((entity.id, record.id, what))

    before, office.installation.happened = office.installation.happened, note
    try:
        office.api_of("asking")("POST", f"{API}{number}/submit", json={})
    finally:
        office.installation.happened = before
    assert told == [("leave.application", number, "submitted"), ("leave.application", number, "saved")]


def test_where_the_plugin_is_off_nothing_moves(office: Company, number: int):
    office.switch("leave", "east", on=False)
    try:
        assert office.api_of("asking")("POST", f"{API}{number}/submit", json={}).status_code == 404
        assert office.client_of("asking").get(MOVES).status_code == 404
    finally:
        office.switch("leave", "east", on=True)


def test_the_drawing_shows_every_state_and_move_and_the_table_says_all_of_it(office: Company, number: int):
    page = office.client_of("watching").get(f"{MOVES}?record={number}").text
    assert page.count('<rect class="flow-state') == 5
    assert page.count('class="flow-line"') == 5
    assert page.count("flow-here") == 1
    text = " ".join(Page(page).texts)
    for said in ("This record is in the state Draft.", "Turn down", "Leave manager", "2 witnesses"):
        assert said in text
    assert "Leave rules 2.1" in text


def test_the_openapi_document_names_every_move(office: Company):
    paths = office.api_of("watching")("GET", "/api/v1/_openapi").json["paths"]
    body = paths[f"{API}{{id}}/turn-down"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "note" in body["properties"]
    assert f"{API}{{id}}/submit" in paths


def test_witnesses_are_two_people_who_have_nothing_to_do_with_it(office: Company):
    asking, leading, helping, watching, directing = (
        office.people[name] for name in ("asking", "leading", "helping", "watching", "directing")
    )
    number = application(office, person_id=asking)
    api = office.api_of("leading")
    body = {"reason": "Not seen since Monday."}
    for wrong in ([watching], [watching, watching], [watching, asking], [watching, leading]):
        answer = api("POST", f"{API}{number}/note-absence", json={**body, "witnesses": wrong})
        assert answer.status_code in (400, 422), wrong
        assert state_of(office, number) == "draft"
    done = api("POST", f"{API}{number}/note-absence", json={**body, "witnesses": [watching, helping]})
    assert (done.status_code, state_of(office, number)) == (200, "missed")
    assert directing
    from sqlalchemy import select

    from core.workflow.models import Witness

    with office.session("east") as session:
        found = session.scalars(select(Witness.user_id).where(Witness.record_id == number)).all()
    assert sorted(found) == sorted([watching, helping])


def test_a_witness_is_searched_for_in_a_crowd(office: Company):
    office.add_crowd("east", "leave.clerk")
    number = application(office, person_id=office.people["asking"])
    browser, path = office.client_of("leading"), f"{MOVES}{number}/note-absence"
    page = browser.get(path)
    assert page.status_code == 200
    assert most_options(page.text) == 1
    witnesses = {"witness_1": str(office.people["watching"]), "witness_2": str(office.people["west.manager"])}
    refused = browser.post(path, {"reason": "Not seen since Monday.", **witnesses})
    assert refused.status_code == 422
    assert most_options(refused.text) == 2, "whoever was chosen is still there"
    assert state_of(office, number) == "draft"
