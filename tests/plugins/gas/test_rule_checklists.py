"""What is looked at in the hall and at the counter: each item on its round, by whose eyes, and when it rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import gas_company
from company import Company
from core.data import clock
from core.handbook.kinds import Checklist
from core.handbook.models import NOT_IN_ORDER, Finding
from core.handbook.periods import Period
from core.handbook.values import LIST, YES_NO
from core.inspections import service
from core.inspections.items import Item, is_asked, items_of_rounds, told_item
from core.inspections.kinds import NOT_OK, OK
from gas_rules import BY_ID, defaults, rule, setting_changed
from plugins.gas.inspections import INSPECTIONS
from plugins.gas.positions import POSITIONS
from plugins.gas.rules.book.saying import DEPARTMENT, HALL, LOOKS, OPENING, SERVICE, SIGNS

CHECKLISTS = [each for each in BY_ID.values() if isinstance(each, Checklist)]
BY_ROUND = {each.id: each for each in INSPECTIONS}
RESTING = {"GAS-R37-B", "GAS-R49-B"}
"""Their figure is unset until a branch fills it in."""


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


def on_the_rounds(company: Company, branch: str) -> dict[str, str]:
    """Rule -> the round on which it is asked today."""
    with company.session(branch) as session:
        found = items_of_rounds(session, INSPECTIONS, company.branches[branch], clock.today())
    return {item.rule.id: name for name, items in found.items() for item in items}


def asked_of(company: Company, branch: str, number: str) -> list[Item]:
    """The items of a rule that are asked today."""
    with company.session(branch) as session:
        found = items_of_rounds(session, INSPECTIONS, company.branches[branch], clock.today())
    return [item for items in found.values() for item in items if item.rule.id == number]


def told_of(company: Company, branch: str, number: str) -> list[str]:
    """The same as the inspector reads them."""
    with company.app.test_request_context():
        found = asked_of(company, branch, number)
        return [told_item(each.text, number, each.settings) for each in found]


@pytest.mark.parametrize("number", [each.id for each in CHECKLISTS])
def test_each_item_is_asked_on_its_round_until_it_is_switched_off(number: str) -> None:
    found = rule(number)
    assert found.round in {each.id for each in INSPECTIONS}
    assert is_asked(found, defaults(number)) is (number not in RESTING)
    filled_in = {each.name: 20 for each in found.settings if each.default is None}
    assert is_asked(found, defaults(number, **filled_in))
    for each in found.settings:
        if each.kind == YES_NO:
            assert not is_asked(found, defaults(number, **{each.name: False}))


@pytest.fixture(scope="module")
def looked(company: Company) -> dict[str, set[str]]:
    """Every round was made in both offices: nothing was in order in the west, all of it in the east."""
    with clock.frozen(clock.now() - timedelta(days=40)):
        for branch, verdict in (("gas-east", OK), ("gas-west", NOT_OK)):
            with company.session(branch) as session:
                day, user = clock.today(), company.people[f"{branch}.duty-clerk"]
                for round_, items in items_of_rounds(
                    session, INSPECTIONS, company.branches[branch], day
                ).items():
                    made = service.begun(session, BY_ROUND[round_], Period(day, day), items, day, user)
                    given = {each.name: service.Judged(verdict, "as was seen") for each in items}
                    service.judge(session, made, given, user)
                    service.finish(session, made, user)
    found = {}
    for branch in ("gas-east", "gas-west"):
        with company.session(branch) as session:
            found[branch] = set(session.scalars(select(Finding.rule).where(Finding.outcome == NOT_IN_ORDER)))
    return found


@pytest.mark.parametrize("number", [each.id for each in CHECKLISTS if each.id not in RESTING])
def test_what_is_not_in_order_is_found_and_what_is_leaves_nothing(
    looked: dict[str, set[str]], number: str
) -> None:
    assert number in looked["gas-west"]
    assert number not in looked["gas-east"]


def test_the_rounds_of_a_branch_ask_what_is_in_force_there(company: Company) -> None:
    everywhere = {each.id: each.round for each in CHECKLISTS if each.id not in RESTING}
    assert on_the_rounds(company, "gas-east") == everywhere
    setting_changed(company, "GAS-R50", "gas-west", "check_item", False)
    setting_changed(company, "GAS-R49-B", "gas-west", "min_stock", 20)
    west = on_the_rounds(company, "gas-west")
    assert "GAS-R50" not in west
    assert west["GAS-R49-B"] == HALL
    assert on_the_rounds(company, "gas-east") == everywhere


@pytest.mark.parametrize("number", [each.id for each in CHECKLISTS])
def test_each_round_has_its_position(number: str) -> None:
    found = rule(number)
    assert found.by == LOOKS[found.round]
    assert found.by in {each.id for each in POSITIONS}
    texts = [text for _key, text in found.items] or [found.sentence]
    assert all(texts)


SEVERAL = [each for each in CHECKLISTS if each.items]


@pytest.mark.parametrize("number", [each.id for each in SEVERAL])
def test_of_several_items_those_of_the_setting_are_asked(company: Company, number: str) -> None:
    found = rule(number)
    (setting,) = found.settings
    keys = [key for key, _text in found.items]
    assert (setting.kind, list(setting.default)) == (LIST, keys)
    assert [each.key for each in asked_of(company, "gas-east", number)] == keys
    setting_changed(company, number, "gas-west", setting.name, tuple(keys[1:]))
    assert [each.key for each in asked_of(company, "gas-west", number)] == keys[1:]
    setting_changed(company, number, "gas-west", setting.name, ())
    assert asked_of(company, "gas-west", number) == []


@pytest.mark.parametrize(
    ("number", "value", "says"),
    [
        ("GAS-R02", ("点火", "查漏"), "Work instructions in force: 点火, 查漏."),
        ("GAS-R06", ("您好",), "Words of courtesy: nín hǎo (hello)."),
        ("GAS-R08", "required", "Mandarin is: required."),
        ("GAS-R15", ("抄表作业指导书",), "The two papers: Work instruction for meter reading."),
        ("GAS-R37-B", 15, "Served within: 15 minutes."),
        ("GAS-R42", "《银联收单规则》", "Where the bank's rules are: 《银联收单规则》."),
        ("GAS-R43", ("读卡器",), "Further equipment to look at: 读卡器."),
        ("GAS-R49-B", 20, "Copies at least: 20."),
    ],
)
def test_what_a_branch_sets_stands_behind_the_item(
    company: Company, number: str, value: object, says: str
) -> None:
    (setting,) = rule(number).settings
    before = told_of(company, "gas-east", number)
    assert all(says not in each for each in before)
    setting_changed(company, number, "gas-west", setting.name, value)
    (after,) = told_of(company, "gas-west", number)
    assert after.endswith(says)
    assert told_of(company, "gas-east", number) == before


@pytest.mark.parametrize(
    ("round_", "numbers"),
    [
        (OPENING, {"GAS-R04", "GAS-R33", "GAS-R44", "GAS-R56"}),
        (HALL, {"GAS-R05", "GAS-R43", "GAS-R47", "GAS-R49", "GAS-R50", "GAS-R51", "GAS-R52"}),
        (SIGNS, {"GAS-R46", "GAS-R48"}),
        (SERVICE, {"GAS-R03", "GAS-R06", "GAS-R07", "GAS-R08", "GAS-R10", "GAS-R53", "GAS-R60", "GAS-R68"}),
        (DEPARTMENT, {"GAS-R01", "GAS-R02", "GAS-R15", "GAS-R27"}),
    ],
)
def test_rounds_have_the_items_that_belong_to_them(round_: str, numbers: set[str]) -> None:
    assert numbers <= {each.id for each in CHECKLISTS if each.round == round_}
