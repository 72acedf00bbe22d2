"""The month's billing against the office's figures, on both databases."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import gas_office
from gas_office import Office, reason_of, shenzhen, the_bill
from plugins.gas import explain, models
from plugins.gas.billing import reasons
from plugins.gas.models import Bill, BillingSkip, BillLine, BillSegment, Reading

DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def tariff_like(session: Session, name: str, **values: Any) -> models.Tariff:
    entry = load("tariffs.json")[name]
    given = {
        "model": entry["model"],
        "uppers": ", ".join(map(str, entry["uppers"])),
        "prices": ", ".join(entry["prices"]),
        "code": name,
    }
    return gas_office.tariff(session, **{**given, **values})


def lines_of(session: Session, bill: Bill) -> list[list[str]]:
    lines = session.scalars(select(BillLine).where(BillLine.bill_id == bill.id).order_by(BillLine.tier))
    return [[f"{line.tier}", f"{line.volume:f}", f"{line.price:f}", f"{line.amount:f}"] for line in lines]


@pytest.mark.parametrize("case", load("bills.json"), ids=lambda case: case["id"])
def test_published_figures(office: Office, case: dict[str, Any]) -> None:
    monthly = case["tariff"].startswith("SZ")
    with office.session() as session:
        tariff = shenzhen(session) if monthly else tariff_like(session, case["tariff"])
        month = case["end_month"]
        previous = date(2026 if month > 1 else 2025, month - 1 if month > 1 else 12, 28)
        account = gas_office.metered(
            session, tariff.id, (str(previous), "0"), (f"2026-{month:02d}-28", case["usage"])
        )
        gas_office.opening_bill(session, account, date(2026, 1, 1), case["before"])
        gas_office.bill(session, f"2026-{month:02d}")
        bill = the_bill(session, account, f"2026-{month:02d}")
        assert bill.total == Decimal(case["total"])
        expected = [
            [str(tier), f"{Decimal(volume):.4f}", f"{Decimal(price):.4f}", amount]
            for tier, volume, price, amount in case["lines"]
        ]
        assert lines_of(session, bill) == expected


def test_dial_that_went_round_is_billed_once_confirmed(office: Office) -> None:
    case = load("metering.json")["round_past_zero"]
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", case["previous"]), ("2026-06-30", case["current"])
        )
        gas_office.bill(session, "2026-06")
        assert reason_of(session, account) == reasons.ROLLOVER
        reading = session.scalars(select(Reading).where(Reading.kind == models.ACTUAL)).one()
        reading.rollover_confirmed = True
        gas_office.bill(session, "2026-06")
        assert the_bill(session, account, "2026-06").usage == Decimal(case["usage"])
        assert session.scalars(select(BillSegment.rolled_over)).one() is True


def test_reading_that_went_down_is_not_billed(office: Office) -> None:
    case = load("metering.json")["a_little_down"]
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", case["previous"]), ("2026-06-30", case["current"])
        )
        reading = session.scalars(select(Reading).where(Reading.kind == models.ACTUAL)).one()
        reading.rollover_confirmed = True  # even ticked: a lap of 99,990 m3 is no rollover
        run = gas_office.bill(session, "2026-06")
        assert (run.bills, run.skipped) == (0, 1)
        skip = session.scalars(select(BillingSkip).where(BillingSkip.account_id == account.id)).one()
        assert (skip.reason, skip.from_value, skip.to_value) == (
            reasons.BELOW,
            Decimal("10250"),
            Decimal("10240"),
        )


def test_replaced_meter_bills_as_two_segments(office: Office) -> None:
    case = load("metering.json")["replaced"]
    (old_first, old_last), (new_first, new_last) = case["segments"]
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.account(session, tariff.id)
        old = gas_office.meter(session, account, ("2026-05-31", old_first))
        gas_office.read(session, old, "2026-06-12", old_last, kind=models.CLOSING)
        old.removed_on, old.state = date(2026, 6, 12), models.REMOVED
        new = gas_office.meter(session, account, ("2026-06-12", new_first), installed_on=date(2026, 6, 12))
        gas_office.read(session, new, "2026-06-30", new_last)
        gas_office.bill(session, "2026-06")
        bill = the_bill(session, account, "2026-06")
        assert bill.usage == Decimal(case["usage"])
        segments = session.execute(
            select(BillSegment.meter_id, BillSegment.usage)
            .where(BillSegment.bill_id == bill.id)
            .order_by(BillSegment.id)
        )
        assert [tuple(segment) for segment in segments] == [(old.id, Decimal(17)), (new.id, Decimal(18))]
        # The old meter is done with; next month only the new one is asked for.
        gas_office.read(session, new, "2026-07-31", "30")
        gas_office.bill(session, "2026-07")
        assert the_bill(session, account, "2026-07").usage == Decimal(9)


def test_nothing_used_is_a_bill_of_nothing(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "1217"), ("2026-06-30", "1217"))
        gas_office.bill(session, "2026-06")
        bill = the_bill(session, account, "2026-06")
        assert (bill.usage, bill.total, lines_of(session, bill)) == (0, Decimal("0.00"), [])


def test_decimal_dials(office: Office) -> None:
    case = load("metering.json")["decimal_dials"]
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", case["previous"]), ("2026-06-30", case["current"])
        )
        gas_office.bill(session, "2026-06")
        assert the_bill(session, account, "2026-06").usage == Decimal(case["usage"])


def test_rounding_policies(office: Office) -> None:
    case = load("rounding.json")["line_against_total"]
    with office.session() as session:
        totals = []
        for rounding in ("line", "total"):
            tariff = tariff_like(session, case["tariff"], rounding=rounding, code=rounding)
            account = gas_office.metered(
                session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", case["usage"])
            )
            gas_office.opening_bill(session, account, date(2026, 5, 31), case["before"])
            gas_office.bill(session, "2026-06")
            bill = the_bill(session, account, "2026-06")
            assert [line[3] for line in lines_of(session, bill)] == ["1.01", "1.16"]
            totals.append(str(bill.total))
        assert totals == [case["by_line"], case["once_on_total"]]


@pytest.mark.parametrize("product", load("rounding.json")["products"], ids=lambda product: product["about"])
def test_half_a_fen_goes_up(office: Office, product: dict[str, str]) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session, model="flat", uppers="", prices=product["price"])
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", product["usage"])
        )
        gas_office.bill(session, "2026-06")
        assert str(the_bill(session, account, "2026-06").total) == product["total"]


def test_missed_month_gives_two_allowances(office: Office) -> None:
    case = load("periods.json")["missed_month"]
    with office.session() as session:
        account = gas_office.metered(
            session, shenzhen(session).id, ("2026-05-31", "0"), ("2026-07-31", case["usage"])
        )
        run = gas_office.bill(session, "2026-06")
        assert (run.bills, run.skipped, reason_of(session, account)) == (0, 1, reasons.NO_READING)
        gas_office.bill(session, "2026-07")
        bill = the_bill(session, account, "2026-07")
        assert (bill.months, str(bill.total)) == (2, case["total"])


def test_month_that_was_read_but_not_billed_is_billed_with_the_next(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "40"), ("2026-07-31", "75.5")
        )
        gas_office.bill(session, "2026-07")
        assert the_bill(session, account, "2026-07").usage == Decimal("75.5")
        run = gas_office.bill(session, "2026-06")
        assert run.bills == 0
        assert (
            session.scalars(select(Reading.bill_id).where(Reading.kind == models.ACTUAL).distinct()).one()
            is not None
        )


def test_reading_date_decides_the_pricing_year(office: Office) -> None:
    case = load("periods.json")["turn_of_the_year"]
    with office.session() as session:
        tariff = tariff_like(session, case["tariff"])
        account = gas_office.metered(session, tariff.id, ("2025-12-10", "500"), (case["read"], "560"))
        gas_office.opening_bill(session, account, date(2025, 12, 10), "500")
        gas_office.bill(session, case["read"][:7])
        bill = the_bill(session, account, case["read"][:7])
        assert (bill.pricing_year, bill.volume_before) == (date(2026, 1, 1), 0)
        assert str(bill.total) == case["total"]


def test_reading_date_decides_the_version(office: Office) -> None:
    case = load("periods.json")["new_prices"]
    with office.session() as session:
        tariff = tariff_like(
            session, "BJ-2016-general", valid_from=date(2016, 1, 1), valid_to=date(2018, 7, 9)
        )
        new = load("tariffs.json")[case["tariff"]]
        gas_office.publish(
            session,
            tariff,
            model=new["model"],
            uppers="350, 500",
            prices=", ".join(new["prices"]),
            valid_from=date(2018, 7, 10),
        )
        account = gas_office.metered(session, tariff.id, ("2018-06-10", "0"), (case["read"], case["usage"]))
        gas_office.opening_bill(session, account, date(2018, 6, 10), case["before"])
        gas_office.bill(session, "2018-08")
        assert str(the_bill(session, account, "2018-08").total) == case["total"]


def test_reading_year_starts_on_the_accounts_day(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session, model="graduated_meter_year")
        account = gas_office.metered(
            session, tariff.id, ("2026-05-14", "0"), ("2026-06-14", "300"), ("2026-07-15", "330"),
            pricing_year_month=7, pricing_year_day=15,
        )  # fmt: skip
        gas_office.bill(session, "2026-06")
        gas_office.bill(session, "2026-07")
        june, july = the_bill(session, account, "2026-06"), the_bill(session, account, "2026-07")
        assert (june.pricing_year, july.pricing_year) == (date(2025, 7, 15), date(2026, 7, 15))
        assert (july.volume_before, july.total) == (0, Decimal("90.00"))


def test_household_allowance_moves_every_bound(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "700"))
        session.add_all(
            models.Household(
                account_id=account.id, members=5, extra_allowance=extra, valid_from=first, valid_to=last
            )
            for extra, first, last in [
                (Decimal(999), date(2020, 1, 1), date(2025, 12, 31)),
                (Decimal(150), date(2026, 1, 1), None),
            ]
        )
        gas_office.bill(session, "2026-06")
        bill = the_bill(session, account, "2026-06")
        assert [line[:2] for line in lines_of(session, bill)] == [
            ["1", "460.0000"],
            ["2", "210.0000"],
            ["3", "30.0000"],
        ]
        assert bill.extra_allowance == 150


def test_minimum_volume_is_charged_and_said(office: Office) -> None:
    case = load("metering.json")["nothing_used"]
    with office.session() as session:
        tariff = gas_office.tariff(
            session, model="flat", uppers="", prices=case["price"], minimum=Decimal(case["minimum"])
        )
        account = gas_office.metered(
            session, tariff.id, ("2026-05-31", case["previous"]), ("2026-06-30", case["current"])
        )
        gas_office.bill(session, "2026-06")
        bill = the_bill(session, account, "2026-06")
        assert (bill.usage, bill.minimum) == (Decimal(0), Decimal(case["minimum"]))
        assert bill.total == Decimal(case["total_with_minimum"])
        assert explain.MINIMUM in [each.template for each in explain.explain_bill(session, bill).sentences]
