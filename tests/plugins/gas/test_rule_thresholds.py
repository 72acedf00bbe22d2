"""Rates of reading and collecting against the rule book's targets: reached, missed, and not applicable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import gas_office
from core.handbook import thresholds
from core.handbook.thresholds import MISSED, NOT_APPLICABLE, REACHED
from core.measures.months import Months
from gas_books import paid, usage_bill
from gas_office import Office
from gas_rules import defaults, rule
from plugins.gas import models
from plugins.gas.measures import MEASURES

TODAY = date(2026, 11, 22)
MONTHS = Months("2026-11", TODAY)
SUMS: dict[str, Any] = {each.id: each.sums for each in MEASURES}


def figure(office: Office, number: str, month: str) -> Decimal | None:
    """The rule's measure in a month, in percent; None where nothing was due."""
    with office.session() as session:
        found = [each for each in SUMS[rule(number).measure](session, MONTHS) if each.month == month]
    assert all(each.branch_id == office.branch_id for each in found)
    return Decimal(found[0].amount) / Decimal(found[0].of) * 100 if found and found[0].of else None


def state(office: Office, number: str, month: str, **settings: Any) -> str:
    found = rule(number)
    target = defaults(number, **settings)[found.target]
    return thresholds.verdict(found, figure(office, number, month), target).state


def meters(office: Office, count: int, read: dict[str, int], use_class: str, mounting: str) -> None:
    """So many meters of a kind; in each month so many of them are read, always from the first on."""
    with office.session() as session:
        for place in range(count):
            account = gas_office.account(session, None, use_class=use_class)
            meter = gas_office.meter(session, account, ("2025-01-31", "0"), mounting=mounting)
            for month, so_many in read.items():
                if place < so_many:
                    gas_office.read(session, meter, f"{month}-15", "5")


def test_commercial_and_public_welfare_meters_are_all_read_each_month(
    office: Office, neighbour: Office
) -> None:
    meters(office, 2, {"2026-09": 2, "2026-10": 2}, models.COMMERCIAL, models.INSIDE)
    meters(office, 3, {"2026-09": 3, "2026-10": 2}, models.PUBLIC_WELFARE, models.OUTSIDE)
    meters(office, 2, {}, models.RESIDENT, models.OUTSIDE)
    meters(neighbour, 1, {}, models.COMMERCIAL, models.OUTSIDE)
    assert figure(office, "GAS-R19", "2026-10") == 80
    assert state(office, "GAS-R19", "2026-09") == REACHED
    assert state(office, "GAS-R19", "2026-10") == MISSED
    assert state(neighbour, "GAS-R19", "2026-09") == MISSED


def test_of_the_meters_outside_homes_98_in_100_are_read_each_month(office: Office) -> None:
    assert state(office, "GAS-R20", "2026-10") == NOT_APPLICABLE
    meters(office, 50, {"2026-09": 49, "2026-10": 48}, models.RESIDENT, models.OUTSIDE)
    meters(office, 1, {}, models.RESIDENT, models.INSIDE)
    assert (figure(office, "GAS-R20", "2026-09"), state(office, "GAS-R20", "2026-09")) == (98, REACHED)
    assert (figure(office, "GAS-R20", "2026-10"), state(office, "GAS-R20", "2026-10")) == (96, MISSED)
    assert state(office, "GAS-R20", "2026-10", rate_outside=Decimal(96)) == REACHED


def test_of_the_meters_inside_homes_70_in_100_are_read_each_quarter(office: Office) -> None:
    meters(office, 10, {"2026-07": 4, "2026-08": 5, "2026-09": 7}, models.RESIDENT, models.INSIDE)
    meters(office, 3, {}, models.RESIDENT, models.OUTSIDE)
    assert [figure(office, "GAS-R21", f"2026-0{month}") for month in (6, 7, 8, 9)] == [0, 40, 50, 70]
    assert state(office, "GAS-R21", "2026-09") == REACHED
    assert state(office, "GAS-R21", "2026-08") == MISSED
    assert figure(office, "GAS-R21", "2026-10") == 0  # another quarter
    assert thresholds.months_of(rule("GAS-R21"), "2026-08") == ("2026-07", "2026-08", "2026-09")


def test_reading_and_collecting_has_a_target_once_the_company_sets_one(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(session, tariff.id, ("2026-09-30", "0"), ("2026-10-31", "9"))
        gas_office.metered(session, None, ("2026-09-30", "0"), ("2026-10-31", "9"))
        gas_office.bill(session, "2026-10")
    assert figure(office, "GAS-R70", "2026-10") == 50
    assert state(office, "GAS-R70", "2026-10") == NOT_APPLICABLE
    assert state(office, "GAS-R70", "2026-10", company_rate_standard=Decimal(95)) == MISSED
    assert state(office, "GAS-R70", "2026-10", company_rate_standard=Decimal(50)) == REACHED


@pytest.mark.parametrize(
    ("amount", "expected"), [("95.00", REACHED), ("94.99", MISSED), (None, NOT_APPLICABLE)]
)
def test_95_in_100_of_what_was_charged_are_recovered(
    office: Office, amount: str | None, expected: str
) -> None:
    if amount is not None:
        with office.session() as session:
            account = gas_office.account(session, None)
            bill = usage_bill(session, account, "2026-10", "100.00", date(2026, 11, 8))
            paid(session, bill, amount, date(2026, 11, 9))
    assert state(office, "GAS-R72", "2026-10") == expected


def test_what_is_reported_is_right_to_the_last_account(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(session, tariff.id, ("2026-08-31", "0"), ("2026-09-30", "5"), ("2026-10-31", "9"))
        gas_office.metered(session, tariff.id, ("2026-08-31", "0"), ("2026-09-30", "5"))
        held = gas_office.metered(session, tariff.id, ("2026-08-31", "0"))
        held.state, held.hold_reason = models.HELD, "搬迁"
        session.flush()
        gas_office.bill(session, "2026-09")
        gas_office.bill(session, "2026-10")
    assert state(office, "GAS-R77", "2026-09") == REACHED
    assert (figure(office, "GAS-R77", "2026-10"), state(office, "GAS-R77", "2026-10")) == (50, MISSED)
    assert state(office, "GAS-R77", "2026-11") == NOT_APPLICABLE
