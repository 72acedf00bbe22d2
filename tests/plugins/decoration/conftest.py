"""A decoration firm for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import company as companies
import decoration_company
from company import Company


@pytest.fixture(scope="module")
def company(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """One branch with somebody in every position."""
    home = tmp_path_factory.mktemp("decoration")
    with companies.kept("decoration", backend, home, decoration_company.found, plugin_folders=()) as made:
        yield made
