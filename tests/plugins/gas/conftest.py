"""Gas offices: a database for the tests of a module, a branch of its own for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

import gas_office
from core.data.database import Database
from gas_office import Office

_codes = itertools.count(1)


@pytest.fixture(scope="module")
def gas_database(module_migrated_url: str) -> Iterator[Database]:
    database = Database(module_migrated_url)
    yield database
    database.dispose()


@pytest.fixture
def office(gas_database: Database) -> Office:
    """A branch with nothing in it; `gas_office` fills it."""
    return Office(gas_database, gas_office.add_branch(gas_database, f"gas-{next(_codes)}"))


@pytest.fixture
def neighbour(gas_database: Database) -> Office:
    """Another branch in the same database."""
    return Office(gas_database, gas_office.add_branch(gas_database, f"gas-{next(_codes)}"))
