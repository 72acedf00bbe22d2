"""Payments at the counter: oldest bill first, exact, once, and with receipts that have no gaps."""

from __future__ import annotations

import json
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import gas_office
from core.data import UserError
from gas_office import Office
from plugins.gas import models, owing
from plugins.gas.payments import Taking, take_payment

CASES: Any = json.loads((Path(__file__).parent / "data" / "payments.json").read_text(encoding="utf-8"))
TODAY = date(2026, 6, 1)


def taking(account_id: int, amount: str, key: str = "once", **values: Any) -> Taking:
    given = {"method": models.CASH, "notes_checked": True}
    return Taking(account_id, Decimal(amount), request_key=key, **{**given, **values})


@pytest.fixture
def debtor(office: Office) -> int:
    """The id of an account that owes 82.70 for March and 56.60 for April."""
    with office.session() as session:
        account = gas_office.account(session, None)
        for month, owed in CASES["part"]["open"]:
            year, number = map(int, month.split("-"))
            gas_office.opening_bill(session, account, date(year, number, 28), "0", owed)
        return account.id


def test_oldest_bill_is_paid_first(office: Office, debtor: int) -> None:
    case = CASES["part"]
    with office.session() as session:
        payment = take_payment(session, taking(debtor, case["pay"]), TODAY, None)
        paid = session.execute(
            select(models.Bill.period, models.PaymentAllocation.amount)
            .join(models.Bill, models.Bill.id == models.PaymentAllocation.bill_id)
            .where(models.PaymentAllocation.payment_id == payment.id)
            .order_by(models.Bill.period)
        )
        assert [(month, str(amount)) for month, amount in paid] == [
            (month, put) for month, put, _ in case["allocated"]
        ]
        left = owing.open_bills(session, debtor)
        assert [(bill.period, str(bill.owed)) for bill in left] == [("2026-04", case["outstanding"])]


def test_rest_is_paid_by_a_second_payment(office: Office, debtor: int) -> None:
    with office.session() as session:
        first = take_payment(session, taking(debtor, "100.00", "first"), TODAY, None)
        second = take_payment(session, taking(debtor, "39.30", "second", method=models.UNIONPAY), TODAY, None)
        assert (first.receipt_number, second.receipt_number) == ("00000001", "00000002")
        assert owing.open_bills(session, debtor) == []
        with pytest.raises(UserError, match="owes nothing"):
            take_payment(session, taking(debtor, "0.01", "third"), TODAY, None)


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("139.31", "more than the account owes"),
        ("0", "not an amount of money"),
        ("-5.00", "not an amount of money"),
        ("1.005", "not an amount of money"),
        ("NaN", "not an amount of money"),
    ],
)
def test_amount_that_cannot_be_taken(office: Office, debtor: int, amount: str, why: str) -> None:
    with office.session() as session:
        with pytest.raises(UserError, match=why) as refused:
            take_payment(session, taking(debtor, amount), TODAY, None)
        assert refused.value.field == "amount"
    with office.session() as session:
        assert session.scalars(select(models.Payment)).all() == []
        # A refusal uses no receipt number up.
        assert take_payment(session, taking(debtor, "1.00"), TODAY, None).receipt_number == "00000001"


def test_method_and_key_are_needed(office: Office, debtor: int) -> None:
    with office.session() as session:
        with pytest.raises(UserError, match="how the customer pays"):
            take_payment(session, taking(debtor, "1.00", method="cheque"), TODAY, None)
        with pytest.raises(UserError, match="Open it again"):
            take_payment(session, taking(debtor, "1.00", ""), TODAY, None)


def test_second_press_takes_nothing(office: Office, debtor: int) -> None:
    with office.session() as session:
        first = take_payment(session, taking(debtor, "10.00"), TODAY, None)
        assert take_payment(session, taking(debtor, "10.00"), TODAY, None).id == first.id
        assert len(session.scalars(select(models.Payment)).all()) == 1


def test_account_of_another_branch_cannot_pay_here(office: Office, neighbour: Office, debtor: int) -> None:
    with neighbour.session() as session, pytest.raises(UserError, match="no such account") as refused:
        take_payment(session, taking(debtor, "10.00"), TODAY, None)
    assert refused.value.status == 404


def test_two_cashiers_cannot_both_take_what_is_owed_once(office: Office, debtor: int) -> None:
    refusals: list[UserError] = []
    start = threading.Barrier(2)

    def take(key: str) -> None:
        start.wait()
        with office.session() as session:
            try:
                take_payment(session, taking(debtor, "139.30", key), TODAY, None)
            except UserError as refused:
                session.rollback()
                refusals.append(refused)

    run_together([lambda key=key: take(key) for key in ("one", "two")])
    assert [refused.message for refused in refusals] == [
        "This account owes nothing, so there is nothing to take."
    ]
    with office.session() as session:
        assert [str(each) for each in session.scalars(select(models.Payment.amount))] == ["139.30"]


def test_receipts_have_no_gaps_under_two_tills(office: Office) -> None:
    with office.session() as session:
        accounts = [gas_office.account(session, None) for _ in range(4)]
        for account in accounts:
            gas_office.opening_bill(session, account, date(2026, 3, 31), "0", "100.00")
        ids = [account.id for account in accounts]

    def till(account_ids: list[int]) -> None:
        for number in range(20):
            with office.session() as session:
                for account_id in account_ids:
                    try:
                        take_payment(
                            session, taking(account_id, "5.00", f"{account_id}-{number}"), TODAY, None
                        )
                    except UserError:
                        session.rollback()
                    if number % 5 == 4:
                        session.rollback()

    run_together([lambda: till(ids[:2]), lambda: till(ids[2:])])
    with office.session() as session:
        numbers = sorted(session.scalars(select(models.Payment.receipt_number)))
        assert numbers == [f"{number:08d}" for number in range(1, len(numbers) + 1)]
        assert len(numbers) == 64


def run_together(pieces: list[Any]) -> None:
    failures: list[BaseException] = []

    def guarded(piece: Any) -> None:
        try:
            piece()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(piece,)) for piece in pieces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_arrears_are_listed_oldest_first(office: Office, debtor: int) -> None:
    with office.session() as session:
        later = gas_office.account(session, None)
        gas_office.opening_bill(session, later, date(2026, 5, 20), "0", "12.00")
        paid = gas_office.account(session, None)
        gas_office.opening_bill(session, paid, date(2026, 5, 20), "0", "9.00")
        take_payment(session, taking(paid.id, "9.00"), TODAY, None)
        found = owing.debtors(session, owing.Debts(TODAY), limit=10)
        assert [(each.account_id, each.bills, str(each.owed), each.days_overdue) for each in found] == [
            (debtor, 2, "139.30", 65),
            (later.id, 1, "12.00", 12),
        ]
        assert owing.debt_in_all(session, owing.Debts(TODAY)) == (2, Decimal("151.30"))
        assert owing.debt_in_all(session, owing.Debts(date(2026, 5, 1), owing.OVERDUE)) == (
            1,
            Decimal("139.30"),
        )
        assert owing.debtors(session, owing.Debts(TODAY), limit=1, offset=1)[0].account_id == later.id
