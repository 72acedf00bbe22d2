"""The example company with a few files, and one backup of it for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import databases
import kept_office
from commands import Office
from core.keeping.backup import Written, back_up


@dataclass
class Kept:
    """The installation, the backup that was made of it, and what was in it at that time."""

    office: kept_office.Installed
    written: Written

    @property
    def file(self) -> Path:
        return self.written.file


@pytest.fixture(scope="module")
def kept(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    home = tmp_path_factory.mktemp("kept")
    with (
        databases.small_company(backend, home / "home") as url,
        kept_office.installed(url, home / "home") as office,
    ):
        for data in ("一".encode(), b"2" * 3000):
            office.keep(data)
        # As every start does: the account of the search's tokens is written when there are rows.
        Office(office.settings.home, url).done("migrate")
        yield Kept(office, back_up(office.settings, home / "kept.zip"))


@pytest.fixture
def office(backend: str, tmp_path: Path) -> Iterator[kept_office.Installed]:
    """An installation for one test alone."""
    with (
        databases.small_company(backend, tmp_path / "home") as url,
        kept_office.installed(url, tmp_path / "home") as made,
    ):
        yield made


@pytest.fixture(params=("postgresql", pytest.param("sqlite", marks=pytest.mark.long)))
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database to restore into, on each backend."""
    with databases.empty(request.param, tmp_path / "other") as url:
        yield url


@pytest.fixture
def empty_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """An empty database on the backend of the backup."""
    with databases.empty(backend, tmp_path / "other") as url:
        yield url
