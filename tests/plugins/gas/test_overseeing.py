"""Finance at the head office supervises the collection of every gas office below it (GAS-R29)."""

from __future__ import annotations

import re
from datetime import date

import pytest

import gas_company
import gas_office
from company import Browser, Company, counted
from pages import Page


@pytest.fixture(scope="module")
def company(company: Company) -> Company:
    """Both offices lie below the head office, where gas is on too; each has one account."""
    gas_company.put_below_head_office(company)
    for code in gas_company.GAS:
        with gas_company.office_of(company, code).session() as session:
            residents = gas_office.tariff(session)
            account = gas_office.metered(session, residents.id, ("2026-01-05", "100"), number=f"A-{code}")
            gas_office.opening_bill(session, account, date(2026, 1, 5), "0", "50.00")
    return company


@pytest.fixture
def finance(company: Company) -> Browser:
    return company.client_of("hq.finance")


def test_the_list_shows_the_accounts_of_every_office(finance: Browser):
    texts = Page(finance.get("/gas/account/").text).texts
    assert {"A-gas-east", "A-gas-west", "Gas East", "Gas West", "Branch"} <= set(texts)


def figures(page: str) -> list[str]:
    """What the cards of the page of work say, without the tags."""
    cards = re.findall(r'<li class="stat.*?</li>', page, re.DOTALL)
    return [" ".join(Page(each).texts) for each in cards]


def test_each_figure_is_that_of_its_page_and_counted_at_once(company: Company, finance: Browser):
    east = company.client_of("gas-east.finance")
    counts = {}
    for name, browser in (("hq", finance), ("east", east)):
        browser.get("/my-work/")
        with counted(company.database) as statements:
            told = " | ".join(figures(browser.get("/my-work/").text))
        counts[name] = [each for each in statements if "gas_" in each]
        assert f"of {2 if name == 'hq' else 1} installed" in told  # the meters of the list behind it
        arrears = browser.get("/gas/arrears/?f_due=overdue").text
        assert ("A-gas-east" in arrears, "A-gas-west" in arrears) == (True, name == "hq")
    # Meters read and there, bills with runs, payments, debts: one statement each, however many offices are overseen.
    assert len(counts["hq"]) == len(counts["east"]) == 4, "\n".join(counts["hq"])


def test_debts_of_every_office_are_supervised_and_taken_by_none_but_their_own(finance: Browser):
    links = Page(finance.get("/").text).links
    assert "/gas/arrears/?f_due=overdue" in links
    page = Page(finance.get("/gas/arrears/?f_due=overdue").text)
    assert {"A-gas-east", "A-gas-west", "¥50.00", "Branch", "Gas West"} <= set(page.texts)
    assert not [each for each in page.links if each.startswith("/gas/counter/")]
    west = Page(finance.get("/gas/arrears/?f_due=overdue&f_branch=gas-west").text).texts
    assert ("A-gas-east" in west, "A-gas-west" in west, "¥50.00" in west) == (False, True, True)
    sheet = finance.get("/gas/arrears/export.csv?f_branch=gas-west", buffered=True).data.decode("utf-8-sig")
    assert ("A-gas-east" in sheet, "A-gas-west" in sheet) == (False, True)


def test_an_office_that_does_without_gas_owes_nothing(company: Company, finance: Browser):
    company.switch("gas", "gas-west", on=False)
    try:
        texts = Page(finance.get("/gas/arrears/").text).texts
        assert ("A-gas-east" in texts, "A-gas-west" in texts) == (True, False)
    finally:
        company.switch("gas", "gas-west", on=True)


def test_an_office_sees_its_own(company: Company):
    texts = Page(company.client_of("gas-east.finance").get("/gas/account/").text).texts
    assert ("A-gas-east" in texts, "A-gas-west" in texts, "Branch" in texts) == (True, False, False)


def test_every_page_of_the_menu_answers(finance: Browser):
    links = [each for each in Page(finance.get("/").text).links if each.startswith("/gas/")]
    assert len(links) >= 5
    assert {path: finance.get(path).status_code for path in links} == dict.fromkeys(links, 200)
