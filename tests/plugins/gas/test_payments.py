"""Payments pay the oldest bill first; what is left is credit."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.gas.rules import Allocation, OpenBill, PaymentError, allocate_payment

CASES: Any = json.loads((Path(__file__).parent / "data" / "payments.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_payment_pays_the_oldest_first(name: str) -> None:
    case = CASES[name]
    bills = [OpenBill(month, Decimal(owed)) for month, owed in case["open"]]
    settlement = allocate_payment(bills, Decimal(case["pay"]))
    assert [[part.ref, str(part.amount), str(part.still_owed)] for part in settlement.allocations] == case[
        "allocated"
    ]
    assert (str(settlement.credit), str(settlement.outstanding)) == (case["credit"], case["outstanding"])


def test_credit_pays_the_next_bill_by_the_same_rule() -> None:
    case = CASES["more_than_owed"]
    bills = [OpenBill("2026-05", Decimal(case["next_bill"]))]
    settlement = allocate_payment(bills, Decimal(case["credit"]))
    assert str(settlement.credit) == case["credit_after"]
    assert settlement.outstanding == 0


def test_bills_that_get_nothing_have_no_allocation() -> None:
    bills = [OpenBill(7, Decimal("10.00")), OpenBill(8, Decimal("5.00"))]
    settlement = allocate_payment(bills, Decimal("10.00"))
    assert settlement.allocations == (Allocation(7, Decimal("10.00"), Decimal("0.00")),)
    assert settlement.outstanding == Decimal("5.00")


def test_a_payment_without_open_bills_is_all_credit() -> None:
    settlement = allocate_payment([], Decimal("20.00"))
    assert (settlement.allocations, settlement.credit, settlement.outstanding) == ((), 20, 0)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "sNaN", "Infinity", "100000000000"])
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    fine = Decimal("1.00")
    for pay, owed in ((Decimal(amount), fine), (fine, Decimal(amount))):
        with pytest.raises(PaymentError, match="is not an amount of money: give yuan above 0") as refused:
            allocate_payment([OpenBill(1, owed)], pay)
        assert refused.value.clause == "GAS-R38"


def test_a_float_is_no_amount() -> None:
    with pytest.raises(TypeError, match="not float"):
        allocate_payment([], 0.1)  # type: ignore[arg-type]


yuan = st.integers(1, 100_000).map(lambda fen: Decimal(fen) / 100)


@settings(deadline=None)
@given(st.lists(yuan, max_size=8), yuan)
def test_not_a_fen_is_lost_and_no_younger_bill_is_paid_before_an_older(
    owed: list[Decimal], amount: Decimal
) -> None:
    settlement = allocate_payment([OpenBill(number, sum_) for number, sum_ in enumerate(owed)], amount)
    paid = sum((part.amount for part in settlement.allocations), Decimal(0))
    assert paid + settlement.credit == amount
    assert paid + settlement.outstanding == sum(owed)
    assert [part.ref for part in settlement.allocations] == list(range(len(settlement.allocations)))
    assert all(part.still_owed == 0 for part in settlement.allocations[:-1])
    assert settlement.credit == 0 or settlement.outstanding == 0
