"""Customers' telephones: whole for those whose work asks for them, masked for everybody else, in every channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import gas_company
import gas_office
from company import Company

PHONE, MASKED = "13812345678", "138****5678"
READERS = ("team-leader", "cashier", "card-clerk", "meter-reader")
OTHERS = ("department-head", "duty-clerk", "finance")


@pytest.fixture(scope="module")
def account(company: Company) -> int:
    with gas_company.office_of(company, "gas-east").session() as session:
        tariff = gas_office.tariff(session)
        made = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "30"))
        made.phone = PHONE
        gas_office.account(session, tariff.id, phone="13800005678")  # one alone would be served at once
        gas_office.opening_bill(session, made, date(2026, 5, 31), "300")
        gas_office.bill(session, "2026-06")
        return made.id


def pages(position: str, account: int) -> Iterator[str]:
    yield from (
        "/gas/account/",
        f"/gas/account/{account}",
        f"/api/v1/gas/account/{account}",
        "/api/v1/gas/account/",
    )
    if position == "department-head":
        yield "/gas/account/export.csv"
    if position not in ("duty-clerk", "card-clerk"):
        yield from ("/gas/arrears/", "/gas/arrears/export.csv")
    if position in ("cashier", "card-clerk"):
        yield "/gas/counter/?q=138"


@pytest.mark.parametrize("position", [*READERS, *OTHERS])
def test_who_reads_a_telephone(company: Company, account, position):
    clerk = company.client_of(f"gas-east.{position}")
    for path in pages(position, account):
        answer = clerk.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert (PHONE in answer.text, MASKED in answer.text) == (position in READERS, position in OTHERS), (
            path
        )


def test_whoever_may_call_does_so_from_the_arrears_list(company: Company, account):
    for position in ("meter-reader", "finance"):
        page = company.client_of(f"gas-east.{position}").get("/gas/arrears/").text
        assert (f'href="tel:{PHONE}"' in page) is (position in READERS)


@pytest.mark.parametrize("position", [*READERS, *OTHERS])
def test_who_finds_an_account_by_its_telephone(company: Company, account, position):
    listed = company.client_of(f"gas-east.{position}").get("/gas/account/?q=13812345").text
    assert (f"/gas/account/{account}" in listed) is (position in READERS)


@pytest.mark.parametrize("position", ["cashier", "team-leader", "card-clerk"])
def test_who_corrects_accounts_enters_it(company: Company, account, position):
    page = company.client_of(f"gas-east.{position}").get(f"/gas/account/{account}/edit").text
    assert f'value="{PHONE}"' in page


def test_an_administrator_sees_it(company: Company, account):
    admin = company.client_of("admin")
    admin.post("/branch/gas-east")
    assert PHONE in admin.get(f"/gas/account/{account}").text
