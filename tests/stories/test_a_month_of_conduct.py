"""The story beside this file, carried out: slips signed, appealed against, answered, refused and witnessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import conduct_company
from company import Company
from core.workflow.models import MoveRequest
from plugins.conduct.models import Measure, Slip
from storytelling import Story, in_both, read, says

STORY = Path(__file__).with_name("a_month_of_conduct.md")


@pytest.fixture
def branch(migrated_url: str, tmp_path: Path) -> Iterator[Company]:
    made = conduct_company.found(migrated_url, tmp_path / "conduct")
    yield made
    made.database.dispose()


def state(story: Story, model: Any, number: int) -> str:
    with story.company.session(story.branch) as session:
        return str(session.get_one(model, number).state)


@says("The {who} drafts a slip for the worker over ¥{fine}.")
def drafts(story: Story, who: str, fine: str) -> None:
    sent = conduct_company.entered(story.company, fine=fine)
    story.made["slip"] = story.sent(who, "POST", "conduct/slip/", sent)


@says("The {who} does not see the slip yet.")
def does_not_see(story: Story, who: str) -> None:
    assert story.send(who, "GET", f"conduct/slip/{story.made['slip']}", {}).status_code == 404


@says("The {who} does with the slip: {move}.")
def does(story: Story, who: str, move: str) -> None:
    browser = story.browser(who)
    browser.get("/")
    answer = browser.post(f"/core/workflow/conduct/slip/{story.made['slip']}/{move}")
    assert answer.status_code == 302, answer.text


@says("The slip is now: {wanted}.")
def slip_is(story: Story, wanted: str) -> None:
    assert state(story, Slip, story.made["slip"]) == wanted


def appeal(story: Story, who: str, language: str = "en") -> Any:
    sent = {"slip_id": story.made["slip"], "text": "I was sent away"}
    return story.send(who, "POST", "conduct/appeal/", sent, language)


@says("The {who} cannot appeal: {words}.")
def cannot_appeal(story: Story, who: str, words: str) -> None:
    for language, text in in_both(words):
        answer = appeal(story, who, language)
        assert answer.status_code in (400, 422), answer.text
        assert text in str(answer.json), answer.json


@says("The {who} appeals.")
def appeals(story: Story, who: str) -> None:
    answer = appeal(story, who)
    assert answer.status_code == 201, answer.text
    story.made["appeal"] = answer.json["id"]


@says("The {who} answers the appeal: {outcome}.")
def answers(story: Story, who: str, outcome: str) -> None:
    sent = {"answer": "The duty book says so.", "outcome": outcome}
    story.sent(who, "POST", f"conduct/appeal/{story.made['appeal']}/answer", sent)


@says("The {who} bears witness.")
def bears_witness(story: Story, who: str) -> None:
    story.sent(who, "POST", "conduct/witness/", {"slip_id": story.made["slip"]})


@says("The {who} cannot bear witness again.")
def cannot_bear_witness(story: Story, who: str) -> None:
    again = story.send(who, "POST", "conduct/witness/", {"slip_id": story.made["slip"]})
    assert again.status_code in (400, 409), again.text


@says("The {who} asks for a measure: {kind}.")
def asks_for(story: Story, who: str, kind: str) -> None:
    sent = {"slip_id": story.made["slip"], "kind": kind}
    story.made["measure"] = story.sent(who, "POST", "conduct/measure/", sent)


@says("The {who} grants it.")
def grants(story: Story, who: str) -> None:
    with story.company.session(story.branch) as session:
        asked = MoveRequest.entity == "conduct.measure", MoveRequest.record_id == story.made["measure"]
        request = session.scalars(select(MoveRequest.id).where(*asked)).one()
    browser = story.browser(who)
    browser.get("/")
    assert browser.post(f"/core/approval/{request}", {"answer": "yes", "why": ""}).status_code == 302


@says("The measure is now: {wanted}.")
def measure_is(story: Story, wanted: str) -> None:
    assert state(story, Measure, story.made["measure"]) == wanted


def test_the_story_comes_true(branch: Company) -> None:
    Story(branch, "east").tell(read(STORY))
