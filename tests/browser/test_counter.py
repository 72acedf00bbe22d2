"""A cashier takes payments at the counter, and the customer gets a receipt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdf

import rest_client
import servers
from shown_as import amount, yuan
from visitor import Visitor

PART = Decimal("10.00")
PART_IN_CAPITALS = "人民币壹拾元整"


def test_a_bill_is_paid_in_two_parts_each_taken_once(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    program = rest_client.log_in(site, "gas-west.cashier")
    before = program.count("/gas/payment/")
    cashier = visitor()
    cashier.log_in("gas-west.cashier")
    account, name, owed = debtor(cashier)

    find_at_the_counter(cashier, account, name)
    assert cashier.fact("Owed") == yuan(owed)
    assert cashier.field("Amount received").get_attribute("value") == f"{owed:.2f}"

    # Too much, and nobody looked at the notes: nothing is taken, and what was typed stays.
    too_much = owed + 1
    cashier.fill("Amount received", str(too_much))
    cashier.press("Take payment", status=422)
    cashier.sees("Check every note for counterfeits and confirm it here.")
    cashier.tick("Every note was checked for counterfeits (GAS-R38)")
    cashier.press("Take payment", status=422)
    refusal = "%(amount)s is more than the account owes: take at most %(owed)s."
    cashier.sees(refusal, amount=yuan(too_much), owed=yuan(owed))
    assert cashier.field("Amount received").get_attribute("value") == str(too_much)
    assert program.count("/gas/payment/") == before

    cashier.fill("Amount received", str(PART))
    cashier.press("Take payment")
    assert (cashier.fact("Amount"), cashier.fact("Still owed")) == (yuan(PART), yuan(owed - PART))
    number = cashier.fact("Receipt number")
    receipt = text_of(cashier.fetch("Print receipt", "receipt-*.pdf"))
    for part in (account, name, number, PART_IN_CAPITALS):
        assert part in receipt

    # The rest is taken once, though a hasty person presses twice.
    cashier.press("Take the rest")
    assert not cashier.browser.shown("[data-draft]"), "what was taken is not offered once more"
    cashier.tick("Every note was checked for counterfeits (GAS-R38)")
    assert cashier.send_twice("form.form-page") == [200, 200]
    assert program.count("/gas/payment/") == before + 2
    find_at_the_counter(cashier, account, name)
    cashier.sees("This account owes nothing.")


def debtor(cashier: Visitor) -> tuple[str, str, Decimal]:
    """Number, name and debt of whoever owes longest."""
    cashier.follow("Arrears list")
    words, first = cashier.words, cashier.rows("Arrears list")[0]
    return first[words("Account number")], first[words("Name")], amount(first[words("Owed")])


def find_at_the_counter(cashier: Visitor, account: str, name: str) -> None:
    cashier.open("/")
    cashier.follow("Take payment")
    cashier.browser.one("main input[type=search]").send_keys(name)
    cashier.press("Search")
    if "q=" in cashier.browser.driver.current_url:  # the only one of a name is served at once
        cashier.open_row(account)
    assert cashier.fact("Account number") == account


def text_of(file: Path) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    return "".join("".join(pages).split())
