"""Why a figure of the dashboard is what it is: a click, a call and a command tell it, by the rule of its period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import func, select

from company import Company, customer_values
from core.branches.scope import system_scope
from core.data import clock
from core.handbook.changing import Change, change
from core.handbook.explain import OPERATORS
from core.handbook.kinds import Clause, Threshold
from core.handbook.registry import RuleBook
from core.handbook.values import PERCENT, Setting
from core.measures.kinds import SHARE, Measure, Sum
from core.measures.models import Target
from core.measures.months import Months
from core.people.positions import Position, grant
from pages import Page

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
CALLED = Clause("called", "Shop rules", "12", "Customers are called every quarter.")
QUARTERLY = Threshold(
    "SHOP-K05",
    CALLED,
    "At least %(rate)s of the customers are called each quarter.",
    (Setting("rate", PERCENT, Decimal(70), "Rate of calls"),),
    measure="shop.called",
    target="rate",
    over="quarter",
)
DONE = {"2026-07": 40, "2026-08": 50, "2026-09": 69, "2026-10": 75, "2026-11": 10}
CHIEF = Position(
    "shop.chief",
    "Chief",
    (grant("core.target", "see", clause="SHOP 3"), grant("shop.customer", "see", clause="S")),
    oversees=True,
)


def called(session: Any, months: Months) -> Sequence[Sum]:
    """Of a hundred customers in each branch; it counts since the quarter began."""
    branches = session.execute(select(Customer.branch_id, func.count()).group_by(Customer.branch_id)).all()
    return [
        Sum(each, month, DONE[month], 100)
        for each, _count in branches
        for month in months.all
        if month in DONE
    ]


MEASURE = Measure(
    "shop.called", "Called", SHARE, "shop.customer", called, lambda _month, _all: "/", "Customers who were called.",
    usual=Decimal(5),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def measured(company: Company) -> Iterator[None]:
    before = company.installation.rules
    company.installation.measures = [("shop", MEASURE)]
    company.installation.rules = RuleBook.of([("shop", QUARTERLY)])
    company.installation.positions[CHIEF.id] = CHIEF
    for branch in ("east", "hq"):
        company.add_person(f"{branch}.chief", branch, CHIEF.id)
    for branch in ("east", "west"):
        company.put(branch, Customer(**customer_values()))
    yield
    company.installation.measures, company.installation.rules = [], before


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


def tile(company: Company, month: str, user: str = "east.chief") -> tuple[list[str], str]:
    """What the only tile says, and where it leads to its reason."""
    page = company.client_of(user).get(f"/dashboard/?month={month}").text
    part = page[page.index('<li class="stat">') :]
    part = part[: part.index("</li>")]
    why = next(each for each in Page(part).links if "/why/" in each)
    return Page(part).texts, why


def told(company: Company, key: str, user: str = "east.chief") -> dict[str, Any]:
    answer = company.api_of(user)("GET", f"/api/v1/rules/why/measure/{key}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json["result"]
    return found


@pytest.mark.parametrize(
    ("month", "standing"),
    [
        ("2026-08", "Quarter not over"),
        ("2026-09", "Below the target"),
        ("2026-10", "Target met"),
        ("2026-11", "Quarter not over"),
    ],
)
def test_a_quarter_is_missed_at_its_end_and_not_before(company: Company, month: str, standing: str):
    texts, _why = tile(company, month)
    assert "Target 70% · SHOP-K05 (Shop rules 12)" in texts
    assert standing in texts


def test_one_click_tells_the_rule_its_settings_and_what_was_counted(company: Company):
    _texts, why = tile(company, "2026-09")
    assert why == "/core/handbook/why/measure/shop.called:2026-09:east"
    page = company.client_of("east.chief").get(why)
    assert page.status_code == 200
    texts = " ".join(Page(page.text).texts)
    for said in (
        "Called in September 2026: 69%.",
        "That is 69 of 100.",
        "Customers who were called.",
        "The target is 70%: Below the target.",
        "It rests on SHOP-K05 (Shop rules 12): At least 70% of the customers are called each quarter.",
        "Rate of calls 70%",
        "Counted 69 Out of 100",
        "Branch East",
        "Customers are called every quarter.",
    ):
        assert said in texts, said
    assert "/dashboard/?month=2026-09" in Page(page.text).links
    chinese = company.client_of("east.chief", "zh").get(why).text
    assert "即 100 中的 69。" in chinese
    assert "目标为 70%：未达目标。" in chinese


def test_rest_and_the_command_line_tell_the_same(company: Company):
    found = told(company, "shop.called:2026-09:east")
    assert (found["rule"], found["version"], found["kind"]) == ("SHOP-K05", 1, "threshold")
    assert (found["clause"]["heading"], found["day"]) == ("12", "2026-09-30")
    assert found["settings"] == [{"name": "rate", "label": "Rate of calls", "value": "70%"}]
    assert [(each["name"], each["value"]) for each in found["inputs"]] == [
        ("part", "69"),
        ("whole", "100"),
        ("figure", "69%"),
        ("target", "70%"),
        ("branch", "East"),
    ]
    with (
        company.app.test_request_context(),
        system_scope("a test"),
        company.installation.database.sessions() as session,
    ):
        assert OPERATORS["measure"](session, "shop.called:2026-09:east").as_json() == found


def test_a_month_is_judged_by_the_settings_of_its_own_period(company: Company):
    """The branch asks for more from 1 December on: the fourth quarter is judged by that, the third is not."""
    with company.session() as session:
        first = date(2026, 12, 1)
        change(session, QUARTERLY, Change("rate", company.branches["east"], first, Decimal(80), "more"), None)
    assert "Target 80% · SHOP-K05 (Shop rules 12)" in tile(company, "2026-10")[0]
    assert "Target 70% · SHOP-K05 (Shop rules 12)" in tile(company, "2026-09")[0]
    october, september = (told(company, f"shop.called:2026-{month}:east") for month in ("10", "09"))
    assert "The target is 80%: Quarter not over." in october["text"]
    assert "At least 80% of" in october["text"]
    assert "At least 70% of" in september["text"]


def test_without_a_figure_in_the_rule_there_is_no_target(company: Company):
    """A rule whose target nobody has set is not in force: what the measure itself names does not step in."""
    unset = replace(QUARTERLY, id="SHOP-K06", settings=(Setting("rate", PERCENT, None),))
    held = company.installation.rules
    company.installation.rules = RuleBook.of([("shop", unset)])
    try:
        assert "No target" in tile(company, "2026-08")[0]
        assert "There is no target." in told(company, "shop.called:2026-08:east")["text"]
        company.installation.rules = RuleBook.of([])
        assert "Target 5%" in " ".join(tile(company, "2026-08")[0])
        found = told(company, "shop.called:2026-08:east")
        assert (found["rule"], found["version"]) == ("", 0)
        assert "The target is 5%: Target met." in found["text"]
    finally:
        company.installation.rules = held


def test_a_target_that_somebody_entered_is_that_of_the_month(company: Company):
    company.put("east", Target(measure="shop.called", month="2026-07", value=Decimal(45)))
    texts, _why = tile(company, "2026-07")
    assert {"Target 45%", "Below the target"} <= set(texts)
    assert "This target was entered for the month." in told(company, "shop.called:2026-07:east")["text"]


def test_over_several_branches_it_is_told_of_all_and_of_each(company: Company):
    company.switch("shop", "hq", on=True)
    try:
        _texts, why = tile(company, "2026-09", "hq.chief")
        assert why == "/core/handbook/why/measure/shop.called:2026-09"
        found = told(company, "shop.called:2026-09", "hq.chief")
        assert "That is 138 of 200." in found["text"]
        assert found["settings"][0]["value"] == "70%"
        assert "Branch" in [
            each["label"] for each in told(company, "shop.called:2026-09:west", "hq.chief")["inputs"]
        ]
        with company.session() as session:
            asked = Change("rate", company.branches["west"], date(2026, 11, 23), Decimal(60), "less")
            change(session, QUARTERLY, asked, None)
        found = told(company, "shop.called:2026-11", "hq.chief")
        assert "choose one of them to see its own" in found["text"]
        assert found["settings"] == []
    finally:
        company.switch("shop", "hq", on=False)


def test_it_is_told_to_those_alone_who_get_the_figure(company: Company):
    path = "/api/v1/rules/why/measure/shop.called:2026-09"
    assert company.api_of("east.clerk")("GET", f"{path}:east").status_code == 404
    assert company.api_of("east.chief")("GET", f"{path}:west").status_code == 404
    assert company.app.test_client().get(path).status_code == 401
    for key in (
        "shop.none:2026-09",
        "shop.called:2026-13",
        "shop.called:2026-12",
        "shop.called",
        "shop.called:2026-09:no",
    ):
        answer = company.api_of("east.chief")("GET", f"/api/v1/rules/why/measure/{key}")
        assert answer.status_code == 404, key
