"""What is looked at in the hall and at the counter: each item on its round, by whose eyes, and when it rests."""

from __future__ import annotations

import pytest

from core.handbook.kinds import Checklist
from core.handbook.values import LIST, YES_NO
from gas_rules import BY_ID, defaults, rule
from plugins.gas.positions import POSITIONS
from plugins.gas.rules.book.saying import DEPARTMENT, HALL, LOOKS, OPENING, SERVICE, SIGNS

CHECKLISTS = [each for each in BY_ID.values() if isinstance(each, Checklist)]
RESTING = {"GAS-R37-B", "GAS-R49-B"}
"""Their figure is unset until a branch fills it in."""


@pytest.mark.parametrize("number", [each.id for each in CHECKLISTS])
def test_each_item_is_asked_on_its_round_until_it_is_switched_off(number: str) -> None:
    items = pytest.importorskip("core.inspections.items", reason="the rounds of looking are not there yet")
    found = rule(number)
    assert items.is_asked(found, defaults(number)) is (number not in RESTING)
    filled_in = {each.name: 20 for each in found.settings if each.default is None}
    assert items.is_asked(found, defaults(number, **filled_in))
    for each in found.settings:
        if each.kind == YES_NO:
            assert not items.is_asked(found, defaults(number, **{each.name: False}))


@pytest.mark.parametrize("number", [each.id for each in CHECKLISTS])
def test_each_round_has_its_position(number: str) -> None:
    found = rule(number)
    assert found.by == LOOKS[found.round]
    assert found.by in {each.id for each in POSITIONS}
    texts = [text for _key, text in found.items] or [found.sentence]
    assert all(texts)


def test_several_items_are_those_of_the_setting() -> None:
    for each in CHECKLISTS:
        for setting in each.settings if each.items else ():
            assert setting.kind == LIST
            assert tuple(key for key, _text in each.items) == setting.default


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
