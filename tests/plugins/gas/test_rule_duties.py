"""What the gas office's rules make due, and what they leave alone: the ladder of a late bill, reports, series."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

import gas_company
import gas_office
from company import Company
from core.data import clock
from core.handbook.kinds import Amount, Obliging
from core.messages.models import SENT, Outgoing
from core.messages.told import message_told
from core.visits.models import SKIPPED, TakenVisit
from core.worklist.events import happened
from core.worklist.models import Obligation
from gas_books import usage_bill
from gas_duties import EAST, WEST, at, night, owed, told
from gas_rules import defaults, rule, setting_changed
from plugins.gas import happenings, models
from plugins.gas.payments import Taking, take_payment
from plugins.gas.rules.book import RULES
from plugins.gas.rules.book.arrears import REMINDERS

BILLED = date(2026, 11, 2)
PHONE = "13800138000"
_months = itertools.count()
CASES = [
    (models.RESIDENT, BILLED, "GAS-R79", "GAS-R81"),
    (models.COMMERCIAL, date(2026, 11, 15), "GAS-R78", "GAS-R81-B"),
]


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    with at(BILLED):
        made = gas_company.found(module_migrated_url, module_home)
    known = made.installation
    known.settings = replace(
        known.settings, sms_url="http://gateway.invalid/"
    )  # there is one; nothing is sent here
    yield made
    made.database.dispose()


def posted(session: Session, use_class: str, on: date = BILLED, **of_account: Any) -> models.Bill:
    """A bill of 100.00 of the month before, told to the rule book."""
    account = gas_office.account(session, None, use_class=use_class, **of_account)
    bill = usage_bill(session, account, "2026-10", "100.00", on)
    happened(session, "gas.bill.posted", [bill], bill.billed_on)
    return bill


def pay(company: Company, account: int, amount: str, day: date, branch: str = EAST) -> None:
    """Money is taken at the counter."""
    with at(day), company.session(branch) as session:
        key = f"{account}-{day}-{amount}"
        taking = Taking(account, Decimal(amount), models.CASH, True, key)
        happenings.payment_taken(session, take_payment(session, taking, day, None))


def sent(company: Company, bill: int, day: date) -> None:
    """The reminder of a bill is noted as sent on a day."""
    of_bill = (Outgoing.record_id == bill, Outgoing.rule.in_(REMINDERS))
    with at(day), company.session(EAST) as session:
        row = session.scalars(select(Outgoing).where(*of_bill)).one()
        row.state, row.sent_at = SENT, clock.now()
        message_told(session, row.id)


@pytest.mark.parametrize(("use_class", "billed", "week", "over"), CASES)
def test_the_ladder_of_a_late_bill(
    company: Company, use_class: str, billed: date, week: str, over: str
) -> None:
    def after(days: int) -> date:
        return billed + timedelta(days=days)

    with at(billed), company.session(EAST) as session:
        bill = posted(session, use_class, billed)
        key, account = bill.id, bill.account_id
    assert owed(company, week, record=key) == [f"{after(7)} open"]
    assert owed(company, "GAS-R71", record=key) == [f"{after(3)} open"]
    other = {"GAS-R79": "GAS-R78", "GAS-R78": "GAS-R79"}[week]
    assert owed(company, other, record=key) == []
    night(company, after(7))
    assert owed(company, over, record=key) == []  # the last day is not over
    night(company, after(8))
    assert owed(company, over, record=key) == []  # nor has the reminder gone out
    sent(company, key, after(8))
    assert owed(company, over, record=key) == [f"{after(11)} open"]
    pay(company, account, "40.00", after(9))
    assert owed(company, over, record=key) == [f"{after(11)} open"]  # a part is not the bill
    pay(company, account, "60.00", after(10))
    for each, days in ((week, 7), ("GAS-R71", 3), (over, 11)):
        assert owed(company, each, record=key) == [f"{after(days)} done"]
    night(company, after(12))
    assert owed(company, over, record=key) == [f"{after(11)} done"]


@pytest.mark.parametrize(
    ("use_class", "billed", "reminder", "ways", "expected"),
    [
        (models.RESIDENT, date(2026, 12, 1), "GAS-R80", ("phone", "written"), [f"sms {PHONE}"]),
        (models.COMMERCIAL, date(2026, 12, 4), "GAS-R80-B", ("phone", "written"), [f"sms {PHONE}"]),
        (models.RESIDENT, date(2026, 12, 12), "GAS-R80", ("phone",), [f"call_list {PHONE}"]),
        (models.RESIDENT, date(2026, 12, 22), "GAS-R80", (), []),
    ],
)
def test_the_customer_is_reminded_when_the_week_is_over(
    company: Company, use_class: str, billed: date, reminder: str, ways: tuple[str, ...], expected: list[str]
) -> None:
    with at(billed):
        setting_changed(company, reminder, EAST, "reminder_channels", ways)
        with company.session(EAST) as session:
            late, in_time = (posted(session, use_class, billed, phone=PHONE) for _each in range(2))
            keys, account = (late.id, in_time.id), in_time.account_id
    pay(company, account, "100.00", billed + timedelta(days=7))
    night(company, billed + timedelta(days=7))
    assert told(company, reminder, record=keys[0]) == []  # the last day is not over
    night(company, billed + timedelta(days=8))
    assert told(company, reminder, record=keys[0]) == expected
    assert told(company, reminder, record=keys[1]) == []


def test_a_bill_that_is_paid_in_time_asks_for_nothing(company: Company) -> None:
    with at(BILLED), company.session(WEST) as session:
        bill = posted(session, models.PUBLIC_WELFARE)
        opening = gas_office.account(session, None)
        balance = gas_office.opening_bill(session, opening, BILLED, "0", "5.00")
        happened(session, "gas.bill.posted", [balance], BILLED)
        key, account, taken_over = bill.id, bill.account_id, balance.id
    pay(company, account, "100.00", date(2026, 11, 4), WEST)
    night(company, date(2026, 11, 10), WEST)
    assert owed(company, "GAS-R78", WEST, key) == ["2026-11-09 done"]
    assert owed(company, "GAS-R81-B", WEST, key) == []
    for each in ("GAS-R71", "GAS-R78", "GAS-R79"):
        assert owed(company, each, WEST, taken_over) == []


def test_the_billing_run_tells_of_its_bills_and_of_its_end(company: Company) -> None:
    setting_changed_on(company, "GAS-R76", "monthly_report_day", 31)
    with at(date(2026, 11, 3)), company.session(WEST) as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-09-30", "0"), ("2026-10-31", "9"))
        run = gas_office.bill(session, "2026-10")
        happenings.bills_posted(session, run, account.id, account.id)
        happenings.bills_posted(session, run, account.id, account.id)
        happenings.billing_done(session, run)
        key = gas_office.the_bill(session, account, "2026-10").id
    assert [each.split()[1] for each in owed(company, "GAS-R79", WEST, key)] == ["open"]
    assert [each.split()[1] for each in owed(company, "GAS-R76", WEST)] == ["open"]


def setting_changed_on(company: Company, number: str, name: str, value: Any) -> None:
    with at(BILLED):
        setting_changed(company, number, WEST, name, value)


def read(company: Company, branch: str, *days: date) -> None:
    """Meters are read on some days, two on each."""
    with at(days[-1]), company.session(branch) as session:
        account = gas_office.account(session, None)
        for number in (1, 2):
            meter = gas_office.meter(session, account, ("2026-10-31", "0"))
            for day in days:
                gas_office.read(session, meter, day.isoformat(), f"{number * day.day}")
        happenings.meters_read(session, days)


def test_reports_are_owed_once_their_day_is_set(company: Company) -> None:
    read(company, EAST, date(2026, 11, 5), date(2026, 11, 6))
    assert owed(company, "GAS-R25") == ["2026-11-30 open"]  # one for the month
    assert owed(company, "GAS-R24") == []  # no hour is set
    assert owed(company, "GAS-R76") == []
    setting_changed_on(company, "GAS-R24", "daily_report_cutoff", time(18))
    read(company, WEST, date(2026, 11, 5), date(2026, 11, 6))
    assert owed(company, "GAS-R24", WEST) == ["2026-11-05 open", "2026-11-06 open"]


@pytest.mark.parametrize(("way", "day"), [("rest", 10), ("form", 11)])
def test_a_reading_entered_in_the_office_begins_its_day(company: Company, way: str, day: int) -> None:
    def summaries() -> list[str]:
        return [each for each in owed(company, "GAS-R25") if each.startswith("2025-")]

    def enter(kind: str, month: int, value: str) -> int:
        read_on = date(2025, month, day)
        entries = {"meter_id": meter, "period": f"{read_on:%Y-%m}", "read_on": str(read_on), "value": value}
        if way == "form":
            answer = company.client_of(f"{EAST}.meter-reader").fill(
                "/gas/reading/new", {**{name: str(each) for name, each in entries.items()}, "kind": kind}
            )
            assert answer.status_code == 302, answer.text
            return 0
        body = {**entries, "kind": kind}
        answer = company.api_of(f"{EAST}.meter-reader")("POST", "/api/v1/gas/reading/", json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json["id"])

    with company.session(EAST) as session:
        account = gas_office.account(session, None)
        meter = gas_office.meter(session, account, None).id
    before = summaries()
    enter("opening", day - 8, "1")
    assert summaries() == before
    made = enter("actual", day - 7, "2")
    ends = {3: "2025-03-31 open", 4: "2025-04-30 open", 5: "2025-05-31 open"}
    assert summaries() == sorted([*before, ends[day - 7]])
    if way == "rest":  # it was of another month
        moved = {"read_on": "2025-05-10", "period": "2025-05"}
        answer = company.api_of(f"{EAST}.meter-reader")("PUT", f"/api/v1/gas/reading/{made}", json=moved)
        assert answer.status_code == 200, answer.text
        assert ends[5] in summaries()


def test_the_sales_summary_is_owed_the_same_day(company: Company) -> None:
    before = owed(company, "GAS-R34")
    with at(date(2026, 11, 16)), company.session(EAST) as session:
        accounts = [posted(session, models.RESIDENT).account_id for _each in range(2)]
    assert owed(company, "GAS-R34") == before  # nothing was sold
    for each in accounts:
        pay(company, each, "100.00", date(2026, 11, 16))
    assert owed(company, "GAS-R34") == sorted([*before, "2026-11-16 open"])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("GAS-R22", ["2026-11-23", "2026-12-23"]),
        ("GAS-R73", ["2026-11-25", "2026-12-25"]),
        ("GAS-R55", ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]),
    ],
)
def test_series_fall_on_their_days(company: Company, number: str, expected: list[str]) -> None:
    night(company, date(2026, 11, 17), WEST)
    due = [each.split()[0] for each in owed(company, number, WEST)]
    assert [each for each in due if "2026-11-17" < each <= "2026-12-26"] == expected


def test_the_days_of_commercial_customers_lie_within_those_of_business() -> None:
    first, last = defaults("GAS-R73")["pw_commercial_days"]
    assert all(first <= day <= last for day in defaults("GAS-R22")["commercial_read_days"])


def passed_over(company: Company, reason: str, branch: str) -> None:
    """A meter was passed over on the reading round of 3 November."""
    with at(date(2026, 11, 3)), company.session(branch) as session:
        visit = TakenVisit(
            key=str(uuid.uuid4()),
            digest="0",
            round="gas.readings",
            stop_id=1,
            user_id=company.people[f"{branch}.meter-reader"],
            outcome=SKIPPED,
            reason=reason,
            visited_at=clock.now(),
        )
        session.add(visit)
        session.flush()
        happened(session, "core.visit.added", [visit])


def test_an_abnormal_meter_is_told_to_the_head(company: Company) -> None:
    before = told(company, "GAS-R26")
    passed_over(company, "nobody-home", EAST)
    assert told(company, "GAS-R26") == before
    passed_over(company, "broken", EAST)
    assert told(company, "GAS-R26") == [*before, "in_app gas-east.department-head"]


def test_an_abnormal_meter_is_reported_within_the_days_that_are_set(company: Company) -> None:
    passed_over(company, "broken", EAST)
    assert owed(company, "GAS-R26-B") == []  # no days are set
    setting_changed_on(company, "GAS-R26-B", "report_days", 1)
    passed_over(company, "nobody-home", WEST)
    assert owed(company, "GAS-R26-B", WEST) == []
    passed_over(company, "broken", WEST)
    assert owed(company, "GAS-R26-B", WEST) == ["2026-11-04 open"]


def test_the_reader_is_told_to_urge_who_has_not_paid(company: Company) -> None:
    setting_changed_on(company, "GAS-R28-B", "urge_days", 2)
    with at(date(2026, 11, 16)), company.session(WEST) as session:
        account = gas_office.account(session, None)
        bill = usage_bill(session, account, "2026-09", "20.00", date(2026, 11, 16))
        happened(session, "gas.bill.posted", [bill], bill.billed_on)
        key = bill.id
    night(company, date(2026, 11, 19), WEST)
    assert owed(company, "GAS-R28-B", WEST, key) == []
    assert told(company, "GAS-R28", WEST, key) == []
    night(company, date(2026, 11, 20), WEST)
    assert owed(company, "GAS-R28-B", WEST, key) == ["2026-11-22 open"]
    assert told(company, "GAS-R28", WEST, key) == ["in_app gas-west.meter-reader"]


def test_what_is_late_goes_up_to_the_superiors_who_may_waive_it(company: Company) -> None:
    billed = date(2027, 1, 4)
    with at(billed):
        setting_changed(company, "GAS-R80", EAST, "reminder_channels", ("phone", "written"))
        with company.session(EAST) as session:
            bill = posted(session, models.RESIDENT, billed).id
    night(company, billed + timedelta(days=8))
    sent(company, bill, billed + timedelta(days=8))
    night(company, billed + timedelta(days=12))
    with company.session(EAST) as session:
        of_bill = (Obligation.rule == "GAS-R81", Obligation.record_id == bill)
        duty = session.scalars(select(Obligation).where(*of_bill)).one()
        key, step = duty.id, duty.step
    assert step == 1  # the team leader, a day after it was due; the head two days later
    page = f"/core/obligation/{key}"
    with at(billed + timedelta(days=12)):
        people = {
            each: company.client_of(f"{EAST}.{each}")
            for each in ("team-leader", "cashier", "duty-clerk", "finance")
        }
        assert "Hand what residents owe over" in people["team-leader"].get("/my-work/").text
        assert [each.get(page).status_code for each in people.values()] == [200, 200, 404, 403]
        assert people["cashier"].get(f"{page}/waive").status_code == 403
        waived = people["team-leader"].fill(f"{page}/waive", {"note": "Paid at another office."})
    assert waived.status_code == 302
    assert owed(company, "GAS-R81", record=bill) == [f"{billed + timedelta(days=11)} waived"]


@pytest.mark.parametrize(
    ("days", "climbed"),
    [({}, 2), ({"raised_to_head": 5}, 1), ({"raised_to_leader": None, "raised_to_head": 3}, 2)],
)
def test_a_branch_settles_when_what_is_late_goes_up(
    company: Company, days: dict[str, int | None], climbed: int
) -> None:
    for rung, default in (("raised_to_leader", 1), ("raised_to_head", 3)):
        assert (defaults("GAS-R81")[rung], rule("GAS-R81").setting(rung).inferred) == (default, True)
    billed = date(2027, 3, 1) + timedelta(days=30 * next(_months))
    with at(billed):
        setting_changed(company, "GAS-R80", EAST, "reminder_channels", ("phone", "written"))
        for name, value in days.items():
            setting_changed(company, "GAS-R81", EAST, name, value)
        with company.session(EAST) as session:
            bill = posted(session, models.RESIDENT, billed).id
    night(company, billed + timedelta(days=8))
    sent(company, bill, billed + timedelta(days=8))
    night(company, billed + timedelta(days=14))  # three days late
    with company.session(EAST) as session:
        of_bill = (Obligation.rule == "GAS-R81", Obligation.record_id == bill)
        assert session.scalars(select(Obligation.step).where(*of_bill)).one() == climbed
        session.execute(update(Obligation).where(*of_bill).values(state="done"))
    with at(billed + timedelta(days=15)):
        page = company.client_of(f"{EAST}.team-leader").get("/core/handbook/rule/GAS-R81").text
    assert "The paper gives no figure here" in page


def test_who_leads_others_sees_what_they_owe() -> None:
    given: dict[str, set[str]] = {}
    for each in RULES:
        for step in getattr(each, "ladder", ()) if not isinstance(each, Amount) else ():
            given.setdefault(step.position, set()).add(each.owner)
    assert given == {
        "gas.department-head": {"gas.meter-reader", "gas.cashier", "gas.team-leader", "gas.duty-clerk"},
        "gas.team-leader": {"gas.cashier", "gas.duty-clerk"},
    }
    unraised = {each.id for each in RULES if isinstance(each, Obliging) and not each.ladder}
    # what customers owe goes another way, and nobody is above the head
    assert unraised == {"GAS-R71", "GAS-R78", "GAS-R79", "GAS-R01-B"}
