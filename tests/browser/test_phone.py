"""On a phone: the menu slides in, lists are cards, and a payment is taken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from shown_as import amount, yuan
from visitor import Visitor
from walks import PHONE, settings

CELLS = """
const cells = [...document.querySelectorAll("main tbody td:not(:first-child)")];
return cells.filter((cell) => cell.checkVisibility()).map((cell) => {
  const box = cell.getBoundingClientRect();
  return [box.left, box.right, getComputedStyle(cell, "::before").content, cell.dataset.label];
});
"""


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_a_payment_is_taken_on_a_phone(visitor: Callable[..., Visitor]) -> None:
    cashier = visitor()
    cashier.log_in("mixed.cashier")
    assert not cashier.browser.shown("#side")
    cashier.follow("Arrears list")
    assert not cashier.browser.shown("#side")

    cells = cashier.browser.driver.execute_script(CELLS)
    assert cells
    for left, right, said, label in cells:
        assert 0 <= left < right <= PHONE, label
        assert said == f'"{label}"'  # without a heading above it, every cell but the first says what it is

    words, first = cashier.words, cashier.rows("Arrears list")[0]
    owed = amount(first[words("Owed")])
    cashier.open_row(first[words("Account number")])
    part = Decimal("5.00")
    cashier.fill("Amount received", str(part))
    cashier.tick("Every note was checked for counterfeits (GAS-R38)")
    cashier.press("Take payment")
    assert cashier.fact("Still owed") == yuan(owed - part)
