"""Gas offices: a database for the tests of a module, a branch of its own for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import gas_company
import gas_office
from company import Company
from core.data.database import Database
from gas_company import East
from gas_office import Office

_codes = itertools.count(1)


@pytest.fixture(scope="module")
def gas_database(module_migrated_url: str) -> Iterator[Database]:
    database = Database(module_migrated_url)
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    """Two gas branches with somebody in every position; a module that needs more adds it in a `company` of its own."""
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


@pytest.fixture
def east(company: Company) -> East:
    return gas_company.billed_east(company)


@pytest.fixture
def office(gas_database: Database) -> Office:
    """A branch with nothing in it; `gas_office` fills it."""
    return Office(gas_database, gas_office.add_branch(gas_database, f"gas-{next(_codes)}"))


@pytest.fixture
def neighbour(gas_database: Database) -> Office:
    """Another branch in the same database."""
    return Office(gas_database, gas_office.add_branch(gas_database, f"gas-{next(_codes)}"))
