"""The billing statements agree with the rules for any tariff, on thousands of accounts, on both databases."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

import gas_office
from core.branches import setwise
from core.data.database import Database
from gas_office import Office
from plugins.gas import models, tariffs
from plugins.gas.models import Account, Bill, BillLine, Meter
from plugins.gas.rules import Model, Rounding, price_usage

DIGITS = 8
CAPACITY = 10**DIGITS
PART = Decimal("0.0001")
EXAMPLES = 20
_codes = itertools.count(1)


def parts(least: int, most: int) -> st.SearchStrategy[Decimal]:
    """Figures with four decimals, given in 1/10,000."""
    return st.integers(least, most).map(lambda units: units * PART)


volumes = st.one_of(parts(0, 20_000_000), st.integers(0, 1500).map(Decimal), parts(0, 10**10))


@dataclass(frozen=True)
class Case:
    """An account: what was used before, what its meter showed first, how much is used, in how many months."""

    before: Decimal
    shown: Decimal
    usage: Decimal
    extra: Decimal
    months: int


cases = st.builds(
    Case,
    before=volumes,
    shown=parts(0, CAPACITY * 10_000 - 1),
    usage=volumes,
    extra=st.one_of(st.just(Decimal(0)), parts(1, 3_000_000)),
    months=st.integers(1, 4),
)


@st.composite
def tiers(draw: st.DrawFn, count: int) -> tuple[str, str]:
    uppers = sorted(draw(st.sets(parts(1, 8_000_000), min_size=count, max_size=count)))
    prices = draw(st.lists(parts(0, 100_000), min_size=count + 1, max_size=count + 1))
    return ", ".join(map(str, uppers)), ", ".join(map(str, prices))


@st.composite
def versions(draw: st.DrawFn) -> dict[str, Any]:
    model = draw(st.sampled_from(list(Model)))
    count = 0 if model is Model.FLAT else draw(st.integers(1, 4))
    found: dict[str, Any] = {"model": model.value, "rounding": draw(st.sampled_from(list(Rounding))).value}
    found["minimum"] = draw(st.just(Decimal(0)) | parts(1, 500_000))
    if model is Model.MONTHLY and draw(st.booleans()):
        summer, winter = draw(tiers(count)), draw(tiers(count))
        found["seasons"] = f"5-10: {' / '.join(summer)}\n11-4: {' / '.join(winter)}"
        return {**found, "uppers": "", "prices": ""}
    found["uppers"], found["prices"] = draw(tiers(count))
    return found


@settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(version=versions(), month=st.integers(1, 12), accounts=st.lists(cases, min_size=60, max_size=80))
def test_a_bill_is_what_the_rules_say(
    gas_database: Database, version: dict[str, Any], month: int, accounts: list[Case]
) -> None:
    office = Office(gas_database, gas_office.add_branch(gas_database, f"any-{next(_codes)}"))
    period = f"2026-{month:02d}"
    with office.session() as session:
        tariff = gas_office.tariff(session, **version)
        by_number = put(session, tariff.id, period, accounts)
        run = gas_office.bill(session, period)
        assert (run.bills, run.skipped) == (len(accounts), 0)
        compare(session, tariff, period, by_number)


def put(session: Session, tariff_id: int, period: str, accounts: list[Case]) -> dict[str, Case]:
    """Accounts with meters and readings, set-wise."""
    by_number = {f"{place:06d}": case for place, case in enumerate(accounts)}
    common = {"name": "李娜", "address": "建设路2号", "opened_on": date(2014, 1, 1), "tariff_id": tariff_id}
    setwise.insert_rows(session, Account, [{"number": number, **common} for number in by_number])
    account_ids = {each.number: each.id for each in session.scalars(select(Account))}
    meter = {"type": "diaphragm", "digits": DIGITS, "installed_on": date(2014, 1, 1)}
    setwise.insert_rows(
        session,
        Meter,
        [{"number": number, "account_id": account_ids[number], **meter} for number in by_number],
    )
    meter_ids = {each.number: each.id for each in session.scalars(select(Meter))}
    readings, households, balances = [], [], []
    for number, case in by_number.items():
        ids = {"account_id": account_ids[number], "meter_id": meter_ids[number]}
        readings += [{**ids, **row} for row in readings_of(period, case)]
        if case.extra:
            households.append(
                {
                    "account_id": ids["account_id"],
                    "members": 5,
                    "extra_allowance": case.extra,
                    "valid_from": date(2020, 1, 1),
                }
            )
        balances.append(balance_of(number, ids["account_id"], case))
    setwise.insert_rows(session, models.Reading, readings)
    setwise.insert_rows(session, models.Household, households)
    setwise.insert_rows(session, Bill, balances)
    return by_number


def readings_of(period: str, case: Case) -> list[dict[str, Any]]:
    year, month = int(period[:4]), int(period[5:])
    first = date(year + (month - 1 - case.months) // 12, (month - 1 - case.months) % 12 + 1, 20)
    last = case.shown + case.usage
    return [
        {
            "kind": models.OPENING,
            "value": case.shown,
            "read_on": first,
            "period": f"{first:%Y-%m}",
            "rollover_confirmed": False,
        },
        {
            "kind": models.ACTUAL,
            "value": last % CAPACITY,
            "read_on": date(year, month, 20),
            "period": period,
            "rollover_confirmed": last >= CAPACITY,
        },
    ]


def balance_of(number: str, account_id: int, case: Case) -> dict[str, Any]:
    return {
        "number": f"B{number}",
        "account_id": account_id,
        "kind": models.OPENING_BALANCE,
        "period": "2026-01",
        "read_from": date(2026, 1, 1),
        "read_to": date(2026, 1, 1),
        "usage": case.before,
        "volume_before": Decimal(0),
        "pricing_year": date(2026, 1, 1),
        "extra_allowance": Decimal(0),
        "months": 1,
        "rounding": "line",
        "total": Decimal("0.00"),
        "billed_on": date(2026, 1, 1),
        "due_on": date(2026, 1, 8),
    }


def compare(session: Session, tariff: models.Tariff, period: str, by_number: dict[str, Case]) -> None:
    version = session.scalars(
        select(models.TariffVersion).where(models.TariffVersion.tariff_id == tariff.id)
    ).one()
    rule = tariffs.rules_of(version)
    counted = rule.model in (Model.ANNUAL, Model.METER_YEAR)
    lines: dict[int, list[Any]] = {}
    for line in session.scalars(select(BillLine).order_by(BillLine.tier)):
        shown = (line.tier, line.volume, line.price, line.lower, line.upper, line.amount)
        lines.setdefault(line.bill_id, []).append(shown)
    bills = session.execute(
        select(Bill, Account.number)
        .join(Account, Account.id == Bill.account_id)
        .where(Bill.kind == models.USAGE)
    )
    for bill, number in bills:
        case = by_number[number]
        priced = price_usage(
            rule,
            case.usage,
            case.before if counted else Decimal(0),
            end_month=int(period[5:]),
            months=case.months,
            extra=case.extra,
        )
        assert (bill.usage, bill.volume_before, bill.months) == (case.usage, priced.before, case.months)
        assert bill.total == priced.total
        assert lines.get(bill.id, []) == [
            (line.tier, line.volume, line.price, line.lower, line.upper, line.amount) for line in priced.lines
        ]
