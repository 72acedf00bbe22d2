"""Bills and payments of a gas office written as they are, for tests of what is worked out from them."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

import gas_office
from plugins.gas import arrears, models

_numbers = itertools.count(1)


def usage_bill(session: Session, of: models.Account, period: str, total: str, due_on: date) -> models.Bill:
    """A bill for usage of a month."""
    of_month = {"kind": models.USAGE, "period": period, "number": f"U{next(_numbers):07d}"}
    return gas_office.posted_bill(session, of, due_on, usage=Decimal(1), total=Decimal(total), **of_month)


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
    arrears.renew(session, [bill.account_id])
