"""The history of the small company, read as the tests need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from company import Company
from core.branches import system_scope
from core.history import HistoryEntry

Entries = Callable[..., list[HistoryEntry]]


@pytest.fixture
def entries(company: Company) -> Entries:
    """The entries that were written since the test began, in their order; narrowed by what is named."""
    last = max((each.id for each in _all(company)), default=0)

    def found(**wanted: Any) -> list[HistoryEntry]:
        return [
            each
            for each in _all(company)
            if each.id > last and all(getattr(each, name) == value for name, value in wanted.items())
        ]

    return found


def _all(company: Company) -> list[HistoryEntry]:
    with system_scope("the test reads"), company.database.sessions() as session:
        return list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))
