"""A report that falls due by the calendar: of the period before, early or late; and what is refused at start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from company import Company
from core.handbook.kinds import Rule
from core.handbook.replay import replay
from core.reports.judging import judged
from core.reports.kinds import DAY, HALF, MONTH, QUARTER, WEEK, Column, Report, Table
from core.reports.models import FiledReport
from duties import at, dues, night
from shop_reports import CHIEF, DAILY, DAILY_RULE, MONTHLY, MONTHLY_RULE, REPORTER, REPORTS, RULES

PAGE = "/core/reports/shop/monthly"


def hand_in(company: Company, day: date, on: str = "") -> None:
    with at(day):
        answer = company.client_of("east.reporter").fill(f"{PAGE}{on}", {"do": "hand-in"})
        assert answer.status_code == 302, answer.text


def test_the_month_before_is_reported_and_what_is_owed_for_others_stays(shop: Company) -> None:
    night(shop, date(2026, 5, 1), ahead=70)
    first_three = ["2026-05-05 open", "2026-06-05 open", "2026-07-05 open"]
    assert dues(shop, MONTHLY_RULE) == first_three
    hand_in(shop, date(2026, 6, 2))  # what is owed in June: May
    assert dues(shop, MONTHLY_RULE) == ["2026-05-05 open", "2026-06-05 done", "2026-07-05 open"]
    hand_in(shop, date(2026, 6, 9), "?on=2026-04-30")
    assert dues(shop, MONTHLY_RULE) == ["2026-05-05 done", "2026-06-05 done", "2026-07-05 open"]
    with shop.session("east") as session:
        rows = session.scalars(select(FiledReport).order_by(FiledReport.first_on)).all()
        told = [(each.first_on.month, each.last_on.day, each.due_on) for each in rows]
        assert told == [(4, 30, date(2026, 5, 5)), (5, 31, date(2026, 6, 5))]
        assert replay(session).differences == []


def test_a_report_that_lies_there_before_it_is_planned_ends_it(shop: Company) -> None:
    hand_in(shop, date(2026, 9, 1), "?on=2026-08-31")
    night(shop, date(2026, 9, 2))
    assert "2026-09-05 done" in dues(shop, MONTHLY_RULE)
    assert "2026-10-05 open" in dues(shop, MONTHLY_RULE)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (DAY, date(2026, 11, 11), date(2026, 11, 11)),
        (WEEK, date(2026, 11, 9), date(2026, 11, 15)),
        (MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (HALF, date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_what_is_owed_and_where_it_is_owed_are_each_others_turn(period: str, first: date, last: date) -> None:
    for before in (False, True):
        report = replace(DAILY, period=period, before=before)
        found = report.owed_on(date(2026, 11, 11))
        assert (found.last < first) is before
        asked = report.asked_in(found)
        assert (asked.first, asked.last) == (first, last)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"period": "decade"}, "there is no period 'decade'"),
        ({"signed_by": ()}, "nobody signs it off"),
        ({"signed_by": ("shop.nobody",)}, "there is no position shop.nobody"),
        ({"rule": "SHOP-R99"}, "there is no deadline or cadence SHOP-R99"),
        ({"rule": MONTHLY_RULE.id}, "another report rests on SHOP-R41 already"),
        ({"id": "shop.other"}, 'let closed_by be by_report("shop.other")'),
    ],
)
def test_what_does_not_fit_is_refused_at_start(changes: dict[str, Any], told: str) -> None:
    wrong = replace(DAILY, **changes)
    assert any(told in each for each in problems([wrong, MONTHLY], RULES))


def problems(reports: list[Report], rules: tuple[Rule, ...]) -> list[str]:
    positions = (REPORTER.id, CHIEF.id)
    return judged(
        rules, reports, {each.id: each for each in reports}, {each.id: each for each in rules}, positions
    )


def test_a_rule_names_a_report_that_is_there_and_is_about_the_branch() -> None:
    assert problems(list(REPORTS), RULES) == []
    assert any("no report that core.report.shop-daily" in each for each in problems([MONTHLY], RULES))
    about = (replace(DAILY_RULE, entity="shop.customer"), MONTHLY_RULE)
    assert any("is owed by the branch" in each for each in problems(list(REPORTS), about))


def test_a_table_that_is_no_report_is_refused() -> None:
    with pytest.raises(ValueError, match="400 rows at most"):
        Table("T", (Column("N"),), [("x",)] * 401)
    with pytest.raises(ValueError, match="a value for each"):
        Table("T", (Column("N"),), [("x", "y")])
