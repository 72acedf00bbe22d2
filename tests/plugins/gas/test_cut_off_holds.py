"""Disputes and money on the way: what they are about, how they end, and that what is owed rests meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import gas_office
from company import Company
from core.handbook.replay import replay
from gas_cut_offs import EAST, HOLDS, PROTECTIONS, api, at, called, handed_over, night, owed, owing, pay, put
from plugins.gas import happenings, models

BILLED = date(2026, 11, 2)
DAY = date(2026, 11, 5)


def held(company: Company, account: int, bill: int | None = None, **more: Any) -> int:
    """A dispute, unless said otherwise; its id."""
    known = {"kind": "dispute", "reason": "The reading is wrong", "bill_id": bill, **more}
    return put(company, "cashier", HOLDS, account_id=account, **known)


def closed(company: Company, hold: int, outcome: str = "rejected") -> Any:
    return api(company, "team-leader")("POST", f"{HOLDS}{hold}/close", json={"outcome": outcome})


def test_what_is_owed_for_a_held_bill_rests_until_nothing_holds_it(company: Company) -> None:
    account, (bill, other) = owing(company, BILLED, "60.00", "40.00")
    with at(DAY):
        first, second = held(company, account, bill), held(company, account, bill)
    night(company, date(2026, 11, 10))
    called(company, other, date(2026, 11, 10))
    assert owed(company, "GAS-R79", bill) == ["2026-11-09 paused"]
    assert owed(company, "GAS-R81", bill) == []  # it did not fall late
    assert owed(company, "GAS-R81", other) == ["2026-11-13 open"]
    with at(date(2026, 11, 12)):
        assert closed(company, first).status_code == 200
        assert owed(company, "GAS-R79", bill) == ["2026-11-09 paused"]
    with at(date(2026, 11, 15)):
        assert closed(company, second).status_code == 200
    assert owed(company, "GAS-R79", bill) == ["2026-11-19 open"]  # ten days of rest
    assert owed(company, "GAS-R71", bill) == ["2026-11-15 open"]
    with company.session(EAST) as session:
        assert replay(session).differences == []
    pay(company, account, "100.00", date(2026, 11, 16))
    assert owed(company, "GAS-R79", bill) == ["2026-11-19 done"]


def test_money_on_the_way_for_all_lets_every_bill_rest_and_the_notice(company: Company) -> None:
    account, bills = owing(company, BILLED, "60.00", "40.00")
    day = date(2026, 11, 16)
    with at(day):
        order = handed_over(company, account)
        more = {"kind": "in_transit", "amount": "100.00", "expected_on": "2026-11-20"}
        hold = held(company, account, **more)
        for bill in bills:
            assert owed(company, "GAS-R79", bill) == ["2026-11-09 paused"]
        assert owed(company, "GAS-R82-B", order) == [f"{day} paused"]
    with at(day + timedelta(days=2)):
        assert closed(company, hold, "not_arrived").status_code == 200
    assert owed(company, "GAS-R82-B", order) == [f"{day + timedelta(days=2)} open"]


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ({"kind": "in_transit"}, "Enter how much money is on the way."),
        ({"kind": "in_transit", "amount": "5.00"}, "Enter by when the money is expected."),
        ({"bill_id": "other"}, "This bill is not one of the account."),
        ({"bill_id": "paid"}, "This bill is paid in full"),
        ({"reason": ""}, "Fill in this field."),
    ],
)
def test_a_hold_is_about_something(company: Company, entered: dict[str, Any], told: str) -> None:
    account, (bill, _later) = owing(company, BILLED, "60.00", "40.00")
    _stranger, (other,) = owing(company, BILLED)
    pay(company, account, "60.00", DAY)
    known = {"account_id": account, "kind": "dispute", "reason": "Wrong", **entered}
    known["bill_id"] = {"other": other, "paid": bill}.get(str(entered.get("bill_id")))
    refused = api(company, "cashier")("POST", HOLDS, json=known)
    assert 400 <= refused.status_code < 500
    assert told in refused.text


def test_an_outcome_fits_what_was_held(company: Company) -> None:
    account, (bill,) = owing(company, BILLED)
    with at(DAY):
        hold = held(company, account, bill)
        refused = closed(company, hold, "arrived")
        assert "This is no outcome of such a hold" in refused.text
        assert closed(company, hold, "upheld").status_code == 200
        again = closed(company, hold, "upheld")
    assert (again.status_code, again.json["allowed"]) == (409, [])
    with company.session(EAST) as session:
        found = session.get_one(models.Hold, hold)
        assert (found.opened_on, found.closed_on, found.amount) == (DAY, DAY, None)
        assert found.opened_by == company.people[f"{EAST}.cashier"]
        assert found.closed_by == company.people[f"{EAST}.team-leader"]


def test_the_last_day_of_protection_is_not_before_its_first(company: Company) -> None:
    account, _bills = owing(company, BILLED)
    body = {"account_id": account, "reason": "school", "valid_from": "2026-02-01", "valid_to": "2026-01-31"}
    refused = api(company, "department-head")("POST", PROTECTIONS, json=body)
    assert "The last day lies before the first." in refused.text


def test_a_bill_that_is_posted_while_all_is_held_rests_at_once(company: Company) -> None:
    with company.session(EAST) as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-09-30", "0"), ("2026-10-31", "9"))
        gas_office.opening_bill(session, account, date(2026, 9, 30), "0", "5.00")
        key = account.id
    with at(DAY):
        held(company, key)
        with company.session(EAST) as session:
            run = gas_office.bill(session, "2026-10")
            happenings.bills_posted(session, run, key, key)
            bill = session.scalars(
                select(models.Bill.id).where(models.Bill.run_id == run.id, models.Bill.account_id == key)
            ).one()
    assert [each.split()[1] for each in owed(company, "GAS-R79", bill)] == ["paused"]
