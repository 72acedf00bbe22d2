"""The shop's company with a rule book."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from company import Company
from core.handbook.registry import RuleBook
from shop_rules import RULES


@pytest.fixture
def ruled(company: Company) -> Iterator[Company]:
    """The company, the shop's rules in force."""
    before = company.installation.rules
    company.installation.rules = RuleBook.of([("shop", each) for each in RULES])
    yield company
    company.installation.rules = before
