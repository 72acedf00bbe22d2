"""Rules that an administrator wrote about what the gas office's program writes: at the counter, on the phone, of a
sheet, in a billing run."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import gas_company
import gas_office
from company import Company, counted
from core.data import clock
from core.exchange.kinds import Row
from core.handbook.own.expression import Condition
from core.handbook.own.models import DRAFT, OwnRule
from core.handbook.own.service import Written, draft, publish
from core.handbook.replay import replay
from core.handbook.stored import live_map
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from gas_rules import findings
from plugins.gas import models
from plugins.gas.billing import reasons
from plugins.gas.billing.reasons import told
from plugins.gas.rounds import READINGS
from plugins.gas.sheets.reading import READING_SHEET

EAST = "gas-east"
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PERIOD = {"period": "2026-11"}
OBLIGE = Written(
    entity="gas.reading",
    moment="added",
    name="Own",
    document="House rules",
    heading="1",
    says="Look at it again.",
    effect="oblige",
    conditions=(),
    owner="gas.cashier",
    length=3,
    kind="days",
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


@pytest.fixture
def gas(company: Company) -> Iterator[Company]:
    """The company, its own rules gone afterwards: retired ones would go on judging what is entered late."""
    yield company
    with company.session() as session:
        for row in session.scalars(select(OwnRule)):
            row.state = DRAFT


def in_force(company: Company, *conditions: Condition, since: date = date(2026, 1, 1), **changes: Any) -> str:
    """Publish an own rule in gas-east; answers its id."""
    wanted = Written(**{**OBLIGE.__dict__, "conditions": conditions, **changes})
    with company.session() as session:
        row = draft(session, wanted, company.branches[EAST], None)
        publish(session, row, since, None)
        return row.rule_id


def owed(company: Company, rule: str) -> list[tuple[str, int, date]]:
    with company.session(EAST) as session:
        rows = session.scalars(select(Obligation).where(Obligation.rule == rule).order_by(Obligation.id))
        return [(each.entity, each.record_id, each.starts_on) for each in rows]


def a_meter(company: Company, branch: str = EAST, **of_account: Any) -> models.Meter:
    with company.session(branch) as session:
        account = gas_office.account(session, None, **of_account)
        made = gas_office.meter(session, account, ("2026-10-28", "100"))
        session.flush()
        session.refresh(made)
        session.expunge(made)
        return made


def readings(company: Company, meter: models.Meter) -> list[int]:
    wanted = select(models.Reading.id).where(models.Reading.meter_id == meter.id)
    with company.session(EAST) as session:
        return list(session.scalars(wanted.where(models.Reading.kind == models.ACTUAL)))


def by_phone(company: Company, meter: models.Meter, value: str = "110", **changes: Any) -> Any:
    given = {
        "key": str(uuid.uuid4()), "branch": EAST, "stop": meter.id, "basis": PERIOD,
        "values": {"value": value, "note": ""}, "at": "2026-11-20T10:30:00+08:00", "confirmed": False,
        "reason": "", "skip": "", "note": "", **changes,
    }  # fmt: skip
    reader = company.client_of("gas-east.meter-reader")
    sent = {"visit": json.dumps(given)}
    return reader.post("/core/round/gas/readings/visits", sent, headers={"Accept": "application/json"}).json


def rows_of(*meters: models.Meter, value: str = "110", **cells: str) -> list[Row]:
    given = {"account_number": "", "read_on": "2026-11-20", "reading": value, **cells}
    return [Row(number, {**given, "meter_number": each.number}) for number, each in enumerate(meters, 2)]


def by_sheet(company: Company, rows: list[Row]) -> list[Row]:
    """Judge rows, and store them but those with errors: what is doubted is confirmed."""
    with company.session(EAST) as session:
        READING_SHEET.check(session, rows, PERIOD)
        good = [each for each in rows if not any(found.level == "error" for found in each.findings)]
        if good:
            READING_SHEET.store(session, good, PERIOD, None)
    return rows


def bill(company: Company, *readings_: tuple[str, str], branch: str = EAST) -> int:
    """An account with these readings, billed by a run of November; answers the account."""
    with company.session(branch) as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-10-31", "0"), *readings_)
        gas_office.bill(session, "2026-11")
        return account.id


def bills(company: Company, account: int) -> list[int]:
    with company.session(EAST) as session:
        return list(session.scalars(select(models.Bill.id).where(models.Bill.account_id == account)))


READ = ("2026-11-20", "30")


# ---------------------------------------------------------------- after something was added


def test_a_reading_by_phone_and_of_a_sheet_sets_an_own_rule_off(gas: Company) -> None:
    rule = in_force(gas, Condition("kind", "is", "actual"))
    phone, one, two = a_meter(gas), a_meter(gas), a_meter(gas)
    assert by_phone(gas, phone)["state"] == "accepted"
    by_sheet(gas, rows_of(one, two))
    wanted = [each for meter in (phone, one, two) for each in readings(gas, meter)]
    assert len(wanted) == 3
    assert owed(gas, rule) == [("gas.reading", each, date(2026, 11, 20)) for each in wanted]


def test_a_payment_at_the_counter_sets_an_own_rule_off(gas: Company) -> None:
    rule = in_force(gas, Condition("method", "is", "cash"), entity="gas.payment")
    account = bill(gas, READ)
    paid = gas_company.pay(gas, account)
    assert owed(gas, rule) == [("gas.payment", paid, TODAY)]


def test_the_bills_of_a_run_set_an_own_rule_off_in_their_branch_alone(gas: Company) -> None:
    rule = in_force(gas, Condition("kind", "is", "usage"), entity="gas.bill")
    told = in_force(gas, Condition("period", "is", "2026-11"), entity="gas.bill", effect="tell")
    account = bill(gas, READ)
    bill(gas, READ, branch="gas-west")
    (made,) = bills(gas, account)
    assert [each[:2] for each in owed(gas, rule)] == [("gas.bill", made)]
    with gas.session() as session:
        letters = session.scalars(select(Outgoing).where(Outgoing.rule == told)).all()
        assert [each.record_id for each in letters] == [made]


def test_what_is_entered_late_is_told_to_the_rules_of_its_day(gas: Company) -> None:
    actual = Condition("kind", "is", "actual")
    rules = [in_force(gas, actual, since=TODAY.replace(day=day)) for day in (20, 21)]
    meter = a_meter(gas)
    by_sheet(gas, rows_of(meter))
    (made,) = readings(gas, meter)
    assert [len(owed(gas, each)) for each in rules] == [1, 0]
    assert owed(gas, rules[0]) == [("gas.reading", made, date(2026, 11, 20))]


def test_what_is_undone_sets_nothing_off(gas: Company) -> None:
    rule = in_force(gas, Condition("kind", "is", "actual"))
    meter = a_meter(gas)
    with gas.session(EAST) as session:
        inside = session.begin_nested()
        gas_office.read(session, meter, "2026-11-20", "110")
        inside.rollback()
    assert owed(gas, rule) == []


def test_nothing_is_read_where_no_own_rule_waits(gas: Company) -> None:
    accounts = [bill(gas, READ), bill(gas, READ)]
    gas_company.pay(gas, accounts[0])
    with counted(gas.database) as statements:
        gas_company.pay(gas, accounts[1])
    assert not any("core_own_rule" in each for each in statements)


# ---------------------------------------------------------------- before it is stored

CHECK = {"moment": "save", "effect": "refuse", "owner": "", "says": "Too much for one month (100%)."}
MUCH = Condition("value", "more", "500")


def found_of(rows: list[Row]) -> list[list[tuple[str, str, str]]]:
    return [[(each.level, each.column, each.message) for each in row.findings] for row in rows]


def test_an_own_check_refuses_readings_of_a_sheet_and_by_phone(gas: Company) -> None:
    rule = in_force(gas, MUCH, **CHECK)
    wrong, good, phone = a_meter(gas), a_meter(gas), a_meter(gas)
    rows = by_sheet(gas, [*rows_of(wrong, value="501"), *rows_of(good, value="500")])
    assert found_of(rows) == [[("error", "", CHECK["says"])], []]
    assert (readings(gas, wrong), len(readings(gas, good))) == ([], 1)
    answer = by_phone(gas, phone, "501", confirmed=True, reason="looked-again")
    assert answer["state"] == "refused"
    assert CHECK["says"] in answer["message"]
    assert readings(gas, phone) == []
    (kept,) = findings(gas, rule, EAST)
    assert (kept.outcome, kept.day) == ("refused", date(2026, 11, 20))


def test_what_an_own_check_doubts_is_confirmed_and_kept(gas: Company) -> None:
    rule = in_force(gas, MUCH, **{**CHECK, "effect": "warn"})
    sheet, other, phone = a_meter(gas), a_meter(gas), a_meter(gas)
    rows = by_sheet(gas, [*rows_of(sheet, value="501"), *rows_of(other)])
    assert found_of(rows) == [[("warning", "", CHECK["says"])], []]
    assert by_phone(gas, phone, "501")["state"] == "confirm"
    assert readings(gas, phone) == []
    sure = by_phone(gas, phone, "501", confirmed=True, reason="looked-again")
    assert sure["state"] == "accepted"
    assert [(each.outcome, each.subject_id) for each in findings(gas, rule, EAST)] == [
        ("warned", number) for meter in (sheet, phone) for number in readings(gas, meter)
    ]


def test_a_shop_is_read_with_its_three_values_by_phone_and_of_a_sheet(gas: Company) -> None:
    """GAS-R18, which the form asks too."""
    sheet, phone = (a_meter(gas, use_class=models.COMMERCIAL) for _ in range(2))
    wrong = by_sheet(gas, rows_of(sheet))
    assert [(each.level, each.column) for each in wrong[0].findings] == [("error", "cumulative_usage")]
    assert by_phone(gas, phone)["state"] == "refused"
    good = by_sheet(gas, rows_of(sheet, cumulative_usage="1,300", stored_balance="0"))
    assert good[0].findings == []
    full = {"value": "110", "note": "", "cumulative_usage": "1300", "stored_balance": "0"}
    assert by_phone(gas, phone, values=full)["state"] == "accepted"
    with gas.session(EAST) as session:
        for meter in (sheet, phone):
            (number,) = readings(gas, meter)
            row = session.get_one(models.Reading, number)
            assert (row.cumulative_usage, row.stored_balance) == (1300, 0)


def test_the_round_asks_shops_alone_for_what_their_meters_show_besides(gas: Company) -> None:
    shop, home = a_meter(gas, use_class=models.COMMERCIAL), a_meter(gas)
    with gas.session(EAST) as session:
        found = {each.id: each.without for each in READINGS.stops(session, "-").stops}
    assert (found[shop.id], found[home.id]) == ((), ("cumulative_usage", "stored_balance"))


def test_an_own_check_refuses_bills_of_a_run_and_says_why(gas: Company) -> None:
    dear = (Condition("total", "more", "50"), Condition("account.state", "is", "active"))
    rule = in_force(gas, *dear, **CHECK, entity="gas.bill")
    in_force(
        gas, Condition("total", "more", "50"), **CHECK, entity="gas.bill", since=TODAY.replace(year=2027)
    )
    wrong, good = bill(gas, READ), bill(gas, ("2026-11-20", "10"))
    assert (bills(gas, wrong), len(bills(gas, good))) == ([], 1)
    with gas.session(EAST) as session:
        skips = session.scalars(
            select(models.BillingSkip).where(models.BillingSkip.account_id == wrong)
        ).all()
        assert len(skips) == 2, "the next run tries it again"
        for skip in skips:
            assert (skip.reason, told(skip)[:32]) == (reasons.RULE, "A rule of the rule book refuses ")
    kept, *_again = findings(gas, rule, EAST)
    assert (kept.outcome, kept.subject_id) == ("refused", None)
    assert live_map(kept.inputs) == {"total": Decimal("90.00"), "account.state": "active"}
    shown = gas.client_of("gas-east.finance").get(f"/core/handbook/why/finding/{kept.key}")
    assert CHECK["says"] in shown.text
    with gas.session() as session:
        again = replay(session)
        assert [each for each in again.differences if each.rule == rule] == []


def test_what_an_own_check_doubts_of_a_bill_stays_with_it(gas: Company) -> None:
    either = (Condition("total", "at_least", "90.00"), Condition("period", "is", "2020-01"))
    rule = in_force(gas, *either, all_of=False, **{**CHECK, "effect": "warn"}, entity="gas.bill")
    (doubted,), (fine,) = bills(gas, bill(gas, READ)), bills(gas, bill(gas, ("2026-11-20", "29.9")))
    found = {each.subject_id: each.outcome for each in findings(gas, rule, EAST)}
    assert (found.get(doubted), found.get(fine)) == ("warned", None)
