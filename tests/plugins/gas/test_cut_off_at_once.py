"""A payment, a dispute or a protection that is being entered while gas is being cut off: one comes before the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from company import Company
from gas_cut_offs import EAST, ORDERS, api, at, decided, handed_over, owing, state_of
from plugins.gas import barring, happenings, models
from plugins.gas.payments import Taking, take_payment
from plugins.gas.rules.cutting_off import EXECUTED, WITHDRAWN

pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
BILLED, DAY = date(2026, 11, 2), date(2026, 11, 16)


def paid(session: Session, account: int, amount: str) -> None:
    taking = Taking(account, Decimal(amount), models.CASH, True, f"at-once-{account}")
    happenings.payment_taken(session, take_payment(session, taking, DAY, None))


def disputed(session: Session, account: int) -> None:
    barring.hold_account(session, account)
    hold = models.Hold(account_id=account, kind="dispute", reason="Wrong", opened_on=DAY)
    session.add(hold)
    session.flush()


def protected(session: Session, account: int) -> None:
    barring.hold_account(session, account)
    session.add(models.Protection(account_id=account, reason="hospital", valid_from=DAY))
    session.flush()


CASES: list[tuple[Callable[[Session, int], None], int, str, str]] = [
    (lambda session, account: paid(session, account, "100.00"), 422, "Nothing is owed", WITHDRAWN),
    (lambda session, account: paid(session, account, "99.99"), 200, "", EXECUTED),
    (disputed, 422, "under dispute", "decided"),
    (protected, 422, "protected customer", "decided"),
]


@pytest.mark.parametrize(
    ("enter", "status", "told", "state"), CASES, ids=["all", "part", "dispute", "protection"]
)
def test_what_is_entered_first_is_seen_by_who_cuts_off(
    company: Company, enter: Callable[[Session, int], None], status: int, told: str, state: str
) -> None:
    account, _bills = owing(company, BILLED)
    with at(DAY):
        order = handed_over(company, account)
        decided(company, order)
        execute = api(company, "meter-reader")
        answers: list[Any] = []

        def cut_off() -> None:
            with at(DAY):
                answers.append(execute("POST", f"{ORDERS}{order}/execute", json={}))

        cut = threading.Thread(target=cut_off)
        with company.session(EAST) as session:
            enter(session, account)
            cut.start()
            wait_until_one_waits(company, cut)
            assert answers == []  # it waits for what is being entered
        cut.join()
    assert (answers[0].status_code, told in answers[0].text) == (status, True), answers[0].text
    assert state_of(company, order) == state


def wait_until_one_waits(company: Company, thread: threading.Thread) -> None:
    """Until another connection waits for a lock, or the thread is at its end."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with company.database.engine.connect() as watching:
        while thread.is_alive() and not watching.scalar(waits):
            watching.rollback()
