"""The shop's company with rounds of looking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import shop_checklists as lists
from company import Company
from core.handbook.registry import RuleBook


@pytest.fixture
def looked(company: Company) -> Iterator[Company]:
    """The company, in which inspectors of both branches make the shop's rounds."""
    installed = company.installation
    before = installed.rules
    installed.rules = RuleBook.of([("shop", each) for each in lists.RULES])
    installed.inspections.update({each.id: each for each in lists.ROUNDS})
    for position in (lists.INSPECTOR, lists.FILLER):
        installed.positions[position.id] = position
    for name, branch, position in (
        ("east.inspector", "east", "shop.inspector"),
        ("west.inspector", "west", "shop.inspector"),
        ("east.filler", "east", "shop.filler"),
    ):
        if name not in company.people:
            company.add_person(name, branch, position)
    yield company
    installed.rules = before
    for each in lists.ROUNDS:
        del installed.inspections[each.id]
    for position in (lists.INSPECTOR, lists.FILLER):
        del installed.positions[position.id]
