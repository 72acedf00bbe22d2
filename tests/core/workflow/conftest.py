"""The company with the leave department."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import leave_office
from company import Company


@pytest.fixture(scope="module")
def office(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """One company for all tests of a module."""
    with leave_office.opened(backend, tmp_path_factory.mktemp("leave")) as made:
        yield made
