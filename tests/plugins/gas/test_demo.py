"""The example office: every bill is what the rules say, the last month waits, and the messes are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

import gas_office
from core.branches import Branch, branch_scope, system_scope
from core.data import clock
from core.data.database import Database
from core.demo import DemoCompany
from gas_office import Office
from plugins.gas import models, owing, tariffs
from plugins.gas.billing import periods, reasons
from plugins.gas.demo import fill
from plugins.gas.models import Account, Bill, BillLine, Reading
from plugins.gas.rules import Model, price_usage

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SIZE = 400


@pytest.fixture(scope="module")
def example(module_migrated_url: str) -> Iterator[Office]:
    """Branch gas-east of the example company, smaller than real."""
    database = Database(module_migrated_url)
    branch_id = gas_office.add_branch(database, "gas-east")
    with clock.frozen(NOW), database.sessions() as session, system_scope("a test reads a branch"):
        branch = session.get_one(Branch, branch_id)
        company = DemoCompany(session, {branch.code: branch}, {branch.code: ("gas",)})
        company.size = lambda _whole: SIZE  # type: ignore[method-assign]
        fill(company)
        session.commit()
    yield Office(database, branch_id)
    database.dispose()


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


def test_same_day_makes_the_same_data(example: Office, backend: str) -> None:
    with branch_scope(example.branch_id), example.database.sessions() as session:
        names = session.scalars(select(Account.name).order_by(Account.number).limit(3)).all()
        usage = session.scalars(select(Bill.usage).order_by(Bill.number).limit(3)).all()
    known = SAME.setdefault("example", (names, usage))
    assert known == (names, usage), f"{backend} has other data"


SAME: dict[str, tuple[object, object]] = {}
