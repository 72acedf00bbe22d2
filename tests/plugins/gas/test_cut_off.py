"""From what is overdue to gas that is cut off and restored, and what bars every step (GAS-R82)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from company import Company
from gas_cut_offs import (
    EAST,
    HOLDS,
    ORDERS,
    PROTECTIONS,
    WEST,
    api,
    asked,
    at,
    called,
    decided,
    handed_over,
    moved,
    night,
    notice,
    owed,
    owing,
    pay,
    put,
    say,
    state_of,
)
from gas_rules import defaults, findings, setting_changed
from pages import Page
from plugins.gas import models
from plugins.gas.payments import Taking, take_payment
from plugins.gas.rules.cutting_off import EXECUTED, HANDED_OVER, NOTICED, WITHDRAWN

BILLED = date(2026, 11, 2)
DAY = date(2026, 11, 16)
_days = itertools.count()


@pytest.fixture
def late(company: Company) -> tuple[int, list[int]]:
    """An account with two bills that are overdue on DAY: its id and theirs."""
    return owing(company, BILLED, "60.00", "40.00")


def test_from_overdue_to_cut_off_and_restored(company: Company) -> None:
    account, (bill,) = owing(company, BILLED)
    night(company, BILLED + timedelta(days=8))
    called(company, bill, BILLED + timedelta(days=8))
    assert owed(company, "GAS-R81", bill) == ["2026-11-13 open"]
    with at(DAY):
        order = handed_over(company, account)
        assert owed(company, "GAS-R81", bill) == ["2026-11-13 done"]
        assert notice(company, order).status_code == 200
    with at(DAY + timedelta(days=3)):
        request = asked(company, order)
        assert state_of(company, order) == NOTICED
        assert say(company, "team-leader", request).status_code == 403
        assert say(company, "department-head", request).status_code == 302
    with at(DAY + timedelta(days=4)):
        assert moved(company, "meter-reader", order, "execute").status_code == 200
    with at(DAY + timedelta(days=9)):
        assert moved(company, "meter-reader", order, "restore").status_code == 200
    with company.session(EAST) as session:
        found = session.get_one(models.CutOff, order)
        days = [found.handed_on, found.noticed_on, found.decided_on, found.executed_on, found.restored_on]
        by = [found.handed_by, found.noticed_by, found.decided_by, found.executed_by, found.restored_by]
    assert days == [DAY + timedelta(days=each) for each in (0, 0, 3, 4, 9)]
    names = ("cashier", "meter-reader", "department-head", "meter-reader", "meter-reader")
    assert by == [company.people[f"{EAST}.{name}"] for name in names]


def test_an_order_keeps_what_was_overdue(company: Company) -> None:
    account, _bills = owing(company, BILLED, "60.00", "40.05")
    pay(company, account, "10.01", DAY)
    with at(DAY):
        order = handed_over(company, account)
        again = api(company, "cashier")("POST", ORDERS, json={"account_id": account})
        assert (again.status_code, "an order for this account already" in again.json["message"]) == (
            409,
            True,
        )
    found = api(company, "department-head")("GET", f"{ORDERS}{order}").json["result"]
    assert found["owed"] == "90.04"
    rows = api(company, "department-head")(
        "GET", f"/api/v1/gas/cut-off-bill/?q=(filters:!((col:order_id,opr:eq,value:{order})))"
    ).json
    assert sorted(each["owed"] for each in rows["result"]) == ["40.05", "49.99"]


def test_what_is_not_overdue_is_not_handed_over(company: Company) -> None:
    account, _bills = owing(company, DAY)
    with at(DAY):
        refused = api(company, "cashier")("POST", ORDERS, json={"account_id": account})
    assert (refused.status_code, "No bill of this account is overdue" in refused.json["message"]) == (
        409,
        True,
    )


def protected(company: Company, account: int, _bill: int) -> Callable[[], None]:
    since = (date(2026, 1, 1) + timedelta(days=next(_days))).isoformat()
    known = {"account_id": account, "reason": "hospital", "valid_from": since}
    made = put(company, "department-head", PROTECTIONS, **known)
    ended = {"valid_to": (DAY - timedelta(days=1)).isoformat()}
    return lambda: done(api(company, "department-head")("PUT", f"{PROTECTIONS}{made}", json=ended))


def disputed(company: Company, account: int, bill: int) -> Callable[[], None]:
    made = put(
        company, "cashier", HOLDS, account_id=account, bill_id=bill, kind="dispute", reason="Reading is wrong"
    )
    return lambda: done(
        api(company, "team-leader")("POST", f"{HOLDS}{made}/close", json={"outcome": "rejected"})
    )


def in_transit(company: Company, account: int, _bill: int) -> Callable[[], None]:
    known = {"kind": "in_transit", "reason": "By bank", "amount": "100.00", "expected_on": "2026-11-20"}
    made = put(company, "cashier", HOLDS, account_id=account, **known)
    return lambda: done(
        api(company, "cashier")("POST", f"{HOLDS}{made}/close", json={"outcome": "not_arrived"})
    )


def done(answer: Any) -> None:
    assert answer.status_code == 200, answer.text


BARS = [
    (protected, "not cut off: Hospital."),
    (disputed, "under dispute: U"),
    (in_transit, "¥100.00 are on the way"),
]
SAID_IN_CHINESE = {protected: "保护用户（医院）不得停气", disputed: "有争议", in_transit: "款项在途"}


@pytest.mark.parametrize(("bar", "told"), BARS)
def test_what_bars_a_step_refuses_each_of_them(
    company: Company, late: tuple[int, list[int]], bar: Callable[..., Callable[[], None]], told: str
) -> None:
    account, bills = late

    def refuses(step: Callable[[], Any], state: str) -> None:
        lift = bar(company, account, bills[1])
        refused = step()
        assert (refused.status_code, told in refused.json["message"]) == (422, True), refused.text
        assert "GAS-R82-C" in refused.json["message"]
        assert state_of(company, order) == state
        lift()

    with at(DAY):
        order = handed_over(company, account)
        refuses(lambda: notice(company, order), HANDED_OVER)
        assert notice(company, order).status_code == 200
        refuses(lambda: moved(company, "meter-reader", order, "decide"), NOTICED)
        request = asked(company, order)
        lift = bar(company, account, bills[0])  # between the request and the decision
        say(company, "department-head", request)
        assert state_of(company, order) == NOTICED
        lift()
        say(company, "department-head", request)
        refuses(lambda: moved(company, "meter-reader", order, "execute"), "decided")
        bar(company, account, bills[0])
        answer = api(company, "meter-reader", language="zh")("POST", f"{ORDERS}{order}/execute", json={})
        assert SAID_IN_CHINESE[bar] in answer.json["message"]


def test_a_refused_step_says_why(company: Company, late: tuple[int, list[int]]) -> None:
    account, bills = late
    with at(DAY):
        order = handed_over(company, account)
        disputed(company, account, bills[0])
        notice(company, order)
        found = [each for each in findings(company, "GAS-R82-C", EAST) if each.subject_id == order]
        why = api(company, "department-head")("GET", f"/api/v1/rules/why/finding/{found[0].key}").json[
            "result"
        ]
        page = company.client_of(f"{EAST}.team-leader").get(f"/gas/cut-off/{order}").text
    assert "No step towards a cut-off is made for a protected customer" in why["text"]
    assert [each["label"] for each in why["inputs"]] == ["Protected customer", "Under dispute"]
    assert "Under dispute" in page
    assert f"/core/handbook/why/finding/{found[0].key}" in page


def test_a_decision_says_why_it_was_asked_for(company: Company, late: tuple[int, list[int]]) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        decided(company, order)
        head = company.client_of(f"{EAST}.department-head")
        page = head.get(f"/gas/cut-off/{order}").text
        address = page[page.index("/core/handbook/why/approval/") :].split('"')[0]
        told = " ".join(Page(head.get(address).text).texts)
        elsewhere = company.client_of(f"{WEST}.department-head").get(address)
        rule = " ".join(Page(head.get("/core/handbook/rule/GAS-R82").text).texts)
    assert "Gas is cut off for arrears when Customer service head has decided so" in told
    assert "approved this as Customer service head" in told
    assert "approved" in rule
    assert elsewhere.status_code == 404


def test_without_days_nobody_waits_and_still_the_head_decides(
    company: Company, late: tuple[int, list[int]]
) -> None:
    assert defaults("GAS-R82")["cutoff_wait_days"] is None
    with at(DAY):
        order = handed_over(company, late[0])
        assert notice(company, order).status_code == 200
        assert asked(company, order)
        assert state_of(company, order) == NOTICED
        book = company.client_of(f"{EAST}.department-head")
        page = book.get("/core/handbook/rule/GAS-R82").text
        assert "does nothing" not in page
        nobody_waits = "Until somebody sets it nobody waits"
        assert nobody_waits in page
        assert "Open figure" in book.get("/core/handbook/gas?kind=approval").text
        assert nobody_waits in book.get(f"/gas/cut-off/{order}").text
        assert "does nothing here" in book.get("/core/handbook/rule/GAS-R24").text  # its figure is open, too


def test_the_customer_has_as_many_days_as_are_set(company: Company) -> None:
    noticed_on = date(2028, 2, 27)
    account, _bills = owing(company, date(2028, 1, 10))
    with at(noticed_on):
        order = handed_over(company, account)
        setting_changed(company, "GAS-R82", EAST, "cutoff_wait_days", 3)
        assert notice(company, order).status_code == 200
    with at(date(2028, 2, 29)):  # a day of its own in a leap year
        refused = moved(company, "meter-reader", order, "decide")
        assert (refused.status_code, "possible from Mar 1, 2028" in refused.json["message"]) == (422, True), (
            refused.text
        )
        kept = [each for each in findings(company, "GAS-R82", EAST) if each.subject_id == order]
        assert [(each.outcome, each.day) for each in kept] == [("refused", date(2028, 2, 29))]
    with at(date(2028, 3, 1)):
        page = company.client_of(f"{EAST}.department-head").get(f"/gas/cut-off/{order}").text
        assert "3 days" in page
        assert "nobody waits" not in page
        assert asked(company, order)
        setting_changed(company, "GAS-R82", EAST, "cutoff_wait_days", None)


def test_a_branch_lets_somebody_else_decide(company: Company) -> None:
    later = date(2029, 3, 5)
    account, _bills = owing(company, later - timedelta(days=20))
    with at(later):
        setting_changed(company, "GAS-R82", EAST, "cutoff_approver", "gas.team-leader")
        order = handed_over(company, account)
        notice(company, order)
        request = asked(company, order)
        assert say(company, "department-head", request).status_code == 403
        assert say(company, "team-leader", request).status_code == 302
        assert state_of(company, order) == "decided"
        drawn = company.client_of(f"{EAST}.team-leader").get("/core/workflow/gas/cut-off/").text
        assert "Business centre team leader" in drawn


def test_a_payment_in_full_withdraws_what_is_under_way(company: Company, late: tuple[int, list[int]]) -> None:
    account = late[0]
    with at(DAY):
        order = handed_over(company, account)
        notice(company, order)
        request = asked(company, order)
    pay(company, account, "99.99", DAY)
    assert state_of(company, order) == NOTICED
    pay(company, account, "0.01", DAY)
    assert state_of(company, order) == WITHDRAWN
    with at(DAY):
        say(company, "department-head", request)
        assert state_of(company, order) == WITHDRAWN
        refused = moved(company, "meter-reader", order, "execute")
    assert (refused.status_code, refused.json["allowed"]) == (409, [])
    found = api(company, "department-head")("GET", f"{ORDERS}{order}").json["result"]
    assert (found["withdrawn_why"], found["withdrawn_on"]) == ("paid", DAY.isoformat())


def test_an_order_on_which_nothing_is_owed_goes_no_further(
    company: Company, late: tuple[int, list[int]]
) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        decided(company, order)
        with company.session(EAST) as session:  # money that was taken without a word to the rule book
            taking = Taking(late[0], Decimal("100.00"), models.CASH, True, f"silent-{order}")
            take_payment(session, taking, DAY, None)
        refused = moved(company, "meter-reader", order, "execute")
        assert (refused.status_code, "Nothing is owed on these bills" in refused.json["message"]) == (
            422,
            True,
        )
        assert moved(company, "department-head", order, "withdraw", withdrawn_why="paid").status_code == 200


def test_the_reader_owes_the_notice_once_arrears_are_handed_over(
    company: Company, late: tuple[int, list[int]]
) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        assert owed(company, "GAS-R82-B", order) == [f"{DAY} open"]
        reader = company.client_of(f"{EAST}.meter-reader").get("/my-work/").text
        assert reader.count("Issue the dunning notice") == 1
        notice(company, order)
    assert owed(company, "GAS-R82-B", order) == [f"{DAY} done"]


def test_what_is_withdrawn_asks_for_no_notice(company: Company, late: tuple[int, list[int]]) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        assert moved(company, "department-head", order, "withdraw", withdrawn_why="other").status_code == 200
    assert owed(company, "GAS-R82-B", order) == [f"{DAY} dropped"]


@pytest.mark.parametrize(
    ("who", "transition"),
    [
        ("cashier", "notice"),
        ("team-leader", "notice"),
        ("department-head", "decide"),
        ("cashier", "execute"),
        ("department-head", "execute"),
        ("meter-reader", "withdraw"),
    ],
)
def test_a_step_needs_its_right(
    company: Company, late: tuple[int, list[int]], who: str, transition: str
) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        assert moved(company, who, order, transition, notice_number="X").status_code == 403
        assert state_of(company, order) == HANDED_OVER


def test_who_may_protect_and_hold(company: Company, late: tuple[int, list[int]]) -> None:
    known = {"account_id": late[0], "reason": "school", "valid_from": "2026-01-01"}
    for who in ("cashier", "team-leader", "meter-reader"):
        assert api(company, who)("POST", PROTECTIONS, json=known).status_code == 403
    hold = {"account_id": late[0], "kind": "dispute", "reason": "Wrong"}
    for who in ("meter-reader", "department-head"):
        assert api(company, who)("POST", HOLDS, json=hold).status_code == 403
    for who in ("meter-reader", "team-leader", "department-head"):
        assert api(company, who)("POST", ORDERS, json={"account_id": late[0]}).status_code == 403
    with at(DAY):
        assert api(company, "card-clerk")("POST", ORDERS, json={"account_id": late[0]}).status_code == 201


def test_another_branchs_order_is_none(company: Company, late: tuple[int, list[int]]) -> None:
    with at(DAY):
        order = handed_over(company, late[0])
        reader = api(company, "meter-reader", WEST)
        for step in ("notice", "decide", "execute", "restore"):
            assert reader("POST", f"{ORDERS}{order}/{step}", json={"notice_number": "1"}).status_code == 404
        for paper in ("notice.pdf", "order.pdf"):
            there = company.client_of(f"{WEST}.meter-reader").get(f"/gas/cut-offs/{order}/{paper}")
            assert there.status_code == 404
        refused = api(company, "cashier", WEST)("POST", ORDERS, json={"account_id": late[0]})
        assert refused.status_code == 400
    assert state_of(company, order) == HANDED_OVER


def test_a_customer_who_was_cut_off_waits_for_gas_once_all_is_paid(
    company: Company, late: tuple[int, list[int]]
) -> None:
    account = late[0]
    told = "Customers whose gas is to be restored"
    with at(DAY):
        order = handed_over(company, account)
        decided(company, order)
        reader = company.client_of(f"{EAST}.meter-reader")
        assert "Customers whose gas is to be cut off" in reader.get("/my-work/").text
        assert moved(company, "meter-reader", order, "execute").status_code == 200
        assert told not in reader.get("/my-work/").text
    pay(company, account, "100.00", DAY)
    with at(DAY):
        assert state_of(company, order) == EXECUTED
        assert told in reader.get("/my-work/").text
