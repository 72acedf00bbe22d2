"""What of an account and of its bills is due, in front of their time lines, for those who see bills."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

import gas_company
import gas_office
from company import Company
from core.data import clock
from pages import Page
from plugins.gas.models import Bill


@pytest.fixture(scope="module")
def bill(company: Company) -> Bill:
    """A bill of June over 90.00."""
    with gas_company.office_of(company, "gas-east").session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "30"))
        gas_office.bill(session, "2026-06")
        found = session.scalars(select(Bill).where(Bill.account_id == account.id)).one()
        session.expunge(found)
        return found


def due(company: Company, path: str, position: str = "cashier", language: str = "en") -> list[str]:
    page = company.client_of(f"gas-east.{position}", language).get(path)
    assert page.status_code == 200
    found = re.search(r'<ol class="history-list due-list".*?</ol>', page.text, re.DOTALL)
    entries = re.findall(r"<li.*?</li>", found[0], re.DOTALL) if found else []
    return [" ".join(Page(each).texts) for each in entries]


def state(company: Company, bill: Bill, language: str = "en") -> str:
    """The word beside the title."""
    page = company.client_of("gas-east.cashier", language).get(f"/gas/bill/{bill.id}").text
    found = re.search(r'<div class="page-name">.*?<span class="mark-z[^>]*>(.*?)</span>', page, re.DOTALL)
    assert found
    return found[1]


def test_a_bill_is_due_until_it_is_paid(company: Company, bill: Bill) -> None:
    account, own = f"/gas/account/{bill.account_id}", f"/gas/bill/{bill.id}"
    day = f"{bill.due_on:%b} {bill.due_on.day}, {bill.due_on.year}"
    for later, word in ((-1, "Due"), (0, "Due today"), (1, "Overdue")):
        with clock.frozen(datetime.combine(bill.due_on + timedelta(days=later), time(4), UTC)):
            assert due(company, account) == [f"{word} {day} Bill {bill.number} Still owed: ¥{bill.total:.2f}"]
            assert due(company, own) == [f"{word} {day} Bill Still owed: ¥{bill.total:.2f}"]
            assert state(company, bill) == ("Overdue" if later > 0 else "Not paid in full")
    assert due(company, account, language="zh")[0].endswith(f"尚欠：¥{bill.total:.2f}")
    # Who sees no bills is told of none.
    assert due(company, account, "duty-clerk") == []

    pay(company, bill, "20.00")
    left = f"{bill.total - 20:.2f}"
    assert due(company, account)[0].endswith(f"Still owed: ¥{left}")
    pay(company, bill, left)
    assert due(company, account) == due(company, own) == []
    assert (state(company, bill), state(company, bill, "zh")) == ("Paid in full", "已缴清")


def pay(company: Company, bill: Bill, amount: str) -> None:
    entries = {"amount": amount, "method": "cash", "notes_checked": "y"}
    answer = company.client_of("gas-east.cashier").fill(f"/gas/counter/{bill.account_id}", entries)
    assert answer.status_code == 302, answer.text
