"""The small company of `tests/support/company.py`, for every test of the running shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import company as companies


@pytest.fixture(scope="module")
def company(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[companies.Company]:
    """One company for all tests of a module, on each database: tests add to it and undo what others would notice."""
    with companies.kept("shop", backend, tmp_path_factory.mktemp("company"), companies.found) as made:
        yield made


@pytest.fixture
def own_company(backend: str, tmp_path: Path) -> Iterator[companies.Company]:
    """A company for one test alone, on each database."""
    with companies.kept("shop", backend, tmp_path / "company", companies.found) as made:
        yield made
