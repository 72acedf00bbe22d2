"""Allocating a payment: the oldest bill first, the rest is the customer's credit (GAS-R38)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from plugins.gas.rules.figures import ZERO, check_amount

Ref = TypeVar("Ref")


@dataclass(frozen=True)
class OpenBill(Generic[Ref]):
    """A bill that is not paid in full: whatever names it (number, id), and what is still owed in yuan."""

    ref: Ref
    owed: Decimal


@dataclass(frozen=True)
class Allocation(Generic[Ref]):
    """What a payment puts on one bill, and what that bill still owes after it, in yuan."""

    ref: Ref
    amount: Decimal
    still_owed: Decimal


@dataclass(frozen=True)
class Settlement(Generic[Ref]):
    """A payment laid out: allocations in order, the credit left over, and what is still owed over all."""

    allocations: tuple[Allocation[Ref], ...]
    credit: Decimal
    outstanding: Decimal


def allocate_payment(open_bills: Iterable[OpenBill[Ref]], amount: Decimal) -> Settlement[Ref]:
    """Lay `amount` yuan on the open bills, given oldest first; bills that get nothing have no allocation.

    Credit is allocated to a later bill by the same rule. PaymentError unless all amounts are whole fen above
    zero.
    """
    check_amount(amount)
    left = amount
    outstanding = ZERO
    allocations = []
    for bill in open_bills:
        check_amount(bill.owed)
        part = min(left, bill.owed)
        left -= part
        outstanding += bill.owed - part
        if part > ZERO:
            allocations.append(Allocation(bill.ref, part, bill.owed - part))
    return Settlement(tuple(allocations), left, outstanding)
