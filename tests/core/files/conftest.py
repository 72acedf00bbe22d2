"""One office a module and database; each test makes branches of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import sheet_office


@pytest.fixture(scope="module")
def office(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sheet_office.Office]:
    with sheet_office.opened(backend, tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def branch(office: sheet_office.Office) -> int:
    return office.branch()
