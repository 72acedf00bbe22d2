"""A small office whose plugin declares jobs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import jobs_office


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[jobs_office.Office]:
    """The office on each database."""
    (tmp_path / "data").mkdir(exist_ok=True)
    made = jobs_office.make(database_url, tmp_path / "home")
    yield made
    made.database.dispose()
