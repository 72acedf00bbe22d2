"""Finance at the head office supervises the collection of every gas office below it (GAS-R29)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import gas_company
import gas_office
from company import Browser, Company
from core.branches import Branch
from pages import Page


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    """Both offices lie below the head office, where gas is on too; each has one account."""
    made = gas_company.found(module_migrated_url, module_home)
    with made.session() as session:
        for code in gas_company.GAS:
            session.get_one(Branch, made.branches[code]).parent_id = made.branches["hq"]
    made.switch("gas", "hq", on=True)
    made.add_person("hq.finance", "hq", "gas.finance")
    for code in gas_company.GAS:
        with gas_company.office_of(made, code).session() as session:
            residents = gas_office.tariff(session)
            gas_office.metered(session, residents.id, ("2026-01-05", "100"), number=f"A-{code}")
    yield made
    made.database.dispose()


@pytest.fixture
def finance(company: Company) -> Browser:
    return company.client_of("hq.finance")


def test_the_list_shows_the_accounts_of_every_office(finance: Browser):
    texts = Page(finance.get("/gas/account/").text).texts
    assert {"A-gas-east", "A-gas-west", "Gas East", "Gas West", "Branch"} <= set(texts)


def test_an_office_sees_its_own(company: Company):
    texts = Page(company.client_of("gas-east.finance").get("/gas/account/").text).texts
    assert ("A-gas-east" in texts, "A-gas-west" in texts, "Branch" in texts) == (True, False, False)


def test_every_page_of_the_menu_answers(finance: Browser):
    links = [each for each in Page(finance.get("/").text).links if each.startswith("/gas/")]
    assert len(links) >= 5
    assert {path: finance.get(path).status_code for path in links} == dict.fromkeys(links, 200)
