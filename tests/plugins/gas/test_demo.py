"""The example office: every bill is what the rules say, the last month waits, and the messes are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

import gas_office
from company import Company, app_on
from core.branches import Branch, BranchPlugin, branch_scope
from core.data import clock
from core.demo import DemoCompany
from core.handbook.models import NOT_IN_ORDER, Finding
from core.handbook.replay import replay
from core.inspections.kinds import NOT_OK
from core.inspections.models import FINISHED, Inspection, InspectionResult
from core.measures.keeping import keep_all
from core.measures.models import Figure
from core.messages.models import SENT, Outgoing
from core.reports.models import FiledReport
from core.worklist.models import DONE, OPEN, Obligation
from gas_office import Office
from plugins.gas import models, owing, tariffs
from plugins.gas.billing import periods, reasons
from plugins.gas.demo import fill
from plugins.gas.demo.duties import FOLLOWED
from plugins.gas.models import Account, Bill, BillLine, Reading
from plugins.gas.rules import Model, price_usage

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SIZE = 400
LOOKING = ("duty-clerk", "team-leader", "department-head")


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    """Branch gas-east of the example company, smaller than real, with those who look at the hall."""
    made = Company(app_on(module_migrated_url, module_home, plugin_folders=()))
    made.branches["gas-east"] = gas_office.add_branch(made.database, "gas-east")
    for position in LOOKING:
        made.add_person(f"gas-east.{position}", "gas-east", f"gas.{position}")
    with made.session() as session:
        session.add(BranchPlugin(branch_id=made.branches["gas-east"], plugin="gas"))
    with clock.frozen(NOW), made.session() as session:
        branch = session.get_one(Branch, made.branches["gas-east"])
        filled = DemoCompany(session, {branch.code: branch}, {branch.code: ("gas",)})
        filled.size = lambda _whole: SIZE  # type: ignore[method-assign]
        fill(filled)
    yield made
    made.database.dispose()


@pytest.fixture
def example(company: Company) -> Office:
    return Office(company.database, company.branches["gas-east"])


def test_those_who_owe_longest_are_followed_up(example: Office) -> None:
    with example.session() as session:
        orders = session.execute(
            select(models.CutOff.state, func.count()).group_by(models.CutOff.state)
        ).all()
        assert dict(map(tuple, orders)) == {
            "handed-over": 1,
            "noticed": 2,
            "decided": 1,
            "executed": 1,
            "restored": 1,
            "withdrawn": 1,
        }
        assert set(session.scalars(select(models.Hold.kind))) == {"dispute", "in_transit"}
        assert len(set(session.scalars(select(models.Protection.reason)))) >= 4


def test_what_is_kept_is_what_is_worked_out_again(company: Company) -> None:
    with clock.frozen(NOW), company.session("gas-east") as session:
        keep_all(session, NOW.date())
        figures = session.execute(select(Figure.measure, Figure.month, Figure.final)).all()
        found = replay(session)
        assert {each.measure for each in figures if each.final} >= {"gas.taken", "gas.read", "gas.overdue"}
        assert [each.month for each in figures if each.measure == "gas.taken" and not each.final] == [
            "2026-11"
        ]
        assert found.differences == []
        assert found.judged >= (session.scalar(select(func.count(models.Arrears.id))) or 0) > 10


def test_some_bills_reach_the_higher_tiers(example: Office) -> None:
    with example.session() as session:
        higher = select(func.count(func.distinct(BillLine.bill_id))).where(BillLine.tier > 1)
        bills = session.scalar(select(func.count(Bill.id))) or 0
        assert 0 < (session.scalar(higher) or 0) < bills / 10


def test_every_bill_is_what_the_rules_say(example: Office) -> None:
    with example.session() as session:
        versions = {each.id: each for each in session.scalars(select(models.TariffVersion))}
        rules = {key: tariffs.rules_of(each) for key, each in versions.items()}
        lines: dict[int, list[tuple[int, Decimal, Decimal]]] = defaultdict(list)
        for line in session.scalars(select(BillLine).order_by(BillLine.tier)):
            lines[line.bill_id].append((line.tier, line.volume, line.amount))
        used: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
        checked = 0
        for bill in session.scalars(select(Bill).order_by(Bill.period)):
            assert bill.tariff_version_id is not None
            rule = rules[bill.tariff_version_id]
            counted = rule.model in (Model.ANNUAL, Model.METER_YEAR)
            before = used[bill.account_id, bill.pricing_year] if counted else Decimal(0)
            month = periods.month_of(bill.period)
            priced = price_usage(
                rule, bill.usage, before, end_month=month, months=bill.months, extra=bill.extra_allowance
            )
            assert (bill.volume_before, bill.total) == (before, priced.total)
            assert lines[bill.id] == [(each.tier, each.volume, each.amount) for each in priced.lines]
            used[bill.account_id, bill.pricing_year] += bill.usage
            checked += 1
        assert checked > SIZE * 9


def test_last_month_waits_to_be_billed(example: Office) -> None:
    with example.session() as session:
        billed = {period for (period,) in session.execute(select(Bill.period).distinct())}
        assert billed == {"2025-11", "2025-12", *(f"2026-{month:02d}" for month in range(1, 10))}
        waiting = select(func.count()).where(Reading.period == "2026-10", Reading.bill_id.is_(None))
        assert session.scalar(waiting) > SIZE * 0.9
        run = gas_office.bill(session, "2026-10")
        assert run.bills > SIZE * 0.9
        session.rollback()


def test_messes_of_real_life_are_there(example: Office) -> None:
    with example.session() as session:
        bills = list(session.scalars(select(Bill)))
        assert any(bill.months == 2 for bill in bills), "a missed month"
        assert any(not bill.usage for bill in bills), "nothing used"
        meters = Counter(session.scalars(select(models.Meter.account_id)))
        assert max(meters.values()) == 2, "a replaced meter"
        opened = session.scalars(select(Account.opened_on)).all()
        assert any(day > date(2025, 12, 1) for day in opened), "a new account in mid-year"
        skipped = set(session.scalars(select(models.BillingSkip.reason)))
        assert reasons.NO_READING in skipped
        assert owing.debt_in_all(session, owing.Debts(date(2026, 11, 22)))[0] > 0


def test_the_rule_book_followed_the_last_bills(company: Company) -> None:
    with company.session("gas-east") as session:
        rows = session.execute(select(Obligation.rule, Obligation.state, Obligation.late_on.is_not(None)))
        found = Counter(row[:2] for row in rows)
        late = session.scalars(
            select(Obligation.record_id).where(Obligation.rule == "GAS-R79", Obligation.late_on.is_not(None))
        ).all()
        handed = session.scalars(select(Obligation.record_id).where(Obligation.rule == "GAS-R81")).all()
        asked = select(Outgoing.record_id, Outgoing.state).where(Outgoing.template == "gas.reminder")
        reminders = session.execute(asked).all()
        owing_still = set(session.scalars(select(Bill.id).where(*owing.unpaid())))
        still = session.scalars(
            select(Obligation.record_id).where(Obligation.rule == "GAS-R79", Obligation.state == OPEN)
        ).all()
    assert found["GAS-R79", DONE] > FOLLOWED / 2
    assert 0 < len(late) < FOLLOWED / 3
    assert sorted(handed) == sorted(late)
    assert {each.record_id for each in reminders} >= set(late)
    assert {each.state for each in reminders} == {SENT}
    assert set(still) <= owing_still


def test_the_hall_was_looked_at(company: Company) -> None:
    with company.session("gas-east") as session:
        rounds = Counter(session.scalars(select(Inspection.round)))
        states = set(session.scalars(select(Inspection.state)))
        bad = session.scalars(select(InspectionResult.id).where(InspectionResult.verdict == NOT_OK)).all()
        found = session.scalars(select(Finding.subject_id).where(Finding.outcome == NOT_IN_ORDER)).all()
        owed = select(Obligation.rule, Obligation.state, Obligation.due_on).where(Obligation.step == 1)
        raised = session.execute(owed.where(Obligation.rule.in_(("GAS-R45-B", "GAS-R57-B")))).all()
    assert {rounds["gas.hall-opening"], rounds["gas.hall"]} == {7}
    assert rounds["gas.hall-closing"] == 6
    assert [tuple(each) for each in raised] == [("GAS-R57-B", OPEN, NOW.date() - timedelta(days=2))]
    assert states == {FINISHED}
    assert bad
    assert sorted(bad) == sorted(each for each in found if each is not None)


def test_days_and_months_were_reported(company: Company) -> None:
    with company.session("gas-east") as session:
        own = FiledReport
        rows = session.execute(select(own.kind, own.state, func.count()).group_by(own.kind, own.state))
        late = session.scalars(select(own.kind).where(own.first_handed_in_on > own.due_on)).all()
        duties = session.scalars(select(Obligation.state).where(Obligation.rule == "GAS-R34")).all()
    assert {(kind, state): count for kind, state, count in rows} == {
        ("gas.daily-sales", "signed"): 4,
        ("gas.daily-sales", "handed-in"): 1,
        ("gas.monthly-reading", "signed"): 3,
        ("gas.monthly-collection", "signed"): 2,
        ("gas.monthly-collection", "sent-back"): 1,
    }
    assert late == ["gas.daily-sales"]
    assert duties == [DONE] * 5


def test_same_day_makes_the_same_data(example: Office, backend: str) -> None:
    with branch_scope(example.branch_id), example.database.sessions() as session:
        names = session.scalars(select(Account.name).order_by(Account.number).limit(3)).all()
        usage = session.scalars(select(Bill.usage).order_by(Bill.number).limit(3)).all()
    known = SAME.setdefault("example", (names, usage))
    assert known == (names, usage), f"{backend} has other data"


SAME: dict[str, tuple[object, object]] = {}
