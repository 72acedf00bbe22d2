"""People who log in here do so by the form."""

from __future__ import annotations

import pytest

from company import Company


@pytest.fixture(autouse=True)
def by_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Company, "by_form", True)
