"""Who gets a bill from a run, who gets none and why, and that nobody gets two."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

import gas_office
from core.data import UserError
from gas_office import Office, reason_of, shenzhen
from plugins.gas import models
from plugins.gas.billing import reasons, runs
from plugins.gas.models import Bill, BillingSkip, Reading


def test_every_account_without_a_bill_says_why(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        monthly = shenzhen(session)
        good = (("2026-05-31", "0"), ("2026-06-30", "10"))
        expected = {
            reasons.HELD: gas_office.metered(
                session, tariff.id, *good, state=models.HELD, hold_reason="拆迁"
            ),
            reasons.NOT_OPEN: gas_office.account(session, tariff.id, opened_on=date(2026, 7, 1)),
            reasons.NO_METER: gas_office.account(session, tariff.id),
            reasons.NO_READING: gas_office.metered(session, tariff.id, ("2026-05-31", "0")),
            reasons.NO_TARIFF: gas_office.metered(session, None, *good),
            reasons.BELOW: gas_office.metered(session, tariff.id, ("2026-05-31", "10"), ("2026-06-30", "9")),
            reasons.ROLLOVER: gas_office.metered(
                session, tariff.id, ("2026-05-31", "99999"), ("2026-06-30", "9")
            ),
            reasons.TOO_MANY_MONTHS: gas_office.metered(
                session, monthly.id, ("2024-05-31", "0"), ("2026-06-30", "9")
            ),
        }
        expected[reasons.NO_OPENING] = unopened = gas_office.account(session, tariff.id)
        gas_office.read(session, gas_office.meter(session, unopened, None), "2026-06-30", "10")
        expected[reasons.NO_CLOSING] = unclosed = gas_office.metered(session, tariff.id, ("2026-01-31", "0"))
        removed = session.scalars(select(models.Meter).where(models.Meter.account_id == unclosed.id)).one()
        removed.removed_on, removed.state = date(2026, 6, 10), models.REMOVED
        new = gas_office.meter(session, unclosed, ("2026-06-10", "0"), installed_on=date(2026, 6, 10))
        gas_office.read(session, new, "2026-06-30", "4")
        expected[reasons.OUT_OF_ORDER] = late = gas_office.metered(session, tariff.id, *good)
        gas_office.bill(session, "2026-06")
        late_meter = session.scalars(select(models.Meter).where(models.Meter.account_id == late.id)).one()
        gas_office.read(session, late_meter, "2026-06-15", "5")
        gas_office.read(session, late_meter, "2026-07-31", "25")
        gas_office.bill(session, "2026-07")
        for reason, account in expected.items():
            found = session.scalars(
                select(BillingSkip.reason)
                .where(BillingSkip.account_id == account.id)
                .order_by(BillingSkip.id)
            ).all()
            assert reason in found, f"{reason} is not among {found}"
        codes = {code for code, _label in reasons.REASON_LABELS}
        assert (
            {*expected, reasons.RULE} == codes == set(reasons.SENTENCES)
        )  # own rules have tests of their own


def test_month_before_one_that_is_billed_is_not_billed_again(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-07-31", "30"))
        gas_office.bill(session, "2026-07")
        its_meter = session.scalars(select(models.Meter)).one()
        gas_office.read(session, its_meter, "2026-06-30", "12")
        run = gas_office.bill(session, "2026-06")
        assert (run.bills, reason_of(session, account)) == (0, reasons.OUT_OF_ORDER)


def test_skip_names_the_pair_of_readings_in_doubt(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(
            session,
            tariff.id,
            ("2026-03-31", "10"),
            ("2026-04-30", "30"),
            ("2026-05-31", "20"),
            ("2026-06-30", "50"),
        )
        gas_office.bill(session, "2026-06")
        skip = session.scalars(select(BillingSkip)).one()
        assert (skip.reason, skip.from_value, skip.to_value) == (reasons.BELOW, 30, 20)


def test_account_closed_with_its_meter_gets_its_last_bill_and_no_more(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        account = gas_office.account(session, tariff.id, state=models.CLOSED)
        old = gas_office.meter(
            session, account, ("2026-05-31", "0"), removed_on=date(2026, 6, 12), state=models.REMOVED
        )
        gas_office.read(session, old, "2026-06-12", "7", kind=models.CLOSING)
        assert gas_office.bill(session, "2026-06").bills == 1
        run = gas_office.bill(session, "2026-07")
        assert (run.bills, run.skipped) == (0, 0)


def test_run_cut_short_is_finished_by_the_next(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        for _ in range(50):
            gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
    with office.session() as session:
        gas_office.bill(session, "2026-06", size=10, chunks=2)
    with office.session() as session:
        assert len(session.scalars(select(Bill.id)).all()) == 20
        run = gas_office.bill(session, "2026-06", size=10)
        assert (run.bills, run.skipped, run.accounts) == (30, 0, 30)
        assert len(set(session.scalars(select(Bill.account_id)))) == 50
        assert gas_office.bill(session, "2026-06").accounts == 0


def test_nobody_is_billed_twice(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
        first = gas_office.bill(session, "2026-06")
        second = gas_office.bill(session, "2026-06")
        assert (first.bills, second.bills) == (1, 0)


def test_another_branch_is_left_alone(office: Office, neighbour: Office) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            tariff = gas_office.tariff(session)
            gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
    with office.session() as session:
        assert gas_office.bill(session, "2026-06").bills == 1
    with neighbour.session() as session:
        assert session.scalars(select(Bill)).all() == []
        assert session.scalars(select(BillingSkip)).all() == []
        assert session.scalars(select(Reading.bill_id).distinct()).all() == [None]
        # A range that covers the neighbour's ids bills this branch's accounts only.
        run = runs.new_run(session, "2026-06", date(2026, 7, 1))
        runs.bill_chunk(session, run, 0, 10**9)
        assert len(session.scalars(select(Bill)).all()) == 1
    with office.session() as session:
        assert len(session.scalars(select(Bill)).all()) == 1


def test_stage_is_left_empty(office: Office) -> None:
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
        gas_office.bill(session, "2026-06")
        assert session.scalars(select(models.StagedMeter)).all() == []
        assert session.scalars(select(models.StagedAccount)).all() == []


def test_month_to_come_is_refused(office: Office) -> None:
    with office.session() as session:
        with pytest.raises(UserError, match="has not begun"):
            runs.new_run(session, "2026-07", date(2026, 6, 30))
        with pytest.raises(UserError, match="not a month"):
            runs.new_run(session, "2026-13", date(2026, 6, 30))
