"""Targets of the example offices, as an administrator enters them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from core.measures.models import Target
from plugins.gas.billing import periods

READ = Decimal(98)
"""Percent of the meters (GAS-R20 for those outside the homes)."""
TAKEN, OVERDUE = Decimal(75), Decimal(8)
"""Yuan for each account."""


def enter(session: Session, months: Iterable[date], accounts: int) -> None:
    """For each month: how many meters are to be read, what is to be taken, how much may be overdue."""
    for month in months:
        period = periods.period_of(month)
        session.add_all(
            Target(measure=measure, month=period, value=value)
            for measure, value in (
                ("gas.read", READ),
                ("gas.taken", TAKEN * accounts),
                ("gas.overdue", OVERDUE * accounts),
            )
        )
    session.flush()
