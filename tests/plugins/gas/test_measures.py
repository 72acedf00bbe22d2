"""The gas office's figures of the months, with worked numbers; and those of its neighbour left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import gas_office
from core.measures.kinds import Measure, Sum
from core.measures.months import Months
from gas_books import paid, usage_bill
from gas_office import Office
from plugins.gas import models
from plugins.gas.measures import MEASURES
from plugins.gas.owing import OVERDUE, Debts, debt_in_all

TODAY = date(2026, 11, 22)
MONTHS = Months("2026-11", TODAY)
BY_ID = {each.id: each for each in MEASURES}


def told(office: Office, name: str) -> dict[str, tuple[object, object]]:
    """Month -> amount and whole, of months with either; every sum is of the office's own branch."""
    measure: Measure = BY_ID[name]
    with office.session() as session:
        found: list[Sum] = list(measure.sums(session, MONTHS))
    assert {each.branch_id for each in found} <= {office.branch_id}
    assert all(isinstance(each.amount, Decimal | int) for each in found)
    return {each.month: (each.amount, each.of) for each in found if each.amount or each.of}


def test_meters_read_of_those_that_are_there_at_the_end_of_the_month(
    office: Office, neighbour: Office
) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            account = gas_office.account(session, None)
            first = gas_office.meter(session, account, ("2025-01-31", "0"))
            second = gas_office.meter(session, account, ("2025-01-31", "0"))
            gone = gas_office.meter(session, account, ("2025-01-31", "0"))
            gone.removed_on, gone.state = date(2026, 10, 15), models.REMOVED
            gas_office.meter(session, account, None, installed_on=date(2026, 11, 1))
            gas_office.read(session, first, "2026-09-30", "5", kind=models.CLOSING)
            gas_office.read(session, second, "2026-09-30", "5")
            gas_office.read(session, gone, "2026-09-30", "5")
            gas_office.read(session, first, "2026-10-15", "6")
            gas_office.read(session, first, "2026-10-31", "7")
            gas_office.read(session, gone, "2026-10-14", "6")
    found = told(office, "gas.read")
    assert (found["2026-09"], found["2026-10"], found["2026-11"]) == ((2, 3), (1, 2), (0, 3))
    assert found["2025-12"] == (0, 3)


def books(office: Office, factor: int) -> None:
    """Two months of bills and payments; a balance from before that is no bill for usage."""
    with office.session() as session:
        account = gas_office.account(session, None)
        gas_office.opening_bill(session, account, date(2026, 8, 5), "0", "7.00")
        first = usage_bill(session, account, "2026-08", f"{100 * factor}.00", date(2026, 9, 10))
        second = usage_bill(session, account, "2026-10", f"{50 * factor}.10", date(2026, 10, 31))
        usage_bill(session, account, "2026-11", f"{30 * factor}.00", date(2026, 11, 30))
        usage_bill(session, account, "2025-11", "999.00", date(2026, 11, 30))
        paid(session, first, f"{40 * factor}.00", date(2026, 9, 30))
        paid(session, first, f"{60 * factor}.00", date(2026, 10, 1))
        paid(session, second, "0.10", date(2026, 11, 22))


def test_billed_taken_and_collected(office: Office, neighbour: Office) -> None:
    books(office, 1)
    books(neighbour, 3)
    assert told(office, "gas.billed") == {
        "2026-08": (Decimal("100.00"), None),
        "2026-10": (Decimal("50.10"), None),
        "2026-11": (Decimal("30.00"), None),
    }
    assert told(office, "gas.taken") == {
        "2026-09": (Decimal("40.00"), None),
        "2026-10": (Decimal("60.00"), None),
        "2026-11": (Decimal("0.10"), None),
    }
    assert told(office, "gas.collected") == {
        "2026-08": (Decimal("100.00"), Decimal("100.00")),
        "2026-10": (Decimal("0.10"), Decimal("50.10")),
        "2026-11": (Decimal("0.00"), Decimal("30.00")),
    }
    assert told(neighbour, "gas.billed")["2026-08"] == (Decimal("300.00"), None)


def test_overdue_at_the_end_of_each_month_is_what_the_arrears_list_then_said(
    office: Office, neighbour: Office
) -> None:
    books(office, 1)
    books(neighbour, 3)
    found = told(office, "gas.overdue")
    assert found == {
        "2026-08": (Decimal("7.00"), None),  # the balance, due on the fifth
        "2026-09": (Decimal("67.00"), None),  # of the first bill 40 were paid on the very last day
        "2026-10": (
            Decimal("7.00"),
            None,
        ),  # the rest on the first; the second is due on the 31st and not late yet
        "2026-11": (Decimal("57.00"), None),  # as of today: 0.10 came in today
    }
    with office.session() as session:
        for month, (amount, _of) in found.items():
            end = MONTHS.end_of(month)
            assert debt_in_all(session, Debts(end, OVERDUE, past=True))[1] == amount
        assert debt_in_all(session, Debts(TODAY, OVERDUE))[1] == found["2026-11"][0]


def test_money_counts_for_a_month_for_a_year_and_no_longer(office: Office) -> None:
    with office.session() as session:
        bill = usage_bill(session, gas_office.account(session, None), "2025-10", "10.00", date(2025, 11, 8))
        paid(session, bill, "4.00", date(2026, 10, 31))
        paid(session, bill, "1.00", date(2026, 11, 1))
        for today, counted in (
            (date(2026, 10, 31), "5.00"),
            (TODAY, "4.00"),
        ):  # nothing comes from later days
            [found] = BY_ID["gas.collected"].sums(session, Months("2025-10", today, 1))
            assert (found.amount, found.of) == (Decimal(counted), Decimal("10.00"))


def test_a_meter_inside_counts_as_read_as_long_as_it_hangs_there(office: Office) -> None:
    """What is removed later changes no month before."""
    with office.session() as session:
        for gone_on in (None, date(2026, 8, 20)):
            account = gas_office.account(session, None, use_class=models.RESIDENT)
            meter = gas_office.meter(session, account, ("2025-01-31", "0"), mounting=models.INSIDE)
            gas_office.read(session, meter, "2026-07-15", "5")
            meter.removed_on = gone_on
    found = told(office, "gas.read-inside")
    assert [found[f"2026-0{month}"] for month in (6, 7, 8, 9)] == [(0, 2), (2, 2), (1, 1), (1, 1)]


def test_a_branch_without_anything_has_nothing(office: Office) -> None:
    assert {name: told(office, name) for name in BY_ID} == {name: {} for name in BY_ID}
