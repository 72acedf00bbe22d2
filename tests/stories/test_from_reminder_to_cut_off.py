"""The story beside this file, carried out: what stays unpaid, up to gas that is cut off and restored, or is not."""

# zh-ok-file: what people read

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gas_company
import gas_story
from company import Company
from gas_rules import setting_changed
from gas_story import EAST, bill_of, refused
from pages import Page
from plugins.gas.models import CutOff
from storytelling import Story, in_both, read, says

STORY = Path(__file__).with_name("from_reminder_to_cut_off.md")


@pytest.fixture
def branch(migrated_url: str, tmp_path: Path) -> Iterator[Company]:
    made = gas_company.found(migrated_url, tmp_path / "gas")
    yield made
    made.database.dispose()


def order(story: Story, name: str) -> int:
    return int(story.made[f"order of {name}"])


def step(story: Story, who: str, name: str, move: str, language: str = "en") -> Any:
    sent = {"notice_number": f"N-{name}"} if move == "notice" else {}
    return story.send(who, "POST", f"gas/cut-off/{order(story, name)}/{move}", sent, language)


@says("The {who} cannot hand over what {name} owes: {words} ({clause}).")
def cannot_hand_over(story: Story, who: str, name: str, words: str, clause: str) -> None:
    sent = {"account_id": story.made[name]}
    for language, text in in_both(words):
        refused(story.send(who, "POST", "gas/cut-off/", sent, language), text, clause)


@says("The {who} hands over what {name} owes.")
def hands_over(story: Story, who: str, name: str) -> None:
    sent = {"account_id": story.made[name]}
    story.made[f"order of {name}"] = story.sent(who, "POST", "gas/cut-off/", sent)


@says("The order of {name} is now: {state}.")
def order_is(story: Story, name: str, state: str) -> None:
    with story.company.session(EAST) as session:
        assert session.get_one(CutOff, order(story, name)).state == state


@says("The orders of {names} are still: {state}.")
def orders_are(story: Story, names: str, state: str) -> None:
    for name in names.split(", "):
        order_is(story, name, state)


@says("The {who} cannot make with the order of {name} this step: {move}: {words} ({clause}).")
def cannot_make(story: Story, who: str, name: str, move: str, words: str, clause: str) -> None:
    for language, text in in_both(words):
        refused(step(story, who, name, move, language), text, clause)


@says("The {who} makes with the order of {name} the step: {move}.")
def makes(story: Story, who: str, name: str, move: str) -> None:
    answer = step(story, who, name, move)
    assert answer.status_code == 200, answer.text


@says("The {who} asks for the decision on the order of {name}.")
def asks_for_decision(story: Story, who: str, name: str) -> None:
    answer = step(story, who, name, "decide")
    assert answer.status_code == 202, answer.text
    story.made["request"] = answer.json["waits_for"]


@says("The {who} grants what was asked for.")
def grants_it(story: Story, who: str) -> None:
    browser = story.browser(who)
    browser.get("/")
    answer = browser.post(f"/core/approval/{story.made['request']}", {"answer": "yes", "why": ""})
    assert answer.status_code == 302, answer.text


@says("The {who} protects {name}: {reason}.")
def protects(story: Story, who: str, name: str, reason: str) -> None:
    assert story.today is not None
    known = {"reason": reason, "valid_from": story.today.isoformat()}
    story.sent(who, "POST", "gas/protection/", {"account_id": story.made[name], **known})


def holds(story: Story, who: str, name: str, **known: str) -> None:
    sent = {"account_id": story.made[name], "bill_id": bill_of(story, name).id, **known}
    story.made[f"hold of {name}"] = story.sent(who, "POST", "gas/hold/", sent)


@says("The {who} notes that {name} disputes the bill.")
def disputes(story: Story, who: str, name: str) -> None:
    holds(story, who, name, kind="dispute", reason="The reading is wrong")


@says("The {who} notes that the money of {name} is on its way.")
def on_its_way(story: Story, who: str, name: str) -> None:
    money = {"amount": str(bill_of(story, name).total), "expected_on": "2026-11-20"}
    holds(story, who, name, kind="in_transit", reason="Sent by the bank", **money)


@says("The {who} closes the hold of {name}: {outcome}.")
def closes(story: Story, who: str, name: str, outcome: str) -> None:
    address = f"gas/hold/{story.made[f'hold of {name}']}/close"
    answer = story.send(who, "POST", address, {"outcome": outcome})
    assert answer.status_code == 200, answer.text


@says("The {who} reads on the page of the order of {name}: {words}.")
def reads_on_the_order(story: Story, who: str, name: str, words: str) -> None:
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, f"/gas/cut-off/{order(story, name)}", language)).texts)
        assert text in told, told


@says("The office settles that three days lie between the notice and the decision.")
def settles_the_wait(story: Story) -> None:
    setting_changed(story.company, "GAS-R82", EAST, "cutoff_wait_days", 3)


def test_the_story_comes_true(branch: Company) -> None:
    gas_story.begun(branch, "Zhao", "Qian", "Sun", "Zhou").tell(read(STORY))
