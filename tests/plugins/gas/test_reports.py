"""The gas office's reports: what fills them, with worked numbers and the neighbour's left out; and one handed in."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

import gas_company
import gas_office
from company import Company
from core.data import clock
from core.reports import content
from core.reports.kinds import Filled
from core.reports.models import FiledReport
from core.reports.states import HANDED_IN
from core.visits.models import SKIPPED, TakenVisit
from core.worklist.models import Obligation
from gas_books import paid, usage_bill
from gas_office import Office
from plugins.gas import happenings, models
from plugins.gas.reports import collecting, reading, sales

DAY = date(2026, 10, 20)
_readers = itertools.count()
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def figures(filled: Filled) -> list[Any]:
    """Their values, shares in percent; what is kept of them can be read back."""
    kept = content.plain(filled)
    assert content.figures_shown(kept, lambda _measure: "")
    return [each.value for each in filled.figures]


def rows(filled: Filled, number: int = 0) -> list[list[Any]]:
    """The rows of a table, words as their English text."""
    table = content.plain(filled)["tables"][number]
    lines = [*table["rows"], *([table["total"]] if table["total"] else [])]
    return [
        [content.cell(column["kind"], value) for column, value in zip(table["columns"], line, strict=True)]
        for line in lines
    ]


def routes_read(session: Session) -> models.Route:
    """Three meters of a route: one read before the day, one on it, one passed over as broken; and one on no route."""
    route = models.Route(code="R1", name="东线")
    reader = User(first_name="", last_name="赵", active=True, password="-")
    reader.username = reader.email = f"reader-{next(_readers)}"
    session.add_all((route, reader))
    session.flush()
    account = gas_office.account(session, None, route_id=route.id)
    early, now, broken = (gas_office.meter(session, account, ("2026-01-31", "0")) for _each in range(3))
    gas_office.meter(
        session, gas_office.account(session, None, use_class=models.COMMERCIAL), ("2026-01-31", "0")
    )
    gas_office.read(session, early, "2026-10-05", "5")
    gas_office.read(session, early, str(DAY), "6")
    gas_office.read(session, now, str(DAY), "7")
    for number, hour in enumerate((1, 23)):  # by UTC; the second is of the next day here
        session.add(
            TakenVisit(
                key=f"{route.branch_id}-{number}",
                digest="-",
                round="gas.readings",
                stop_id=broken.id,
                user_id=reader.id,
                outcome=SKIPPED,
                reason="broken",
                visited_at=datetime(2026, 10, 20, hour, tzinfo=UTC),
            )
        )
    return route


def test_the_daily_reading_report(office: Office, neighbour: Office) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            routes_read(session)
    with office.session() as session:
        filled = reading.day(session, office.branch_id, DAY, DAY)
    assert figures(filled) == [3, 1, Decimal("0.333333"), 1, 1]
    assert rows(filled) == [["R1 东线", 2, 1, 1]]
    assert rows(filled, 1) == [["The meter stands still or runs wrong (GAS-R26)", 1], [None, 1]]


def test_the_months_readings_by_class_and_beside_the_months_before(office: Office, neighbour: Office) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            routes_read(session)
            usage_bill(session, gas_office.account(session, None), "2026-10", "9.00", LAST)
    with clock.frozen(datetime(2026, 11, 2, 4, tzinfo=UTC)), office.session() as session:
        filled = reading.month(session, office.branch_id, FIRST, LAST)
    assert figures(filled) == [Decimal("0.5"), 0, Decimal("0.666667"), None, 1]
    assert rows(filled) == [
        ["Resident", 3, 2, 1, Decimal("0.666667"), 1],
        ["Commercial", 1, 0, 1, 0, None],
        [None, 4, 2, 2, Decimal("0.5"), 1],
    ]
    assert rows(filled, 1)[-1] == ["2026-10", 4, 2, Decimal("0.5"), 1]


def test_the_days_sales_by_class_and_clerk(office: Office, neighbour: Office) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            home, shop = (
                gas_office.account(session, None, use_class=use)
                for use in (models.RESIDENT, models.COMMERCIAL)
            )
            first, second = (usage_bill(session, one, "2026-09", "50.00", FIRST) for one in (home, shop))
            paid(session, first, "20.00", date(2026, 10, 19))
            paid(session, first, "30.00", DAY)  # with this it is settled
            paid(session, second, "10.00", DAY)
            paid(session, second, "40.00", date(2026, 10, 21))
    with office.session() as session:
        filled = sales.day(session, office.branch_id, DAY, DAY)
        nothing = sales.day(session, office.branch_id, date(2026, 10, 1), date(2026, 10, 1))
    assert figures(filled) == [2, Decimal("40.00"), Decimal("40.00"), 0, Decimal(1)]
    assert rows(filled) == [
        ["Resident", None, 1, 1, 30, 0, 30],
        ["Commercial", None, 1, 0, 10, 0, 10],
        [None, None, 2, 1, 40, 0, 40],
    ]
    assert figures(nothing) == [0, 0, 0, 0, 0]


def test_the_months_reading_and_collection(office: Office, neighbour: Office) -> None:
    for each in (office, neighbour):
        with each.session() as session:
            routes_read(session)
            account = gas_office.account(session, None)
            paid(session, usage_bill(session, account, "2026-10", "50.00", DAY), "20.00", DAY)
    with clock.frozen(datetime(2026, 11, 2, 4, tzinfo=UTC)), office.session() as session:
        filled = collecting.month(session, office.branch_id, FIRST, LAST)
    assert figures(filled) == [Decimal("0.5"), 20, 50, Decimal("0.4"), 30, 1, 1, 20]
    assert rows(filled) == [
        ["Resident", 3, 2, Decimal("0.666667"), 1, 1, 50, 20, 30],
        ["Commercial", 1, 0, 0, 0, 0, 0, 0, 0],
        [None, 4, 2, Decimal("0.5"), 1, 1, 50, 20, 30],
    ]
    measures = [each.measure for each in filled.figures if each.measure]
    assert {"gas.read", "gas.taken", "gas.collected", "gas.overdue"} <= set(measures)


def test_the_cashier_hands_in_the_days_sales_and_the_team_leader_signs(company: Company) -> None:
    day = date(2026, 11, 16)
    with clock.frozen(datetime(2026, 11, 16, 4, tzinfo=UTC)):
        east = gas_company.billed_east(company)
        payment = gas_company.pay(company, east.account, "12.34")
        cashier, leader = (company.client_of(f"gas-east.{each}") for each in ("cashier", "team-leader"))
        assert f"/core/reports/gas/daily-sales?on={day}" in cashier.get("/my-work/").text
        path = f"/core/reports/gas/daily-sales?on={day}"
        assert "¥12.34" in cashier.get(path).text
        assert cashier.fill(path, {"do": "hand-in"}).status_code == 302
        with company.session("gas-east") as session:
            report = session.scalars(select(FiledReport).where(FiledReport.kind == "gas.daily-sales")).one()
            duty = session.scalars(select(Obligation).where(Obligation.rule == "GAS-R34")).one()
            assert (report.state, report.due_on) == (HANDED_IN, day)
            assert (duty.state, duty.closed_record) == ("done", report.id)
            number = report.id
        assert payment
        for name, language, told in (
            ("team-leader", "en", "Commercial"),
            ("finance", "zh", "当日气量销售汇总表"),
        ):
            page = company.client_of(f"gas-east.{name}", language).get(f"/core/report/{number}")
            assert page.status_code == 200
            assert told in page.text or "Resident" in page.text
        assert company.client_of("gas-east.meter-reader").get(f"/core/report/{number}").status_code == 404
        assert company.client_of("gas-west.cashier").get(f"/core/report/{number}").status_code == 404
        leader.get(f"/core/report/{number}")
        assert leader.post(f"/core/workflow/core/report/{number}/sign").status_code == 302
    with company.session("gas-east") as session:
        assert session.get_one(FiledReport, number).state == "signed"


def test_a_months_figures_lead_to_why(company: Company) -> None:
    with clock.frozen(datetime(2026, 10, 20, 4, tzinfo=UTC)):
        with company.session("gas-east") as session:
            meter = gas_office.meter(session, gas_office.account(session, None), ("2026-01-31", "0"))
            gas_office.read(session, meter, "2026-10-20", "5")
            happenings.meters_read(session, [DAY])
        reader = company.client_of("gas-east.meter-reader")
        assert (
            reader.fill("/core/reports/gas/monthly-reading", {"do": "hand-in", "remarks": "暖冬"}).status_code
            == 302
        )
        with company.session("gas-east") as session:
            number = session.scalars(
                select(FiledReport.id).where(FiledReport.kind == "gas.monthly-reading")
            ).one()
        head = company.client_of("gas-east.department-head")
        why = "/core/handbook/why/measure/gas.read:2026-10:gas-east"
        assert why in head.get(f"/core/report/{number}").text
        assert head.get(why).status_code == 200
