"""The small company of the tests, for measurements inside this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import databases
from company import Company, found

__all__ = ["Company", "one"]


@contextmanager
def one(backend: str, folder: Path) -> Iterator[Company]:
    """A fresh company on a database of its own."""
    with databases.migrated(backend, folder / "home") as url:
        company = found(url, folder / "home")
        yield company
        company.database.dispose()
