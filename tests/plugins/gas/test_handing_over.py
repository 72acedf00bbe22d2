"""Arrears are handed over after the reminder and the days that the customer has then, and never before (GAS-R81)."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import gas_office
import local_post
from company import Company
from core.branches import system_scope
from core.data import clock
from core.messages.models import Outgoing
from core.messages.sender import Sender
from gas_books import usage_bill
from gas_cut_offs import EAST, HOLDS, ORDERS, api, at, called, night, owed, owing, put, reminder_of
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


def test_the_days_of_the_clerk_are_those_after_the_reminder(company: Company) -> None:
    billed = date(2026, 12, 1)
    account, (said, written) = owing(company, billed, "60.00", "40.00")
    payable_until(company, account, billed + timedelta(days=7))
    night(company, date(2026, 12, 9))
    for each in (said, written):
        assert owed(company, "GAS-R81", each) == []  # late, and not reminded yet
    with local_post.gateway() as gateway:
        send(company, gateway, written, date(2026, 12, 10))
        assert len(gateway.told) == 1
    called(company, said, date(2026, 12, 11))
    assert owed(company, "GAS-R81", written) == ["2026-12-13 open"]
    assert owed(company, "GAS-R81", said) == ["2026-12-14 open"]
    assert handing_over(company, account, date(2026, 12, 12)).status_code == 422
    assert handing_over(company, account, date(2026, 12, 13)).status_code == 201  # asked for, and possible


def send(company: Company, gateway: local_post.Gateway, bill: int, day: date) -> None:
    """The reminder of a bill goes out as a short message on a day."""
    known = company.installation
    before, known.settings = known.settings, replace(known.settings, sms_url=gateway.url)
    try:
        with at(day), company.session(EAST) as session:
            row = session.get_one(Outgoing, reminder_of(company, bill).id)
            row.channel, row.address, row.next_at = "sms", "13800138000", clock.now()
        with at(day), system_scope("the test sends"):
            Sender(company.app, "one", threading.Event()).send_due()
    finally:
        known.settings = before


def test_what_is_disputed_before_the_reminder_is_not_asked_of_the_clerk(company: Company) -> None:
    account, (bill,) = owing(company, date(2026, 12, 14))
    night(company, date(2026, 12, 22))
    with at(date(2026, 12, 22)):
        known = {"account_id": account, "kind": "dispute", "reason": "The reading is wrong"}
        hold = put(company, "cashier", HOLDS, **known)
    called(company, bill, date(2026, 12, 23))
    assert owed(company, "GAS-R81", bill) == ["2026-12-26 paused"]
    with at(date(2026, 12, 25)):
        closed = api(company, "team-leader")("POST", f"{HOLDS}{hold}/close", json={"outcome": "rejected"})
        assert closed.status_code == 200
    assert owed(company, "GAS-R81", bill) == ["2026-12-28 open"]  # two days of rest


def test_where_a_branch_reminds_nobody_the_days_run_from_the_first_late_one(company: Company) -> None:
    billed = date(2027, 1, 4)
    with at(billed):
        setting_changed(company, "GAS-R80", EAST, "reminder_channels", ())
        _account, (bill,) = owing(company, billed)
    night(company, date(2027, 1, 12))
    assert owed(company, "GAS-R81", bill) == ["2027-01-15 open"]
