"""The counter: who is found, what is taken once, and the receipt."""

from __future__ import annotations

import io
import re

import pypdf
from sqlalchemy import select

import gas_company
import gas_office
from company import Company
from core.documents import capital_amount
from gas_company import East
from pages import Page
from plugins.gas.models import Account, Payment


def test_receipt_carries_the_amount_in_capitals(company: Company, east: East) -> None:
    payment_id = gas_company.pay(company, east.account, "56.60")
    cashier = company.client_of("gas-east.cashier", "zh")
    answer = cashier.get(f"/gas/counter/payment/{payment_id}/receipt.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    with gas_company.office_of(company, "gas-east").session() as session:
        payment = session.get_one(Payment, payment_id)
        assert capital_amount(payment.amount) in text.replace("\n", "")
        assert payment.receipt_number in text


def test_form_that_is_sent_twice_takes_one_payment(company: Company, east: East) -> None:
    cashier = company.client_of("gas-east.cashier")
    page = cashier.get(f"/gas/counter/{east.account}").text
    key = page.partition('name="request_key"')[2].partition('value="')[2].partition('"')[0]
    entries = {"amount": "5.00", "method": "cash", "notes_checked": "y", "request_key": key}
    answers = [cashier.post(f"/gas/counter/{east.account}", entries) for _ in range(2)]
    assert len({answer.location for answer in answers}) == 1
    with gas_company.office_of(company, "gas-east").session() as session:
        assert len(session.scalars(select(Payment).where(Payment.account_id == east.account)).all()) == 1


def test_too_much_is_refused_beside_the_amount(company: Company, east: East) -> None:
    cashier = company.client_of("gas-east.cashier", "zh")
    entries = {"amount": "96.01", "method": "cash", "notes_checked": "y"}
    answer = cashier.fill(f"/gas/counter/{east.account}", entries)
    assert answer.status_code == 422
    assert "最多收取 ¥96.00" in answer.text


def test_the_only_one_found_is_served_at_once(company: Company, east: East) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        number = session.get_one(Account, east.account).number
    cashier = company.client_of("gas-east.cashier")
    found = cashier.get(f"/gas/counter/?q={number}")
    assert found.location == f"/gas/counter/{east.account}"
    assert "data-begin" in cashier.get(found.location).text
    assert cashier.get("/gas/counter/?q=nobody-of-this-name").status_code == 200


def test_of_too_many_that_are_found_it_is_said(company: Company) -> None:
    told = "These are the first 20."
    cashier = company.client_of("gas-east.cashier")
    for more, says in ((20, False), (1, True)):
        with gas_company.office_of(company, "gas-east").session() as session:
            for _number in range(more):
                gas_office.account(session, None, name="欧阳多多")
        page = cashier.get("/gas/counter/?q=欧阳多多")
        assert (told in page.text) is says
        assert len([each for each in Page(page.text).links if re.fullmatch(r"/gas/counter/\d+", each)]) == 20
