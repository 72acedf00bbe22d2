"""The indicators of manager and specialists: what each figure counts, and the branch's own targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from company import Company
from core.handbook.thresholds import MISSED, NOT_APPLICABLE, REACHED, of_measure, targets, verdict
from core.measures.months import Months
from core.worklist.models import Obligation
from decoration_company import BY_ID, HERE, customer, setting_changed
from decoration_design import at, night
from plugins.decoration.measures import office

MONTHS = Months("2026-06", date(2026, 7, 20), 1)


def sums(company: Company, read: Any) -> list[tuple[Decimal | int, Decimal | int | None]]:
    with company.session(HERE) as session:
        return [(each.amount, each.of) for each in read(session, MONTHS)]


def test_reports_count_as_right_in_time_and_not_sent_back(company: Company) -> None:
    night(company, date(2026, 5, 25))
    with company.session(HERE) as session:
        asked = select(Obligation.id).where(
            Obligation.rule == "DEC-R58", Obligation.due_on.between(date(2026, 6, 1), date(2026, 6, 30))
        )
        weeks = len(session.scalars(asked).all())
    [(right, due)] = sums(company, office.reports_right)
    assert (right, weeks) == (0, 4)
    for friday, sent_back in ((date(2026, 6, 5), False), (date(2026, 6, 12), True)):
        with at(friday):
            path = f"/core/reports/decoration/weekly?on={friday}"
            assert company.client_of("deco.assistant").fill(path, {"do": "hand-in"}).status_code == 302
            if sent_back:
                manager = company.client_of("deco.manager")
                number = newest(company)
                move = f"/core/workflow/core/report/{number}/send-back"
                assert manager.fill(move, {"reason": "too short"}).status_code == 302
    with at(date(2026, 6, 23)):  # the third comes late
        path = "/core/reports/decoration/weekly?on=2026-06-19"
        assert company.client_of("deco.assistant").fill(path, {"do": "hand-in"}).status_code == 302
    assert sums(company, office.reports_right) == [(1, due)]


def newest(company: Company) -> int | None:
    asked = select(Obligation.closed_record).where(Obligation.rule == "DEC-R58", Obligation.state == "done")
    with company.session(HERE) as session:
        return session.scalars(asked.order_by(Obligation.due_on.desc())).first()


def test_a_file_is_complete_with_address_needs_and_place(company: Company) -> None:
    [(_none, before)] = sums(company, office.files_complete) or [(0, 0)]
    day = date(2026, 6, 8)
    customer(company, "F-1", filed_on=day, address="竹溪里", needs="现代", archive_place="A柜")
    customer(company, "F-2", filed_on=day, address="竹溪里")
    assert sums(company, office.files_complete) == [(1, (before or 0) + 2)]


@pytest.mark.parametrize(
    ("rule", "setting", "measure"),
    [
        ("DEC-R50", "reports_target", "decoration.reports-right"),
        ("DEC-R51", "stages_target", "decoration.passed-at-first"),
        ("DEC-R51-B", "calls_target", "decoration.calls-made"),
        ("DEC-R51-C", "satisfaction_target", "decoration.content"),
        ("DEC-R81", "files_target", "decoration.files-complete"),
        ("DEC-R81-B", "complaints_target", "decoration.complaint-rate"),
    ],
)
def test_targets_of_the_indicators_are_the_branchs_own(
    company: Company, rule: str, setting: str, measure: str
) -> None:
    branch = company.branches[HERE]
    with company.session(HERE) as session:
        assert [each.id for each in of_measure(measure)] == [rule]
        assert target_of(session, measure, branch) is None
    setting_changed(company, rule, setting, Decimal(90), date(2027, 8, 1))
    with company.session(HERE) as session:
        assert target_of(session, measure, branch) == Decimal(90)


def target_of(session: Any, measure: str, branch: int) -> Any:
    return targets(session, [measure], [branch], ["2027-08"]).get(measure, {}).get((branch, "2027-08"))


def test_satisfaction_and_complaint_rate_are_held_against_their_targets() -> None:
    for rule, figures in (("DEC-R51-C", (90, 89)), ("DEC-R81-B", (90, 91))):
        threshold: Any = BY_ID[rule]
        states = [verdict(threshold, Decimal(each), Decimal(90)).state for each in figures]
        assert states == [REACHED, MISSED]
        assert verdict(threshold, Decimal(50), None).state == NOT_APPLICABLE, (
            "no branch is held to what it did not set"
        )
