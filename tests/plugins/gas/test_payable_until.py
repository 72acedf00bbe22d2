"""Until when a bill is payable: by the customer's class of use, as settled where and when it is billed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

import gas_office
from company import Company
from core.exchange.kinds import Row
from core.handbook.replay import replay
from gas_cut_offs import EAST, ORDERS, WEST, api, at, owed
from gas_rules import setting_changed
from pages import Page
from plugins.gas import happenings, models, owing
from plugins.gas.billing import runs
from plugins.gas.sheets import opening

BEFORE, BILLED = date(2026, 11, 30), date(2026, 12, 1)
RESIDENTS, BUSINESS = "GAS-R79", "GAS-R78"
CLASSES = (models.RESIDENT, models.COMMERCIAL, models.PUBLIC_WELFARE)
_months = itertools.count(2016 * 12)


def after(days: int, day: date = BILLED) -> date:
    return day + timedelta(days=days)


@pytest.fixture(scope="module")
def fortnight(company: Company) -> Company:
    """From BILLED on, residents of the east have 15 days."""
    with at(BILLED):
        setting_changed(company, RESIDENTS, EAST, "resident_pay_days", 15)
    return company


@pytest.fixture
def settled_otherwise(company: Company) -> Iterator[Any]:
    """Sets a figure of the west for one test."""
    changed: list[tuple[str, str]] = []

    def settle(number: str, name: str, value: Any) -> None:
        with at(BILLED):
            setting_changed(company, number, WEST, name, value)
        changed.append((number, name))

    yield settle
    for number, name in list(changed):
        settle(number, name, 7)


def billed(company: Company, branch: str = EAST, day: date = BILLED) -> tuple[int, list[int]]:
    """A run over an account of each class of use, told to the rule book: its id and those of the bills."""
    with at(day), company.session(branch) as session:
        tariff = gas_office.tariff(session)
        year, month = divmod(next(_months), 12)
        readings = (("2015-12-31", "0"), (f"{year}-{month + 1:02d}-28", "30"))
        accounts = [gas_office.metered(session, tariff.id, *readings, use_class=each) for each in CLASSES]
        run = runs.new_run(session, readings[1][0][:7], day)
        for first, last, _count in runs.plan(session, run):
            runs.bill_chunk(session, run, first, last)
            happenings.bills_posted(session, run, first, last)
        runs.close_run(session, run)
        return run.id, [gas_office.the_bill(session, each, run.period).id for each in accounts]


def days_of(company: Company, bills: list[int], branch: str = EAST) -> list[date]:
    with company.session(branch) as session:
        found = dict(session.execute(select(models.Bill.id, models.Bill.due_on)).all())
        return [found[each] for each in bills]


def test_a_bill_is_payable_as_long_as_is_settled_for_its_class(fortnight: Company) -> None:
    run, bills = billed(fortnight)
    assert days_of(fortnight, bills) == [after(15), after(7), after(7)]
    assert owed(fortnight, RESIDENTS, bills[0]) == [f"{after(15)} open"]
    assert owed(fortnight, BUSINESS, bills[1]) == [f"{after(7)} open"]
    with at(BILLED):
        page = Page(fortnight.client_of(f"{EAST}.cashier").get(f"/gas/billing/{run}/result").text)
    assert "Dec 8, 2026, Dec 16, 2026" in " ".join(page.texts)


def test_another_branch_and_earlier_bills_keep_their_week(fortnight: Company) -> None:
    assert days_of(fortnight, billed(fortnight, WEST)[1], WEST) == [after(7)] * 3
    assert days_of(fortnight, billed(fortnight, EAST, BEFORE)[1]) == [after(7, BEFORE)] * 3


def test_what_is_payable_longer_is_overdue_later(fortnight: Company) -> None:
    _run, (home, shop, _school) = billed(fortnight)
    with at(after(8)), fortnight.session(EAST) as session:
        customer, business = (session.get_one(models.Bill, each).account_id for each in (home, shop))
        which = owing.Debts(after(8), owing.OVERDUE)
        overdue = {each.account_id for each in owing.debtors(session, which, limit=1_000)}
        assert (customer in overdue, business in overdue) == (False, True)
        refused = api(fortnight, "cashier")("POST", ORDERS, json={"account_id": customer})
    assert (refused.status_code, "No bill of this account is overdue" in refused.json["message"]) == (
        409,
        True,
    )


def test_without_a_figure_of_the_branch_a_bill_has_the_rule_books_week(
    company: Company, settled_otherwise: Any
) -> None:
    settled_otherwise(BUSINESS, "pw_commercial_pay_days", None)
    _run, bills = billed(company, WEST)
    assert days_of(company, bills, WEST) == [after(7)] * 3
    assert owed(company, BUSINESS, bills[1], WEST) == []  # nobody has to see to it


def test_a_bill_says_why_it_is_payable_until_its_day(fortnight: Company) -> None:
    _run, (home, *_others) = billed(fortnight)
    _run, (earlier, *_others) = billed(fortnight, EAST, BEFORE)
    cashier = api(fortnight, "cashier")
    told = {
        each: cashier("GET", f"/api/v1/rules/why/bill-due/{each}").json["result"] for each in (home, earlier)
    }
    assert told[home]["text"].startswith("Billed on Dec 1, 2026, so it is payable until Dec 16, 2026.")
    assert "Residents pay within 15 days" in told[home]["text"]
    assert "Residents pay within 7 days" in told[earlier]["text"]
    assert told[home]["rule"] == RESIDENTS
    page = fortnight.client_of(f"{EAST}.cashier").get(f"/gas/bill/{home}").text
    assert f"/core/handbook/why/bill-due/{home}" in page
    assert (
        "15天"
        in api(fortnight, "cashier", language="zh")("GET", f"/api/v1/rules/why/bill-due/{home}").json[
            "result"
        ]["text"]
    )


def test_who_may_not_see_a_bill_is_not_told_why(fortnight: Company) -> None:
    _run, (bill, *_others) = billed(fortnight)
    for who, branch, status in (("duty-clerk", EAST, 403), ("cashier", WEST, 404)):
        answer = api(fortnight, who, branch)("GET", f"/api/v1/rules/why/bill-due/{bill}")
        assert answer.status_code == status
    for key in ("0", "x", "99999999999", "²"):
        assert api(fortnight, "cashier")("GET", f"/api/v1/rules/why/bill-due/{key}").status_code == 404


def test_what_is_taken_over_is_payable_by_the_same_figures(fortnight: Company) -> None:
    with at(BILLED), fortnight.session(EAST) as session:
        accounts = [gas_office.account(session, None, use_class=each) for each in CLASSES[:2]]
        rows = []
        for number, each in enumerate(accounts, start=2):
            meter = gas_office.meter(session, each, None)
            cells = {"read_on": str(BILLED), "reading": "5", "year_volume": "", "owed": "8.00"}
            rows.append(Row(number, {"account_number": each.number, "meter_number": meter.number, **cells}))
        opening.check(session, rows, {})
        assert [list(each.findings) for each in rows] == [[], []]
        opening.store(session, rows, {}, None)
        bill = models.Bill
        found = select(bill.due_on).where(bill.account_id.in_([each.id for each in accounts]))
        assert session.scalars(found.order_by(bill.account_id)).all() == [after(15), after(7)]


def test_days_are_worked_out_again_from_what_was_kept(fortnight: Company) -> None:
    _run, (bill, *_others) = billed(fortnight)
    with fortnight.session(EAST) as session:
        assert replay(session).differences == []
        known = session.get_one(models.Bill, bill)
        account = gas_office.account(session, None)
        given = {"kind": models.USAGE, "period": "2016-12", "number": "WRONG", "usage": Decimal(1)}
        gas_office.posted_bill(
            session,
            account,
            BILLED,
            due_on=after(9),
            due_basis_id=known.due_basis_id,
            total=Decimal(1),
            **given,
        )
        [found] = replay(session).differences
        assert (found.rule, found.what.split(" in ")[0]) == (RESIDENTS, f"bills of {BILLED}")
        session.rollback()
