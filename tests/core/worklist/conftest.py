"""The shop's company, with what it owes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from company import Company
from duties import ruled_by
from shop_duties import DUTIES


@pytest.fixture
def office(own_company: Company) -> Iterator[Company]:
    """A company of its own for each test, the shop's duties in force."""
    with ruled_by(own_company, DUTIES):
        yield own_company
