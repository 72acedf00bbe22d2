"""The reporting chain of the decoration firm: by when each report is due, what fills it, and one handed in."""
# zh-ok-file: what people write

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from company import Company
from core.reports import content
from core.reports.kinds import Filled
from core.reports.models import FiledReport
from core.worklist.models import Obligation
from decoration_calls import plan
from decoration_company import HERE, setting_changed
from decoration_design import at, commission, met, night
from decoration_sites import site
from plugins.decoration.models.construction_papers import Contract, Instalment
from plugins.decoration.reports import monthly, weekly
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules import names_office as o


def due_for(company: Company, rule: str, day: date) -> date | None:
    """By when what a rule asks for of a day is due."""
    plan(company, rule, day - timedelta(days=20))
    asked = select(func.min(Obligation.due_on)).where(Obligation.rule == rule, Obligation.nominal_on == day)
    with company.session(HERE) as session:
        return session.scalar(asked)


@pytest.mark.parametrize(
    ("friday", "due"),
    [
        (date(2026, 2, 20), date(2026, 2, 14)),  # in the spring festival; the Saturday before is worked
        (date(2026, 5, 1), date(2026, 4, 30)),
        (date(2026, 10, 2), date(2026, 9, 30)),
        (date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_the_weekly_report_is_due_on_friday_or_the_working_day_before(
    company: Company, friday: date, due: date
) -> None:
    assert due_for(company, "DEC-R58", friday) == due
    assert due_for(company, "DEC-R58", friday + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 26), date(2026, 2, 26)),
        (date(2026, 4, 26), date(2026, 4, 24)),
        (date(2026, 9, 26), date(2026, 9, 24)),
        (date(2026, 12, 26), date(2026, 12, 25)),
    ],
)
def test_the_specialists_set_is_due_on_the_26th_or_the_working_day_before(
    company: Company, day: date, due: date
) -> None:
    assert due_for(company, "DEC-R72", day) == due


def test_the_quarterly_plan_is_asked_for_in_the_last_month_of_a_quarter_alone(company: Company) -> None:
    assert due_for(company, "DEC-R72-B", date(2026, 9, 26)) == date(2026, 9, 24)
    assert due_for(company, "DEC-R72-B", date(2026, 8, 26)) is None
    assert due_for(company, "DEC-R72-B", date(2026, 10, 26)) is None
    setting_changed(company, "DEC-R72-B", "quarter_plan_interval", None, date(2027, 1, 1))
    assert due_for(company, "DEC-R72-B", date(2027, 3, 26)) is None


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 28), date(2026, 2, 28)),  # a Saturday that is worked
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 5, 31), date(2026, 5, 29)),
    ],
)
def test_the_set_of_the_months_end_is_due_on_its_last_day(company: Company, day: date, due: date) -> None:
    assert due_for(company, "DEC-R40", day) == due


def test_the_site_count_is_owed_every_week_until_a_branch_says_otherwise(company: Company) -> None:
    assert due_for(company, "DEC-R65", date(2026, 6, 5)) == date(2026, 6, 5)
    assert due_for(company, "DEC-R65", date(2026, 6, 12)) == date(2026, 6, 12)
    setting_changed(company, "DEC-R65", "site_count_interval", None, date(2027, 1, 1))
    assert due_for(company, "DEC-R65", date(2027, 8, 6)) is None


def test_designers_figures_are_owed_once_a_branch_says_how_often(company: Company) -> None:
    assert due_for(company, "DEC-R42-B", date(2027, 9, 6)) is None
    setting_changed(company, "DEC-R42-B", "designer_report_weeks", 1, date(2027, 9, 11))
    assert due_for(company, "DEC-R42-B", date(2027, 10, 11)) == date(2027, 10, 11)


# ---------------------------------------------------------------- what fills them


def values(filled: Filled) -> list[Any]:
    assert content.figures_shown(content.plain(filled), lambda _measure: "")
    return [each.value for each in filled.figures]


def rows(filled: Filled, number: int = 0) -> list[list[Any]]:
    table = content.plain(filled)["tables"][number]
    return [
        [content.cell(column["kind"], value) for column, value in zip(table["columns"], line, strict=True)]
        for line in table["rows"]
    ]


def test_sites_are_counted_as_they_stood(company: Company) -> None:
    day = date(2024, 5, 10)
    ids = [site(company, state=n.UNDER_WAY, stage=n.PLUMBING, started_on=day) for _each in range(2)]
    site(company, state=n.COMPLETED, started_on=date(2024, 1, 5), completed_on=date(2024, 5, 9))
    with company.session(HERE) as session:
        contract = Contract(site_id=ids[0], customer_id=1, number="HT-9", amount=Decimal(90))
        session.add(contract)
        session.flush()
        for kind, since, paid in ((c.MID, day, None), (c.FINAL, day, day), (c.CHANGE, day, date(2024, 6, 1))):
            session.add(
                Instalment(
                    site_id=ids[0],
                    customer_id=1,
                    contract_id=contract.id,
                    kind=kind,
                    due_at=n.PLUMBING,
                    amount=Decimal("30.00"),
                    due_on=since,
                    paid_on=paid,
                    state=c.DUE,
                )
            )
    with company.session(HERE) as session:
        branch = company.branches[HERE]
        filled = weekly.sites(session, branch, date(2024, 5, 6), date(2024, 5, 12))
        before = weekly.sites(session, branch, date(2024, 4, 29), date(2024, 5, 5))
        month = monthly.month(session, branch, date(2024, 5, 1), date(2024, 5, 31))
    assert values(filled) == [2, 1, 1]
    assert [line[2:] for line in rows(filled)] == [
        ["Mid-term payment", Decimal(30), day],
        ["Change order", Decimal(30), day],
    ]
    assert values(before) == [1, 0, 0]
    assert [line[1] for line in rows(month)][:2] == [2, 1]
    assert [line[1] for line in rows(month, 1)] == [0, 2, 0, 0, 0, 0]


def test_designers_figures_of_a_week(company: Company) -> None:
    with at(date(2024, 8, 6)):
        met(company, commission(company, "K5"), d.FIRST_MEETING)
    with company.session(HERE) as session:
        filled = weekly.designers_figures(
            session, company.branches[HERE], date(2024, 8, 5), date(2024, 8, 11)
        )
    assert values(filled) == [1, 0, 0]
    assert [line[1:] for line in rows(filled)] == [[1, 0, 0]]


# ---------------------------------------------------------------- handing in


def test_a_weekly_report_is_written_handed_in_and_signed_off(company: Company) -> None:
    friday, day = date(2026, 2, 20), date(2026, 2, 14)
    night(company, date(2026, 2, 2))
    path = f"/core/reports/decoration/weekly?on={friday}"
    with at(date(2026, 2, 13)):
        assert company.client_of("deco.assistant").get(path).status_code == 404, "its week is still to come"
    with at(day):  # it is due before its week begins, as that week is the spring festival
        assistant, manager = (company.client_of(f"deco.{each}") for each in ("assistant", "manager"))
        assert assistant.fill(path, {"do": "hand-in", "remarks": "春节前无投诉"}).status_code == 302
        number = last(company, o.WEEKLY).id
        with company.session(HERE) as session:
            duty = session.scalars(
                select(Obligation).where(Obligation.rule == "DEC-R58", Obligation.nominal_on == friday)
            ).one()
            assert (duty.state, duty.closed_record) == ("done", number)
        manager.get(f"/core/report/{number}")
        assert manager.post(f"/core/workflow/core/report/{number}/sign").status_code == 302
        paper = manager.get(f"/core/reports/{number}/report.pdf")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
        assert company.client_of("deco.designer").get(f"/core/report/{number}").status_code == 403
    assert "客户联系" in text or "Contacts with customers" in text
    assert "春节前无投诉" in text
    assert last(company, o.WEEKLY).state == "signed"


def test_the_months_set_needs_its_summary_and_goes_to_the_superior(company: Company) -> None:
    day = date(2026, 3, 26)
    path = f"/core/reports/decoration/specialist-monthly?on={day}"
    with at(day):
        specialist, manager = (company.client_of(f"deco.{each}") for each in ("specialist", "manager"))
        refused = specialist.fill(path, {"do": "hand-in", "remarks": " "})
        assert refused.status_code >= 400, "a summary without words is none"
        assert specialist.fill(path, {"do": "hand-in", "remarks": "本月完工两户"}).status_code == 302
        number = last(company, o.SPECIALIST_MONTH).id
        assert specialist.post(f"/core/workflow/core/report/{number}/sign").status_code in (403, 404, 409)
        manager.get(f"/core/report/{number}")
        assert manager.post(f"/core/workflow/core/report/{number}/sign").status_code == 302
    assert last(company, o.SPECIALIST_MONTH).state == "signed"


def last(company: Company, kind: str) -> FiledReport:
    with company.session(HERE) as session:
        found = session.scalars(select(FiledReport).where(FiledReport.kind == kind)).one()
        session.expunge(found)
        return found
