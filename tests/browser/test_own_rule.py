"""An administrator writes a rule of the office's own by clicks, previews it, publishes it; it holds, and says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import rest_client
import servers
from visitor import Visitor
from walks import DESK, PHONE, settings

ADMIN, CLERK = "admin", "gas-east.card-clerk"
NAME, DOCUMENT, HEADING, SAYS = "138", "2026-07", "3.1", "+86 10 6555 0101"
"""Figures alone, so that they say the same on pages of either language."""
LINES = (1, 2, 3)
"""All that a rule begins with; one more is drawn once they are filled in."""


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_a_rule_is_written_by_clicks_previewed_and_published(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    people = visitor(data=(NAME, DOCUMENT, SAYS, "OWN-R"))
    words = people.words
    people.log_in(ADMIN)
    people.go_to_branch("gas-east")
    people.follow("Own rules")
    people.leave(
        people.browser.one(
            ".page-actions a[href$='/own-rules/new'], main a.btn-primary[href$='/own-rules/new']"
        )
    )

    offered = people.field("Object")
    [bill] = [each for each in offered.find_elements("tag name", "option") if each.text == words("Bill")]
    people.leave(bill)
    assert fields(people) >= {words("Pricing year from")}, "the fields are those of the object"
    [account] = [
        each
        for each in people.field("Object").find_elements("tag name", "option")
        if each.text == words("Account")
    ]
    people.leave(account)

    for line in LINES:
        choose(people, f"field-{line}", words("Phone"))
        choose(people, f"operator-{line}", words("is empty"))
    people.press("Another line")
    people.press("Publish", status=422)
    people.sees("Fill in this field.")
    people.fill("Name of the rule", NAME)
    people.fill("Document", DOCUMENT)
    people.fill("Heading", HEADING)
    people.fill("What it says", SAYS)
    people.press("Preview")
    people.sees("Nothing was written. What was decided stays as it was decided.", "#preview")

    # A preview saves nothing: left without a word, the rule is offered back with all its lines.
    people.open("/core/own-rules/new")
    people.leave(people.button("Bring it back"))
    for line in LINES:
        assert chosen(people, f"field-{line}") == words("Phone")
        assert chosen(people, f"operator-{line}") == words("is empty")
    assert people.field("Name of the rule").get_attribute("value") == NAME

    program = rest_client.log_in(site, ADMIN, "gas-east")
    assert program.count("/core/own-rule/") == 0
    people.press("Publish")
    people.sees("Published. It holds from now on.")
    assert people.fact("State") == words("In force")

    people.open("/core/handbook/gas")
    people.reads(SAYS)
    people.log_out()

    people.log_in(CLERK)
    account_id = rest_client.log_in(site, CLERK).search("/gas/account/")["ids"][0]
    people.open(f"/gas/account/{account_id}")
    people.press("Edit")
    people.fill("Phone", "")
    people.press("Save", status=422)
    people.reads(SAYS)
    people.log_out()

    people.log_in(ADMIN)
    people.go_to_branch("gas-east")
    people.follow("Findings")
    [refused] = [each for each in people.rows("Findings") if each[words("Rule")].startswith("OWN-R")]
    assert refused[words("Outcome")] == words("Refused")
    people.open_row(refused[words("Found at")])
    people.reads(SAYS, "#why")


NEEDED = {
    "refuse it": set(),
    "open an obligation": {"owner", "length", "kind"},
    "tell somebody": {"owner"},
    "have it looked at on an inspection round": set(),
    "work out an amount": {"of", "rate", "low", "high"},
    "count them against a target": {"measured", "bound", "target", "over"},
    "keep a field back from a position": {"owner", "of", "level"},
}
SHOWN = """
return [...document.querySelectorAll("[data-effects] [name]")].filter((each) => each.checkVisibility())
  .map((each) => each.name);
"""


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_on_a_phone_each_effect_asks_for_what_it_needs_and_an_amount_is_drafted(
    visitor: Callable[..., Visitor],
) -> None:
    people = visitor(data=(NAME, DOCUMENT, SAYS, "OWN-R"))
    words = people.words
    people.log_in(ADMIN)
    people.go_to_branch("gas-east")
    people.open("/core/own-rules/new?entity=gas.account")
    for effect, needed in NEEDED.items():
        choose(people, "effect", words(effect))
        assert set(people.browser.driver.execute_script(SHOWN)) == needed, effect
    choose(people, "field-1", words("Phone"))
    choose(people, "operator-1", words("is empty"))
    choose(people, "moment", words("after it was added"))
    choose(people, "effect", words("work out an amount"))
    for label, value in (("From, in yuan", "9"), ("To, in yuan", "8")):
        people.fill(label, value)
    people.fill("Name of the rule", NAME)
    people.fill("Document", DOCUMENT)
    people.fill("Heading", HEADING)
    people.fill("What it says", SAYS)
    people.press("Save draft", status=422)
    people.sees("The lower amount is not above the higher one.")
    assert set(people.browser.driver.execute_script(SHOWN)) == NEEDED["work out an amount"]
    people.fill("To, in yuan", "80")
    people.press("Preview")
    people.sees("Nothing was written. What was decided stays as it was decided.", "#preview")
    people.press("Save draft")
    assert people.fact("State") == words("Draft")


def choose(person: Visitor, name: str, text: str) -> None:
    """An entry of the list with an id, by what it says."""
    options = person.browser.one(f"#{name}").find_elements("tag name", "option")
    [found] = [each for each in options if each.text == text]
    found.click()


def chosen(person: Visitor, name: str) -> str:
    """What is chosen in the list with an id."""
    [found] = [
        each
        for each in person.browser.one(f"#{name}").find_elements("tag name", "option")
        if each.is_selected()
    ]
    return str(found.text)


def fields(person: Visitor) -> set[str]:
    return {each.text for each in person.browser.one("#field-1").find_elements("tag name", "option")}
