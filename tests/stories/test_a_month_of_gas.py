"""The story beside this file, carried out: meters read, bills posted, paid, late, reminded of and handed over; the hall
looked at, the month reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import gas_company
import gas_story
from company import Company
from core.inspections.kinds import OK
from core.messages.models import Outgoing
from core.worklist.models import DONE, OPEN
from gas_rules import setting_changed
from gas_story import EAST, bill_of, owed
from pages import Page
from storytelling import Story, read, says

STORY = Path(__file__).with_name("a_month_of_gas.md")


@pytest.fixture
def branch(migrated_url: str, tmp_path: Path) -> Iterator[Company]:
    made = gas_company.found(migrated_url, tmp_path / "gas")
    yield made
    made.database.dispose()


@pytest.fixture
def story(branch: Company) -> Story:
    return gas_story.begun(branch, "Wang", "Li")


def reminders(story: Story) -> list[str | None]:
    with story.company.session(EAST) as session:
        return list(session.scalars(select(Outgoing.address).where(Outgoing.template == "gas.reminder")))


@says("The {who} makes the round before opening, and everything is in order.")
def looks(story: Story, who: str) -> None:
    path = "/core/inspections/gas/hall-opening"
    items = set(re.findall(r'name="(verdict:[^"]+)"', story.page(who, path)))
    assert items, "nothing is looked at"
    answer = story.browser(who).post(path, {"do": "finish", **dict.fromkeys(items, OK)})
    assert answer.status_code == 302, answer.text


@says("Wang owes a bill, and Li owes a bill.")
def both_owe(story: Story) -> None:
    assert all(bill_of(story, name).total > 0 for name in ("Wang", "Li"))


@says("Under the bill of Wang everything is done; under that of Li {count} things are open.")
def under_the_bills(story: Story, count: str) -> None:
    assert set(owed(story, "Wang")) == {DONE}
    assert owed(story, "Li").count(OPEN) == int(count), owed(story, "Li")


@says("Nobody is on the list of those to call.")
def nobody_reminded(story: Story) -> None:
    assert reminders(story) == []


@says("Li is on the list of those to call, Wang is not.")
def li_reminded(story: Story) -> None:
    assert reminders(story) == [gas_story.phone_of(2)]


@says("The office settles that the monthly report is there by day {day}.")
def settles(story: Story, day: str) -> None:
    setting_changed(story.company, "GAS-R76", EAST, "monthly_report_day", int(day))


@says("The {who} judges the round that was found: all in order, but of {rule}: {remark}.")
def judges(story: Story, who: str, rule: str, remark: str) -> None:
    """Fills in the form, as its page asks for each item, and finishes the round."""
    follower, path = story.made["followed"]
    assert follower == who, f"the {follower} found it"
    entries = Page(story.page(who, path)).entries
    items = [each.removeprefix("remark:") for each in entries if each.startswith("remark:")]
    assert items
    sent = {f"verdict:{each}": "not_ok" if each.startswith(rule) else "ok" for each in items}
    sent |= {f"remark:{each}": remark for each in items if each.startswith(rule)}
    answer = story.browser(who).post(path, {**sent, "do": "finish"})
    assert answer.status_code == 302, answer.text
    story.made["round"] = answer.location


@says("On the page of the round the {who} asks why {rule} is not in order.")
def why_not_in_order(story: Story, who: str, rule: str) -> None:
    page = story.page(who, story.made["round"])
    address = page[page.index("/core/handbook/why/finding/") :].split('"')[0]
    assert rule in " ".join(Page(story.page(who, address)).texts)


def test_the_story_comes_true(story: Story) -> None:
    story.tell(read(STORY))
