"""What the rule book checks when meters, readings, accounts and payments are saved: refused, doubted and let in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import gas_company
import gas_office
from company import Api, Company
from core.data import clock
from core.measures.months import Months
from gas_rules import findings, setting_changed
from plugins.gas import models
from plugins.gas.reading_rates import BUSINESS, rates

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
EAST, WEST = "gas-east", "gas-west"
THREE = {"value": "12", "cumulative_usage": "300", "stored_balance": "0"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


def metered(company: Company, branch: str = EAST, use_class: str = models.RESIDENT) -> tuple[int, int]:
    """An account of a class of use with a meter that showed 10 at its opening; the ids of both."""
    with gas_company.office_of(company, branch).session() as session:
        account = gas_office.account(session, None, use_class=use_class)
        meter = gas_office.meter(session, account, ("2026-10-31", "10"))
        return account.id, meter.id


def reader(company: Company, branch: str = EAST) -> Api:
    return company.api_of(f"{branch}.meter-reader")


def reading(meter: int, **values: Any) -> dict[str, Any]:
    given = {"meter_id": meter, "period": "2026-11", "read_on": "2026-11-20", "value": "12", "kind": "actual"}
    return {**given, **values}


def read(company: Company, meter: int, branch: str = EAST, **values: Any) -> Any:
    return reader(company, branch)("POST", "/api/v1/gas/reading/", json=reading(meter, **values))


def test_a_meter_without_its_particulars_is_refused(company: Company) -> None:
    account, _meter = metered(company)
    entered = {
        "number": "K-100",
        "account_id": account,
        "type": "diaphragm",
        "digits": 5,
        "inlet_side": "left",
        "mounting": "outside",
        "service_years": 0,
        "installed_on": "2026-11-01",
        "state": "installed",
    }
    answer = reader(company)("POST", "/api/v1/gas/meter/", json=entered)
    assert answer.status_code == 422
    assert "Service life in years" in answer.json["errors"]["service_years"][0]
    assert "GAS-R16" in answer.json["errors"]["service_years"][0]
    (found,) = findings(company, "GAS-R16", EAST)
    assert found.outcome == "refused"
    known = {**entered, "service_years": 10}
    assert reader(company)("POST", "/api/v1/gas/meter/", json=known).status_code == 201
    setting_changed(company, "GAS-R16", WEST, "meter_required_fields", ("type", "number"))
    account, _meter = metered(company, WEST)
    in_the_west = {**entered, "account_id": account}
    assert reader(company, WEST)("POST", "/api/v1/gas/meter/", json=in_the_west).status_code == 201


def test_an_estimated_reading_is_refused_until_a_branch_lets_it_in(company: Company) -> None:
    _account, meter = metered(company)
    answer = read(company, meter, kind="estimated")
    assert answer.status_code == 422
    assert "GAS-R17" in answer.json["errors"]["kind"][0]
    assert read(company, meter).status_code == 201
    _account, meter = metered(company, WEST)
    assert read(company, meter, WEST, kind="estimated").status_code == 422
    setting_changed(company, "GAS-R17", WEST, "estimated_allowed", True)
    # The settings of the day on which it was read count, not of the day on which it is entered.
    assert read(company, meter, WEST, kind="estimated").status_code == 422
    assert read(company, meter, WEST, kind="estimated", read_on="2026-11-22").status_code == 201


def test_a_commercial_reading_has_three_values(company: Company) -> None:
    _account, meter = metered(company, use_class=models.COMMERCIAL)
    answer = read(company, meter, cumulative_usage="300")
    assert answer.status_code == 422
    assert "Balance stored in the meter" in answer.json["errors"]["stored_balance"][0]
    assert "GAS-R18" in answer.json["errors"]["stored_balance"][0]
    assert read(company, meter, **THREE).status_code == 201
    _account, home = metered(company)
    assert read(company, home).status_code == 201
    before = len(findings(company, "GAS-R18", EAST))
    _account, welfare = metered(company, use_class=models.PUBLIC_WELFARE)
    assert read(company, welfare).status_code == 201
    assert len(findings(company, "GAS-R18", EAST)) == before == 1


def test_an_account_without_a_tariff_raises_a_doubt(company: Company) -> None:
    clerk = company.api_of(f"{EAST}.cashier")
    entered = {
        "number": "T-1",
        "name": "李梅",
        "address": "和平里2号",
        "use_class": "resident",
        "opened_on": "2026-11-01",
        "state": "active",
        "read_order": 0,
        "pricing_year_month": 1,
        "pricing_year_day": 1,
    }
    made = clerk("POST", "/api/v1/gas/account/", json=entered)
    assert made.status_code == 201, made.text
    (found,) = findings(company, "GAS-R30", EAST)
    assert (found.outcome, found.subject_id) == ("warned", made.json["id"])
    with gas_company.office_of(company, EAST).session() as session:
        tariff = gas_office.tariff(session).id
    charged = {**entered, "number": "T-2", "tariff_id": tariff}
    assert clerk("POST", "/api/v1/gas/account/", json=charged).status_code == 201
    held = {**entered, "number": "T-3", "state": "held", "hold_reason": "搬迁"}
    assert clerk("POST", "/api/v1/gas/account/", json=held).status_code == 201
    assert len(findings(company, "GAS-R30", EAST)) == 1


def owing(company: Company, branch: str) -> int:
    with gas_company.office_of(company, branch).session() as session:
        account = gas_office.account(session, None)
        gas_office.opening_bill(session, account, date(2026, 10, 31), "0", "50.00")
        return account.id


def take(company: Company, branch: str, account: int, key: str, **values: str) -> Any:
    clerk = company.client_of(f"{branch}.cashier")
    given = {"amount": "10.00", "method": models.CASH, "request_key": key}
    return clerk.fill(f"/gas/counter/{account}", {**given, **values})


def test_cash_is_refused_until_its_notes_were_checked(company: Company) -> None:
    account = owing(company, EAST)
    refused = take(company, EAST, account, "first")
    assert refused.status_code == 422
    assert "Check every note for counterfeits and confirm it here. (GAS-R38" in refused.text
    (found,) = findings(company, "GAS-R38", EAST)
    assert found.outcome == "refused"
    assert take(company, EAST, account, "second", notes_checked="y").status_code == 302
    assert take(company, EAST, account, "third", method=models.UNIONPAY).status_code == 302
    assert len(findings(company, "GAS-R38", EAST)) == 1


def test_a_branch_may_do_without_checking_notes(company: Company) -> None:
    account = owing(company, WEST)
    setting_changed(company, "GAS-R38", WEST, "note_check_required", False)
    assert take(company, WEST, account, "once").status_code == 302
    assert findings(company, "GAS-R38", WEST) == []


def test_an_estimated_reading_counts_as_no_meter_read(company: Company) -> None:
    def business_meters() -> tuple[Any, Any]:
        with company.session(WEST) as session:
            found = rates(session, Months("2026-11", date(2026, 11, 22)))[BUSINESS]
        return next(((each.amount, each.of) for each in found if each.month == "2026-11"), (0, 0))

    before = business_meters()
    with gas_company.office_of(company, WEST).session() as session:
        account = gas_office.account(session, None, use_class=models.PUBLIC_WELFARE)
        meter = gas_office.meter(session, account, ("2026-10-31", "10"))
        gas_office.read(session, meter, "2026-11-20", "12", kind=models.ESTIMATED)
    assert business_meters() == (before[0], before[1] + 1)
