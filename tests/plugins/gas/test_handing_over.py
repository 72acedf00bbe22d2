"""Arrears are handed over after the reminder and the days that the customer has then, and never before (GAS-R81)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import gas_office
from company import Company
from core.data import clock
from core.messages.models import Outgoing
from gas_books import usage_bill
from gas_cut_offs import EAST, ORDERS, api, at, called, night, owing, reminder_of
from gas_rules import findings, setting_changed
from plugins.gas import models

BILLED = date(2026, 11, 2)


def after(days: int) -> date:
    return BILLED + timedelta(days=days)


def handing_over(company: Company, account: int, day: date, language: str = "en") -> Any:
    """The cashier's answer on a day."""
    with at(day):
        return api(company, "cashier", language=language)("POST", ORDERS, json={"account_id": account})


def payable_until(company: Company, account: int, day: date) -> None:
    """As a billing run would have it: the bills of `owing` are payable on the day on which they are posted."""
    with company.session(EAST) as session:
        bills = models.Bill.__table__
        session.connection().execute(bills.update().where(bills.c.account_id == account).values(due_on=day))


def test_nothing_is_handed_over_before_the_days_after_the_reminder(company: Company) -> None:
    account, (bill,) = owing(company, BILLED)
    payable_until(company, account, after(7))
    night(company, after(8))
    called(company, bill, after(9))
    refused = handing_over(company, account, after(11))
    assert (refused.status_code, "from Nov 14, 2026" in refused.json["message"]) == (422, True), refused.text
    assert "GAS-R81-C" in refused.json["message"]
    assert [each.outcome for each in findings(company, "GAS-R81-C", EAST)][-1:] == ["refused"]
    assert "2026年11月14日 起方可移交" in handing_over(company, account, after(11), "zh").json["message"]
    assert handing_over(company, account, after(12)).status_code == 201


def test_nothing_is_handed_over_without_a_reminder(company: Company) -> None:
    account, (bill,) = owing(company, BILLED)
    payable_until(company, account, after(7))
    night(company, after(9))
    refused = handing_over(company, account, after(30))
    assert (refused.status_code, "not been reminded yet" in refused.json["message"]) == (422, True), (
        refused.text
    )
    with company.session(EAST) as session:
        session.get_one(Outgoing, reminder_of(company, bill).id).state = "opted_out"  # wants none
    assert handing_over(company, account, after(30)).status_code == 201


def test_what_the_rule_book_does_not_remind_of_waits_from_the_day_it_is_late(company: Company) -> None:
    with at(BILLED), company.session(EAST) as session:
        account = gas_office.account(session, None)
        gas_office.opening_bill(session, account, BILLED, "0", "5.00")
        key = account.id
    assert handing_over(company, key, after(3)).status_code == 422
    assert handing_over(company, key, after(4)).status_code == 201


def test_an_order_takes_only_what_may_be_handed_over(company: Company) -> None:
    with at(BILLED), company.session(EAST) as session:
        account = gas_office.account(session, None)
        usage_bill(session, account, "2026-09", "60.00", BILLED)
        usage_bill(session, account, "2026-10", "40.00", after(8))
        key = account.id
    made = handing_over(company, key, after(9))
    assert made.status_code == 201, made.text
    with company.session(EAST) as session:
        order = session.get_one(models.CutOff, int(made.json["id"]))
        bills = session.scalars(select(models.CutOffBill).where(models.CutOffBill.order_id == order.id)).all()
        assert (str(order.owed), [str(each.owed) for each in bills]) == ("60.00", ["60.00"])


@pytest.mark.parametrize(("days", "first"), [(0, 1), (10, 11), (None, 1)])
def test_a_branch_settles_how_long_it_waits(company: Company, days: int | None, first: int) -> None:
    with at(BILLED):
        setting_changed(company, "GAS-R81", EAST, "dunning_wait_days", days)
        account, _bills = owing(company, BILLED)
    try:
        if first > 1:
            assert handing_over(company, account, after(first - 1)).status_code == 422
        assert handing_over(company, account, after(first)).status_code == 201
    finally:
        with clock.frozen(clock.now()), at(BILLED):
            setting_changed(company, "GAS-R81", EAST, "dunning_wait_days", 3)
