"""One office a module and database; each test makes branches of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import databases
import sheet_office


@pytest.fixture(scope="module")
def office(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sheet_office.Office]:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, databases.empty(backend, folder) as url:
        made = sheet_office.make(url, folder / "home", patch)
        yield made
        made.installed.database.dispose()


@pytest.fixture
def branch(office: sheet_office.Office) -> int:
    return office.branch()
