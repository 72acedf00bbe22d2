"""Own rules about moves: what they refuse, whose approval they ask for, and what follows what a record becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from leave.models import Application
from sqlalchemy import select, update

from company import Company
from core.branches.setwise import change, table_of
from core.data import UserError, clock
from core.handbook.models import Finding
from core.handbook.own.expression import Condition
from core.handbook.own.models import DRAFT, OwnRule
from core.handbook.own.moments import offered
from core.handbook.own.service import Written, as_file, draft, from_file, publish
from core.handbook.replay import replay
from core.messages.models import Outgoing
from core.people.positions import grant
from core.workflow.models import Approval
from core.worklist.models import Obligation
from leave_office import application, state_of
from pages import Page

API = "/api/v1/leave/application/"
LONG = Condition("days", "at_least", "5")
RULE = Written(
    entity="leave.application",
    moment="submit",
    name="Long leave",
    document="House rules",
    heading="3",
    says="So long a leave is talked over first.",
    effect="refuse",
    conditions=(LONG,),
)
TELL = {"moment": "granted", "effect": "tell", "owner": "leave.watcher"}
OBLIGE = {"moment": "granted", "effect": "oblige", "owner": "leave.watcher", "length": 2, "kind": "days"}
FIGURE = {"moment": "granted", "effect": "figure", "low": "10"}
ASK = {"moment": "submit", "effect": "approve", "owner": "leave.director"}


@pytest.fixture
def leave(office: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    """The company; its watchers owe something already, its own rules are gone afterwards."""
    watcher = office.installation.positions["leave.watcher"]
    owes = replace(watcher, grants=(*watcher.grants, grant("core.obligation", "see", clause="X")))
    monkeypatch.setitem(office.installation.positions, "leave.watcher", owes)
    yield office
    with office.session() as session:
        for row in session.scalars(select(OwnRule)):
            row.state = DRAFT


def in_force(company: Company, **changes: Any) -> str:
    with company.session() as session:
        wanted = Written(**{**RULE.__dict__, **changes})
        row = draft(session, wanted, company.branches["east"], None)
        publish(session, row, date(2026, 1, 1), None)
        return row.rule_id


def moved(company: Company, number: int, move: str, who: str = "asking") -> Any:
    return company.api_of(who)("POST", f"{API}{number}/{move}", json={})


def owed(company: Company, rule: str) -> list[tuple[int, date]]:
    with company.session("east") as session:
        rows = session.scalars(select(Obligation).where(Obligation.rule == rule).order_by(Obligation.id))
        return [(each.record_id, each.starts_on) for each in rows]


def test_a_check_at_a_move_judges_that_move_alone(leave: Company):
    in_force(leave)
    long, short = (application(leave, days=days) for days in (5, 4))
    refused = moved(leave, long, "submit")
    assert refused.status_code == 422
    assert RULE.says in refused.json["message"]
    assert moved(leave, short, "submit").status_code == 200
    later = application(leave, days=5, state="submitted")
    turned = leave.api_of("leading")("POST", f"{API}{later}/turn-down", json={"note": "Not now."})
    assert turned.status_code == 200
    assert (state_of(leave, long), state_of(leave, short)) == ("draft", "submitted")


def test_what_a_record_becomes_sets_rules_off_however_it_does(leave: Company):
    duty, told, worked_out = (in_force(leave, **each) for each in (OBLIGE, TELL, FIGURE))
    by_move, by_row, by_set, short, stays = (
        application(leave, days=days, state="submitted") for days in (6, 6, 6, 2, 6)
    )
    already = application(leave, days=2, state="granted")
    assert moved(leave, short, "grant", "leading").status_code == 200
    with leave.session("east") as session:
        session.get_one(Application, by_row).state = "granted"
    table = table_of(Application)
    with leave.session("east") as session:
        some = table.c.id.in_((by_set, already))
        change(session, Application, update(table).where(some).values(state="granted", days=7))
    with leave.session("east") as session:
        session.get_one(Application, by_move).state = "granted"
        session.get_one(Application, stays).note = "seen"
    wanted = [by_row, by_set, by_move]
    assert owed(leave, duty) == [(each, clock.today()) for each in wanted]
    with leave.session("east") as session:
        letters = session.scalars(select(Outgoing.record_id).where(Outgoing.rule == told)).all()
        assert sorted(letters) == sorted(wanted)
        amounts = session.scalars(select(Finding.subject_id).where(Finding.rule == worked_out)).all()
        assert sorted(each or 0 for each in amounts) == sorted(wanted)
        assert replay(session).differences == []


def test_a_record_that_is_made_as_something_has_become_it(leave: Company):
    duty = in_force(leave, **OBLIGE)
    number = application(leave, days=9, state="granted")
    assert [each for each, _day in owed(leave, duty)] == [number]


def test_an_own_rule_asks_for_approval_and_explains_itself(leave: Company):
    rule = in_force(leave, **ASK)
    long, short = (application(leave, days=days) for days in (5, 4))
    assert moved(leave, short, "submit").status_code == 200
    clerk, page = leave.client_of("asking"), f"/leave/application/{long}"
    assert "/submit" in clerk.get(page).text
    waits = moved(leave, long, "submit")
    assert waits.status_code == 202
    assert "/submit" not in clerk.get(page).text, "what waits is no button any more"
    assert state_of(leave, long) == "draft"
    director = leave.client_of("directing")
    director.get("/my-work/")
    answer = director.post(f"/core/approval/{waits.json['waits_for']}", {"answer": "yes", "why": ""})
    assert answer.status_code == 302
    assert state_of(leave, long) == "submitted"
    with leave.session("east") as session:
        (said,) = session.scalars(select(Approval).where(Approval.record_id == long))
        assert (said.rule, said.position) == (rule, "leave.director")
        number = said.id
    why = f"/core/handbook/why/approval/{number}"
    assert RULE.says in director.get(why).text
    assert why in director.get(page).text
    drawn = Page(director.get("/core/workflow/leave/application/").text)
    assert "Leave director" in drawn.texts


@pytest.mark.parametrize(
    "wrong",
    [
        {"moment": "granted"},
        {"moment": "nowhere"},
        {**TELL, "moment": "submit"},
        {**ASK, "moment": "save"},
        {**ASK, "owner": "leave.nobody"},
        {**ASK, "owner": "shop.clerk"},
    ],
)
def test_moment_effect_and_position_have_to_fit(leave: Company, wrong: dict[str, Any]):
    with leave.session() as session, pytest.raises(UserError):
        draft(session, Written(**{**RULE.__dict__, **wrong}), leave.branches["east"], None)


def test_the_form_offers_moves_and_states_previews_them_and_files_carry_them(leave: Company):
    submitted = application(leave, days=8, state="submitted")
    application(leave, days=8)
    admin = leave.client_of("admin")
    admin.get("/")
    admin.post("/branch/east")
    page = admin.get("/core/own-rules/new?entity=leave.application").text
    for label in (
        "before the move: Submit",
        "after it has become: Granted",
        "have the position approve it first",
    ):
        assert label in page
    sent = {
        "entity": "leave.application", "joined": "all", "name": "Mine", "document": "House rules",
        "heading": "9", "says": "Talk.", "moment": "move:submit", "effect": "approve", "owner": "leave.director",
        "length": "", "kind": "days", "field": ["days"], "operator": ["is"], "value": ["8"],
    }  # fmt: skip
    told = admin.post("/core/own-rules/new?entity=leave.application", {**sent, "do": "preview"}).text
    shown = " ".join(Page(told[told.index('id="preview"') :]).texts)
    assert "1 come out otherwise" in shown
    assert f"Application for leave {submitted}" in shown
    assert "Approval is asked for" in shown
    saved = admin.post("/core/own-rules/new?entity=leave.application", {**sent, "do": "publish"})
    number = int(saved.location.rpartition("/")[2])
    assert "before the move: Submit" in admin.get(saved.location).text
    again = admin.get(f"/core/own-rules/{number}/write").text
    assert '<option value="move:submit" selected' in again or 'selected value="move:submit"' in again
    with leave.session() as session:
        row = session.get_one(OwnRule, number)
        (copy,) = from_file(session, as_file([row]), leave.branches["west"], None)
        assert (copy.moment, copy.effect, copy.detail["owner"]) == ("submit", "approve", "leave.director")


def test_every_object_offers_each_moment_once(leave: Company):
    with leave.app.test_request_context():
        for entity in leave.installation.entities.values():
            codes = [code for code, _label in offered(entity)]
            assert len(codes) == len(set(codes))
