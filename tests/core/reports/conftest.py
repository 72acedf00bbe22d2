"""The shop's company, which reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from company import Company
from shop_reports import reporting


@pytest.fixture
def shop(company: Company) -> Iterator[Company]:
    """The company, in which reporters of both branches hand reports in to their chiefs."""
    with reporting(company):
        yield company
