"""Bills and payments of a gas office written as they are, for tests of what is worked out from them."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from plugins.gas import models

_numbers = itertools.count(1)


def usage_bill(session: Session, of: models.Account, period: str, total: str, due_on: date) -> models.Bill:
    """A bill for usage of a month."""
    made = models.Bill(
        number=f"U{next(_numbers):07d}",
        account_id=of.id,
        kind=models.USAGE,
        period=period,
        read_from=due_on,
        read_to=due_on,
        usage=Decimal(1),
        volume_before=Decimal(0),
        pricing_year=date(due_on.year, 1, 1),
        extra_allowance=Decimal(0),
        months=1,
        rounding="line",
        total=Decimal(total),
        billed_on=due_on,
        due_on=due_on,
    )
    session.add(made)
    session.flush()
    return made


def paid(session: Session, bill: models.Bill, amount: str, on: date) -> None:
    """A payment of one bill."""
    number = next(_numbers)
    payment = models.Payment(
        receipt_number=f"P{number:07d}",
        account_id=bill.account_id,
        amount=Decimal(amount),
        method=models.CASH,
        received_on=on,
        request_key=f"books-{number}",
    )
    session.add(payment)
    session.flush()
    session.add(models.PaymentAllocation(payment_id=payment.id, bill_id=bill.id, amount=Decimal(amount)))
    session.flush()
