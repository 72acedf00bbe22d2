"""Counts of an administrator's own against a target: on the dashboard, explained, previewed, by month and quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer

from company import Company, counted, customer_values
from core.handbook.thresholds import MISSED, NOT_APPLICABLE, REACHED
from core.measures.figures import Figures, read_over
from core.measures.months import Months
from core.measures.own import measure_of
from duties import at
from everything_kept import everything
from own_rules import admin_of, carried, in_force, out_of_force, refused, sent, written
from pages import Page

FIRST, DAY = date(2026, 8, 10), date(2026, 11, 23)
COUNT = written("count", measured="count", bound="at_most", target="1", over="month", name="New firms")
SHARE = written("count", measured="share", bound="at_least", target="50", over="month", name="Firms' share")
QUARTER = written("count", measured="count", bound="at_least", target="3", over="quarter", name="Firms")
ID = "shop.OWN-R01"


def customers(company: Company, day: date, count: int, kind: str = "firm", branch: str = "east") -> None:
    with at(day):
        for _number in range(count):
            company.put(branch, Customer(**customer_values(kind=kind)))


def figures(company: Company, branch: str = "east", last: str = "2026-10") -> Figures | None:
    with company.session() as session:
        measure = measure_of(session, ID)
        if measure is None:
            return None
        return read_over(session, measure, (company.branches[branch],), Months(last, DAY))


def told(company: Company, *months: str) -> list[tuple[Decimal | None, str]]:
    found = figures(company, last="2026-12")
    assert found is not None
    return [(found.value(each), found.verdict(each).state) for each in months]


def test_they_are_counted_by_the_month_and_judged_from_the_day_on_when_the_rule_holds(own_company: Company):
    customers(own_company, date(2026, 7, 31), 3)
    in_force(own_company, COUNT, FIRST)
    customers(own_company, date(2026, 9, 1), 1)
    customers(own_company, date(2026, 9, 30), 1, "home")
    customers(own_company, date(2026, 10, 31), 2)
    customers(own_company, date(2026, 10, 5), 5, branch="west")
    assert told(own_company, "2026-07", "2026-08", "2026-09", "2026-10") == [
        (Decimal(3), NOT_APPLICABLE),
        (Decimal(0), REACHED),
        (Decimal(1), REACHED),
        (Decimal(2), MISSED),
    ]


def test_a_share_is_of_all_records_and_nothing_due_is_not_applicable(own_company: Company):
    in_force(own_company, SHARE, FIRST)
    customers(own_company, date(2026, 9, 1), 1)
    customers(own_company, date(2026, 9, 2), 1, "home")
    customers(own_company, date(2026, 10, 2), 1, "home")
    assert told(own_company, "2026-08", "2026-09", "2026-10") == [
        (None, NOT_APPLICABLE),
        (Decimal(50), REACHED),
        (Decimal(0), MISSED),
    ]


def test_over_a_quarter_they_come_together(own_company: Company):
    in_force(own_company, QUARTER, FIRST)
    for month in (7, 8, 9, 10):
        customers(own_company, date(2026, month, 3), 1)
    found = told(own_company, "2026-07", "2026-08", "2026-09", "2026-10")
    assert [each[0] for each in found] == [1, 2, 3, 1]
    assert found[2][1] == REACHED


def test_a_new_version_leaves_the_months_before_it_as_they_were_judged(own_company: Company):
    row = in_force(own_company, COUNT, FIRST)
    customers(own_company, date(2026, 9, 1), 2)
    customers(own_company, date(2026, 11, 1), 2)
    with at(DAY):
        second = in_force(own_company, replace(COUNT, target="5"), DAY, earlier=row)
        assert [each[1] for each in told(own_company, "2026-09", "2026-11")] == [MISSED, REACHED]
        out_of_force(own_company, second)
    assert figures(own_company) is None


def test_it_stands_on_the_dashboard_of_its_branch_and_explains_itself(own_company: Company):
    in_force(own_company, COUNT, FIRST)
    customers(own_company, date(2026, 10, 2), 2)
    with at(DAY):
        admin = admin_of(own_company)
        page = admin.get("/dashboard/?month=2026-10")
        texts = " ".join(Page(page.text).texts)
        for each in ("New firms", "Above the target", "OWN-R01 (House rules 7)"):
            assert each in texts
        [link] = {
            each
            for each in Page(page.text).links
            if each.startswith("/shop/customer/?f_created_at.ge=2026-10-01")
        }
        assert len(Page(admin.get(link).text).links) > 0
        assert "f_kind.eq=firm" in link
        why = admin.get(f"/core/handbook/why/measure/{ID}:2026-10:east")
        assert why.status_code == 200, why.text
        assert "House rules 7" in " ".join(Page(why.text).texts)
        admin.post("/branch/west")
        assert "New firms" not in admin.get("/dashboard/").text


def test_however_many_are_counted_in_one_statement(own_company: Company):
    in_force(own_company, SHARE, FIRST)
    customers(own_company, date(2026, 10, 2), 3)
    with counted(own_company.database) as statements:
        figures(own_company)
    assert sum("shop_customer" in each for each in statements) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": ""}, "target"),
        ({"target": "-1"}, "somewhere"),
        ({"measured": "share", "target": "101"}, "target"),
        ({"bound": ""}, "target"),
        ({"over": "week"}, "target"),
        ({"measured": "share", "conditions": ()}, "measured"),
        ({"moment": "added"}, "moment"),
    ],
)
def test_what_a_count_needs_is_asked_for(own_company: Company, changes: dict[str, Any], field: str):
    assert refused(own_company, replace(COUNT, **changes)) == field


def test_it_is_previewed_published_by_clicks_and_carried_by_a_file(own_company: Company):
    customers(own_company, date(2026, 10, 2), 2)
    with at(DAY):
        admin = admin_of(own_company)
        before = everything(own_company.database)
        page = admin.post("/core/own-rules/new", sent(COUNT, "preview")).text
        assert everything(own_company.database) == before
        shown = " ".join(Page(page[page.index('id="preview"') :]).texts)
        assert "Of 12 judged again" in shown
        assert "Missed: 2 against 1" in shown
        saved = admin.post("/core/own-rules/new", sent(COUNT, "publish"))
        assert saved.status_code == 302, saved.text
        assert "New firms" in admin.get("/dashboard/").text
    assert carried(own_company, int(saved.location.rpartition("/")[2]))["over"] == "month"
