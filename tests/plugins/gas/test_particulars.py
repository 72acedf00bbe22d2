"""A customer's name and address where a position gets them masked or not at all, on the office's own screens too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

import gas_company
import gas_office
from company import Company
from core.people.positions import grant
from core.people.rights.levels import HIDDEN, MASKED
from plugins.gas import models
from plugins.gas.payments import Taking, take_payment

NAME, ADDRESS = "Ouyang Unseen", "7 Hidden Lane"
LESS = grant("gas.account", "see", clause="test", fields={"name": MASKED, "address": HIDDEN})


@dataclass
class Made:
    """Ids of an account, its billing run and a payment, and the account's number."""

    account: int
    run: int
    payment: int
    number: str


@pytest.fixture(scope="module")
def company(company: Company) -> Company:
    """Cashiers and meter readers get less than team leaders."""
    positions = company.installation.positions
    for id in ("gas.cashier", "gas.meter-reader"):
        positions[id] = replace(positions[id], grants=(*positions[id].grants, LESS))
    return company


@pytest.fixture(scope="module")
def made(company: Company) -> Made:
    return made_in(company)


def made_in(company: Company) -> Made:
    with gas_company.office_of(company, "gas-east").session() as session:
        tariff = gas_office.tariff(session)
        known = {"name": NAME, "address": ADDRESS, "phone": "13900001234"}
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "30"), **known)
        gas_office.metered(
            session, None, ("2026-05-31", "0"), ("2026-06-30", "30"), **known
        )  # cannot be billed
        run = gas_office.bill(session, "2026-06")
        taking = Taking(account.id, Decimal("5.00"), models.UNIONPAY, False, "key")
        payment = take_payment(session, taking, date(2026, 7, 1), None)
        return Made(account.id, run.id, payment.id, account.number)


def paths(made: Made, position: str) -> Iterator[str]:
    yield from ("/gas/account/", f"/gas/account/{made.account}", "/gas/arrears/", "/gas/arrears/export.csv")
    if position != "meter-reader":
        yield f"/gas/billing/{made.run}/result"
    if position == "cashier":
        yield "/gas/counter/?q=1234"  # two have this telephone; one alone would be served at once
        yield f"/gas/counter/{made.account}"
        yield f"/gas/counter/payment/{made.payment}"


@pytest.mark.parametrize(
    ("position", "whole"), [("cashier", False), ("meter-reader", False), ("team-leader", True)]
)
def test_who_reads_names_and_addresses(company: Company, made: Made, position: str, whole: bool):
    clerk = company.client_of(f"gas-east.{position}")
    for path in paths(made, position):
        answer = clerk.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert (NAME in answer.text) is whole, path
        assert (ADDRESS in answer.text) is (whole and "/payment/" not in path), path
        assert ("****" in answer.text) is not whole, path


def test_a_masked_name_does_not_find_anybody_at_the_counter(company: Company, made: Made):
    clerk = company.client_of("gas-east.cashier")
    for asked, found in ((made.number, True), ("Unseen", False), ("Hidden", False)):
        assert (f"/gas/counter/{made.account}" in clerk.get(f"/gas/counter/?q={asked}").text) is found


def test_a_number_may_be_hidden_as_anything_else(migrated_url: str, tmp_path: Path):
    company = gas_company.found(migrated_url, tmp_path)
    position = company.installation.positions["gas.cashier"]
    without = grant("gas.account", "see", clause="test", fields={"number": HIDDEN})
    company.installation.positions["gas.cashier"] = replace(position, grants=(*position.grants, without))
    made = made_in(company)
    clerk = company.client_of("gas-east.cashier")
    assert f"/gas/counter/{made.account}" not in clerk.get(f"/gas/counter/?q={made.number}").text
    for path in paths(made, "cashier"):
        answer = clerk.get(path.partition("?")[0], buffered=True)
        assert answer.status_code == 200, path
        # The number of a bill is made of it, and is a field of its own.
        assert made.number not in answer.text.replace(f"-{made.number}", ""), path
    company.database.dispose()


def test_a_receipt_and_a_reading_sheet_are_printed_without_them(company: Company, made: Made):
    receipt = company.client_of("gas-east.cashier").get(f"/gas/counter/payment/{made.payment}/receipt.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(receipt.data)).pages)
    assert made.number in text
    assert (NAME in text, ADDRESS in text) == (False, False)
    sheet = company.client_of("gas-east.meter-reader").get(
        "/core/import/gas.reading/template.xlsx?period=2026-07", buffered=True
    )
    book: Any = openpyxl.load_workbook(io.BytesIO(sheet.data)).active
    cells = {str(cell.value) for row in book.iter_rows() for cell in row}
    assert made.number in cells
    assert not cells & {NAME, ADDRESS}
