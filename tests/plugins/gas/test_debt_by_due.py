"""What is overdue, due today and due later, of kept balances: each account under all that it owes, and no further than
lists count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

import gas_office
from core.entities import counting
from gas_books import paid, usage_bill
from gas_office import Office
from plugins.gas import models
from plugins.gas.owing import LATER, OVERDUE, TODAY, DueDebt, debt_by_due

DAY = date(2026, 11, 22)
BEFORE, AFTER, LAST = date(2026, 11, 3), date(2026, 11, 29), date(2026, 12, 1)


def owing(office: Office, *due: tuple[date, str]) -> None:
    """An account with a bill for each day, in the months from May on."""
    with office.session() as session:
        account = gas_office.account(session, None)
        for month, (day, amount) in enumerate(due, start=5):
            usage_bill(session, account, f"2026-{month:02}", amount, day)


def found(office: Office) -> list[DueDebt]:
    with office.session() as session:
        return debt_by_due(session, DAY)


def test_an_account_stands_under_everything_that_it_owes(office: Office, neighbour: Office) -> None:
    assert found(office) == []
    owing(office, (BEFORE, "10.00"), (DAY, "2.00"), (AFTER, "0.30"))
    owing(office, (BEFORE, "5.00"), (LAST, "0.50"))  # nothing due today, though something before and after
    owing(office, (DAY, "7.00"), (DAY, "1.00"))
    owing(neighbour, (BEFORE, "99.00"), (DAY, "99.00"), (AFTER, "99.00"))
    assert found(office) == [
        DueDebt(OVERDUE, 2, Decimal("15.00"), BEFORE),
        DueDebt(TODAY, 2, Decimal("10.00"), DAY),
        DueDebt(LATER, 2, Decimal("0.80"), AFTER),
    ]


def test_what_was_paid_is_not_owed(office: Office) -> None:
    with office.session() as session:
        account = gas_office.account(session, None)
        late = usage_bill(session, account, "2026-09", "10.00", BEFORE)
        usage_bill(session, account, "2026-10", "20.00", AFTER)
        paid(session, late, "4.00", DAY)
        late_id = late.id
    assert [(each.due, each.owed) for each in found(office)] == [
        (OVERDUE, Decimal("6.00")),
        (LATER, Decimal("20.00")),
    ]
    with office.session() as session:
        paid(session, session.get_one(models.Bill, late_id), "6.00", DAY)
    assert [(each.due, each.owed) for each in found(office)] == [(LATER, Decimal("20.00"))]
    with office.session() as session:
        kept = session.scalars(select(models.Arrears)).one()
        assert (kept.due_since, kept.due_last, kept.bills) == (AFTER, AFTER, 1)


def test_of_many_it_says_that_they_are_many(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        owing(office, (BEFORE, "1.00"), (LAST, "1.00"))
    owing(office, (DAY, "5.00"))
    monkeypatch.setattr(counting, "COUNT_CAP", 2)
    assert found(office) == [
        DueDebt(OVERDUE, 3, None, BEFORE),
        DueDebt(TODAY, 1, Decimal("5.00"), DAY),
        DueDebt(LATER, 3, None, LAST),
    ]
    assert counting.told(3) == "2+"
