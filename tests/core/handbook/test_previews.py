"""What due dates, series and targets would have come to under another setting; and that asking writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import func, select

from company import Company
from core.handbook.kinds import Cadence, Clause, Rule, Threshold
from core.handbook.values import MONTHS, PERCENT, Setting
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.models import Target
from core.measures.months import Months
from core.people.positions import Position, grant
from core.worklist.series import plan
from duties import at, customer, order, ruled_by
from everything_kept import everything
from pages import Page
from shop_duties import ANSWER, FIRST_ORDER, MONTHLY, VISIT

WEDNESDAY = date(2026, 11, 25)
TENTH = date(2026, 12, 10)
NOVEMBER = date(2026, 11, 2)
CLAUSE = Clause("served", "Shop rules", "9", "Who comes is served.")
SERVED_WELL = Threshold(
    "SHOP-K01",
    CLAUSE,
    "%(rate)s of the customers are served.",
    (Setting("rate", PERCENT, Decimal(98)),),
    measure="shop.served",
    target="rate",
)
TWO_MONTHLY = replace(VISIT, id="SHOP-D15", settings=(Setting("months", MONTHS, 2),))
SHARES = {"2026-11": 96, "2026-10": 98}


def served(session: Any, months: Months) -> Sequence[Sum]:
    """Of a hundred: 96 in November, 98 in October, before that 99."""
    branches = session.execute(select(Customer.branch_id, func.count()).group_by(Customer.branch_id)).all()
    return [Sum(each, month, SHARES.get(month, 99), 100) for each, _count in branches for month in months.all]


MEASURE = Measure(
    "shop.served", "Served", SHARE, "shop.customer", served, lambda _month, _all: "/", "Of a hundred."
)
KEEPER = Position(
    "shop.keeper",
    "Keeper",
    (grant("shop.customer", "see", clause="X"), grant("core.rule", "see", "change", clause="X")),
)


@pytest.fixture(scope="module")
def kept(company: Company) -> Iterator[Company]:
    """A company with somebody in the east who keeps its rules."""
    company.installation.measures.append(("shop", MEASURE))
    company.add_person("east.keeper", "east", KEEPER.id)
    yield company
    company.installation.measures.clear()


@contextmanager
def keeping(company: Company, *rules: Rule) -> Iterator[None]:
    with ruled_by(company, rules):
        company.installation.positions[KEEPER.id] = KEEPER
        yield


def asked(company: Company, rule: Rule, value: str, day: date, user: str = "east.keeper") -> str:
    """The page's answer to a proposed value. Asking leaves every table as it was."""
    (setting,) = rule.settings
    with at(day):
        browser = company.client_of(user)
        path = f"/core/handbook/rule/{rule.id}/{setting.name}"
        browser.get(path)
        tomorrow = (day + timedelta(days=1)).isoformat()
        sent = {"how": "value", "from_on": tomorrow, "branch": "east", "why": "to see", "value": value}
        before = everything(company.database)
        answer = browser.post(path, {**sent, "do": "preview"})
        assert answer.status_code == 200, answer.text
        assert everything(company.database) == before
    page = answer.text
    return " ".join(Page(page[page.index('id="preview"') :]).texts)


def planned(company: Company, rule: Cadence, branch: str = "east") -> None:
    """The series of a rule from the beginning of November on."""
    with at(NOVEMBER, 1), company.session(branch) as session:
        plan(session, rule, NOVEMBER, ahead=80)


@pytest.fixture(scope="module")
def first_orders(kept: Company) -> dict[str, int]:
    """Three households of Wednesday, whose first orders are due on Monday the 30th; a fourth in the west.

    Ann orders on Tuesday, so late; Ben on Monday; Cem never.
    """
    with keeping(kept, FIRST_ORDER):
        with at(WEDNESDAY):
            found = {name: customer(kept, name=name) for name in ("Ann", "Ben", "Cem")}
            customer(kept, "west")
        for name, day in (("Ann", date(2026, 12, 1)), ("Ben", date(2026, 11, 30))):
            with at(day):
                order(kept, found[name], day)
    return found


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("3", "all come out as they did"),
        ("6", "3 come out otherwise. Late: 0 more, 1 fewer."),
        ("1", "3 come out otherwise. Late: 1 more, 0 fewer."),
        ("20", "3 come out otherwise. Late: 0 more, 2 fewer."),
    ],
)
def test_deadlines_move_and_are_late_more_or_less_often(
    kept: Company, first_orders: dict[str, int], days: str, says: str
):
    with keeping(kept, FIRST_ORDER):
        found = asked(kept, FIRST_ORDER, days, TENTH)
    assert "Of 3 judged again" in found, "the west is not the keeper's to read"
    assert says in found
    if days == "6":
        assert f"Shop customer {first_orders['Cem']} Nov 25, 2026 Nov 30, 2026 Dec 1, 2026" in found


def test_an_administrator_sees_the_branches_below(kept: Company, first_orders: dict[str, int]):
    with keeping(kept, FIRST_ORDER):
        found = asked(kept, FIRST_ORDER, "6", TENTH, "admin")
    assert "Of 4 judged again" in found
    assert "3 come out otherwise" in found, "the proposed value is that of the east"


def test_hours_are_counted_again_from_the_instant(kept: Company):
    with keeping(kept, ANSWER):
        with at(WEDNESDAY, 16):
            customer(kept, kind="firm")
        found = asked(kept, ANSWER, "1", TENTH)
    assert "1 come out otherwise" in found
    assert "Nov 26, 2026 11:00" in found
    assert "Nov 25, 2026 17:00" in found


def test_times_of_a_series_fall_away_and_come_beside(kept: Company):
    with keeping(kept, VISIT):
        with at(NOVEMBER):
            firm = customer(kept, kind="firm", since=date(2026, 10, 31))
            customer(kept, "west", kind="firm", since=date(2026, 10, 31))
        for branch in ("east", "west"):
            planned(kept, VISIT, branch)
        with at(date(2026, 12, 2)):
            order(kept, firm, date(2026, 12, 2))
        found = asked(kept, VISIT, "2", date(2027, 1, 12))
        assert "Of 2 judged again" in found
        assert "1 come out otherwise. Late: 0 more, 1 fewer." in found
        assert f"Shop customer {firm} Nov 30, 2026 Nov 30, 2026 —" in found
    with keeping(kept, TWO_MONTHLY):
        planned(kept, TWO_MONTHLY)
        found = asked(kept, TWO_MONTHLY, "1", date(2027, 1, 12))
    assert "Of 2 judged again" in found
    assert "1 come out otherwise. Late: 0 more, 0 fewer." in found
    assert f"Shop customer {firm} Nov 30, 2026 — Nov 30, 2026" in found


def test_a_branch_reports_on_another_day_of_the_month(kept: Company):
    with keeping(kept, MONTHLY):
        planned(kept, MONTHLY)
        found = asked(kept, MONTHLY, "9", date(2026, 12, 20))
        assert "Of 2 judged again" in found
        assert "2 come out otherwise. Late: 0 more, 0 fewer." in found
        assert "Dec 5, 2026 Dec 7, 2026 Dec 9, 2026" in found
        assert "Late: 0 more, 1 fewer." in asked(kept, MONTHLY, "25", date(2026, 12, 20))
        assert "come out as they did" in asked(kept, MONTHLY, "5", date(2026, 12, 20))


def test_dates_that_nobody_had_asked_for(kept: Company):
    unset = replace(MONTHLY, id="SHOP-D16", settings=(replace(MONTHLY.settings[0], default=None),))
    with keeping(kept, unset):
        planned(kept, unset)
        found = asked(kept, unset, "5", date(2026, 12, 20))
    assert "Of 12 judged again" in found
    assert "12 come out otherwise." in found
    assert "Dec 5, 2026 — Dec 7, 2026" in found


def test_targets_are_reached_or_missed_in_other_months(kept: Company):
    with keeping(kept, SERVED_WELL):
        customer(kept)
        customer(kept, "west")
        found = asked(kept, SERVED_WELL, "99", TENTH)
        assert "Of 12 judged again" in found
        assert "1 come out otherwise" in found
        assert "Oct 31, 2026 Reached: 98% against 98% Missed: 98% against 99%" in found
        assert "Missed: 96% against 98% Reached: 96% against 96%" in asked(kept, SERVED_WELL, "96", TENTH)
        kept.put("east", Target(measure="shop.served", month="2026-10", value=Decimal(97)))
        assert "come out as they did" in asked(kept, SERVED_WELL, "99", TENTH)
