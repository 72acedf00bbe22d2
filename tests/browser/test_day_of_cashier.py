"""A cashier's day: debts, customers at the counter, a question, a new telephone, the month's billing, the day's end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pypdf
import pytest
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from core.documents import capital_amount
from day import Day, Piece
from shown_as import amount, yuan
from visitor import Visitor
from walks import DESK, settings

CASHIER = "gas-west.cashier"
PART = Decimal("10.00")
PHONE_NOW = "13900007788"
NEWEST = {"order_column": "period", "order_direction": "desc"}
LEDGER = ("pull out the drawer of the street", "take out the account's ledger card")
RECEIPT = (
    "open the receipt book at the next form",
    "lay the carbon paper under it",
    "stamp the receipt",
    "tear it off",
    "open the day book",
)
PIECES = {
    "see who owes, and since when": Piece(
        ("fetch the book of debts", "open it at the oldest month", "lay a ruler under the line"), 1
    ),
    "the one at the top pays all in cash": Piece(
        (
            *LEDGER,
            "take the unpaid bills out of their folder",
            "lay the abacus ready",
            *RECEIPT,
            "stamp each bill as paid",
            "strike the line out in the book of debts",
            "put the card back",
        ),
        3,  # the row; notes checked; the receipt
    ),
    "one who knows only a name pays a part by card": Piece(
        (
            "fetch the index of names",
            "open it at the surname",
            *LEDGER,
            "take the unpaid bills out of their folder",
            "lay the abacus ready",
            *RECEIPT,
            "staple the slip of the card machine to the copy",
            "put the bills back into the folder",
            "put the card back",
        ),
        4,  # next customer; the row; the method; the receipt
    ),
    "one asks why the last bill is so high": Piece(
        (
            *LEDGER,
            "fetch the month's reading sheets",
            "turn to the route",
            "fetch the notice with the prices",
            "lay the abacus ready",
            "put the sheets back",
            "put the card back",
        ),
        1,  # the bill; the account is found by typing its number
    ),
    "the same one has a new telephone": Piece(
        (*LEDGER, "open the telephone list", "open the reader's round book", "put the card back"),
        3,  # back to the account; edit; the field
    ),
    "bill the month": Piece(
        (
            "fetch the reading sheets",
            "fetch the prices",
            "lay out empty bills",
            "tie the bills of each route together",
            "open the book of months",
            "lay aside the accounts that cannot be billed",
            "put the sheets back",
        ),
        4,  # home; the figure of the bills; start; see the result
    ),
    "end the day": Piece(
        (
            "take the copies of the receipts out of the book",
            "sort them by cash and card",
            "lay the abacus ready",
            "open the day book",
            "take a form for the day's statement",
            "stamp it",
            "clip the copies to it",
            "carry it to finance",
        ),
        4,  # home; the figure of the day; export; as xlsx
    ),
}


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_a_day_takes_fewer_presses_than_paper_takes_handlings(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    program = rest_client.log_in(site, CASHIER)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    cashier = visitor(data=(PHONE_NOW,))
    browser, words = cashier.browser, cashier.words
    day = Day(cashier, PIECES)
    cashier.open("/login/")
    cashier.fill("User name", CASHIER)
    cashier.fill("Password", servers.DEMO_PASSWORD)
    by_enter(cashier)

    with day.doing("see who owes, and since when"):
        cashier.press("Accounts with overdue bills")
    first, second, *_others = cashier.rows("Arrears list")
    number, name, owed = (first[words(each)] for each in ("Account number", "Name", "Owed"))

    with day.doing("the one at the top pays all in cash"):
        cashier.open_row(number)
        cashier.tick("Every note was checked for counterfeits (GAS-R38)")
        by_enter(cashier)
        in_cash = cashier.fact("Receipt number")
        receipt = text_of(cashier.fetch("Print receipt", f"receipt-{in_cash}.pdf"))
    assert cashier.fact("Still owed") == yuan(Decimal(0))
    assert_receipt(receipt, in_cash, number, name, amount(owed))

    number, name, owed = (second[words(each)] for each in ("Account number", "Name", "Owed"))
    with day.doing("one who knows only a name pays a part by card"):
        cashier.press("Next customer")
        browser.driver.switch_to.active_element.send_keys(name)
        by_enter(cashier)
        if "q=" in browser.driver.current_url:  # there are several of that name
            cashier.open_row(number)
        browser.driver.switch_to.active_element.send_keys(str(PART))
        cashier.tick("UnionPay card")
        by_enter(cashier)
        by_card = cashier.fact("Receipt number")
        receipt = text_of(cashier.fetch("Print receipt", f"receipt-{by_card}.pdf"))
    assert cashier.fact("Still owed") == yuan(amount(owed) - PART)
    assert_receipt(receipt, by_card, number, name, PART)

    bill = latest_bill(program)
    with day.doing("one asks why the last bill is so high"):
        account = program.call(f"/gas/account/{bill['account_id']}")[1]["result"]
        find_everywhere(cashier, account["number"])
        cashier.open_row(bill["number"])
    cashier.sees("Why this amount", "#why")
    assert cashier.fact("Total") == yuan(Decimal(bill["total"]))

    with day.doing("the same one has a new telephone"):
        cashier.leave(browser.one(f"main a[href='/gas/account/{bill['account_id']}']"))
        cashier.press("Edit")
        cashier.field("Phone").click()
        cashier.fill("Phone", PHONE_NOW)
        by_enter(cashier)
    assert program.call(f"/gas/account/{bill['account_id']}")[1]["result"]["phone"] == PHONE_NOW

    month = month_before(today)
    assert program.count("/gas/bill/", ("period", "eq", month)) == 0
    with day.doing("bill the month"):
        cashier.follow("Home")
        cashier.press("Bills of %(period)s", period=month)
        cashier.press("Start billing")
        cashier.reads("100%", ".job-percent")
        cashier.leave(cashier.button("See the result"))
    made = program.count("/gas/bill/", ("period", "eq", month))
    assert cashier.fact("Bills made") == str(made)
    assert made > 0

    with day.doing("end the day"):
        cashier.follow("Home")
        cashier.press("Taken today")
        [export] = [each for each in browser.shown("#list summary") if each.text == words("Export")]
        export.click()
        book = cashier.fetch("Excel workbook (xlsx)", "*.xlsx")
    taken = {each["receipt_number"]: Decimal(each["amount"]) for each in payments_of(program, today)}
    assert taken == {in_cash: amount(first[words("Owed")]), by_card: PART}
    assert numbers_in(book) >= set(taken.values())

    day.ends()


def by_enter(person: Visitor) -> None:
    """End with Enter what was typed or ticked, which sends the form."""
    person.leave_by(lambda: person.browser.driver.switch_to.active_element.send_keys(Keys.ENTER))


def find_everywhere(person: Visitor, text: str) -> None:
    """`/`, what is sought, down, Enter."""
    browser = person.browser
    browser.driver.find_element("tag name", "body").send_keys("/")
    box = browser.driver.switch_to.active_element
    box.send_keys(text)
    browser.wait(lambda: browser.shown("#found [role=option]"), "what was found")
    box.send_keys(Keys.ARROW_DOWN)
    person.leave_by(lambda: box.send_keys(Keys.ENTER))


def assert_receipt(text: str, receipt: str, account: str, name: str, paid: Decimal) -> None:
    for part in (receipt, account, name, capital_amount(paid)):
        assert part in text


def latest_bill(program: rest_client.RestClient) -> dict[str, object]:
    """The newest bill for usage of somebody."""
    found = program.search("/gas/bill/", ("kind", "eq", "usage"), ("usage", "gt", 0), **NEWEST)
    return dict(found["result"][0])


def payments_of(program: rest_client.RestClient, today: date) -> list[dict[str, str]]:
    found = program.search("/gas/payment/", ("received_on", "eq", today.isoformat()))
    return list(found["result"])


def numbers_in(book: Path) -> set[Decimal]:
    cells = (cell for row in openpyxl.load_workbook(book).active.values for cell in row)
    return {Decimal(str(each)).quantize(Decimal("0.01")) for each in cells if isinstance(each, (int, float))}


def month_before(today: date) -> str:
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def text_of(file: Path) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    return "".join("".join(pages).split())
