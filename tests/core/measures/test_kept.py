"""Figures are kept with their why: worked out anew until they are final, then as they were, whatever is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import func, select, update

from company import Company, counted, customer_values
from core.branches import Branch
from core.branches.scope import system_scope
from core.data import UserError, clock
from core.handbook.changing import Change, change
from core.handbook.kinds import Clause, Threshold
from core.handbook.registry import RuleBook
from core.handbook.replay import Replayed, replay
from core.handbook.values import PERCENT, Setting
from core.jobs.models import Job
from core.measures import keeping
from core.measures.kinds import MONEY, SHARE, Measure, Part, Sum
from core.measures.models import Figure, Target
from core.measures.months import Months
from core.measures.plugin import check_target
from core.people.positions import Position, grant
from pages import Page

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CLAUSE = Clause("called", "Shop rules", "12", "Customers are called.")
CALLS = Threshold(
    "SHOP-K05",
    CLAUSE,
    "At least %(rate)s of the customers are called each month.",
    (Setting("rate", PERCENT, Decimal(70), "Rate of calls"),),
    measure="shop.called",
    target="rate",
)
BY_QUARTER = Threshold(
    "SHOP-K06",
    CLAUSE,
    "At least %(rate)s of the customers are called each quarter.",
    (Setting("rate", PERCENT, Decimal(50), "Rate of calls"),),
    measure="shop.seldom",
    target="rate",
    over="quarter",
)
CHIEF = Position(
    "shop.chief",
    "Chief",
    (grant("core.target", "see", clause="SHOP 3"), grant("shop.customer", "see", clause="S")),
    oversees=True,
)
CALLED = {"2026-07": 60, "2026-08": 72, "2026-10": 75, "2026-11": 10}
asked: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
"""For which months the records were added up, and in how many branches."""


def added(session: Any, months: Months) -> dict[str, Sequence[Sum]]:
    """Of a hundred customers in each branch; nothing was due in September."""
    branches = session.execute(select(Customer.branch_id, func.count()).group_by(Customer.branch_id)).all()
    ids = tuple(each for each, _count in branches)
    asked.append((months.all, ids))
    shares = [Sum(each, month, CALLED[month], 100) for each in ids for month in months.all if month in CALLED]
    return {"called": shares, "money": [Sum(each.branch_id, each.month, each.amount) for each in shares]}


def url(_month: str, _months: Months) -> str:
    return "/"


MEASURES = [
    Measure(
        "shop.called",
        "Called",
        SHARE,
        "shop.customer",
        Part(added, "called"),
        url,
        "Those who were called.",
        settles=1,
    ),
    Measure(
        "shop.money",
        "Cost of calls",
        MONEY,
        "shop.customer",
        Part(added, "money"),
        url,
        "What it cost.",
        settles=0,
        at_most=True,
    ),
    Measure(
        "shop.seldom",
        "Seldom",
        SHARE,
        "shop.customer",
        Part(added, "called"),
        url,
        "As above.",
        settles=0,
    ),
]


@pytest.fixture(autouse=True)
def measured(company: Company) -> Iterator[None]:
    installed = company.installation
    before = installed.rules, installed.measures
    installed.measures = [("shop", each) for each in MEASURES]
    installed.rules = RuleBook.of([("shop", CALLS), ("shop", BY_QUARTER)])
    installed.positions[CHIEF.id] = CHIEF
    if "east.chief" not in company.people:
        for branch in ("east", "west"):
            company.put(branch, Customer(**customer_values()))
            company.add_person(f"{branch}.chief", branch, CHIEF.id)
    with company.session() as session:
        for branch in ("east", "west"):
            for row in session.scalars(select(Figure).where(Figure.branch_id == company.branches[branch])):
                session.delete(row)
    with clock.frozen(NOON):
        yield
    installed.rules, installed.measures = before


def keep(company: Company, branch: str = "east", day: date = TODAY) -> int:
    asked.clear()
    with company.session(branch) as session:
        return keeping.keep_all(session, day)


def kept(company: Company, measure: str, month: str, branch: str = "east") -> Figure:
    with company.session(branch) as session:
        row = session.scalars(select(Figure).where(Figure.measure == measure, Figure.month == month)).one()
        assert row.basis is None or row.basis.settings
        session.expunge_all()
        return row


def replayed(company: Company) -> Replayed:
    with company.session() as session:
        return replay(session)


def told(company: Company, key: str) -> dict[str, Any]:
    answer = company.api_of("east.chief")("GET", f"/api/v1/rules/why/measure/{key}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json["result"]
    return found


def test_each_month_is_kept_with_what_it_rests_on(company: Company):
    keep(company)
    august = kept(company, "shop.called", "2026-08")
    assert (august.amount, august.whole, august.target, august.state) == (72, 100, 70, "reached")
    assert (august.worked_on, august.worked_at, august.entered) == (TODAY, NOON, False)
    assert august.basis is not None
    assert (august.basis.rule, august.basis.version) == ("SHOP-K05", 1)
    assert (august.basis.clause["heading"], august.basis.settings) == ("12", {"rate": {"decimal": "70"}})
    assert kept(company, "shop.called", "2026-07").state == "missed"
    nothing_due = kept(company, "shop.called", "2026-09")
    assert (nothing_due.amount, nothing_due.whole, nothing_due.state) == (0, 0, "not_applicable")
    money = kept(company, "shop.money", "2026-08")
    assert (money.amount, money.whole, money.target, money.basis) == (72, None, None, None)


def test_a_figure_is_final_when_its_records_and_its_period_are_over(company: Company):
    keep(company)
    final = {
        (name, month): kept(company, name, month).final
        for name in ("shop.called", "shop.money", "shop.seldom")
        for month in ("2026-08", "2026-09", "2026-10", "2026-11")
    }
    assert {each for each, yes in final.items() if not yes} == {
        ("shop.called", "2026-10"),  # its records may still change in November
        ("shop.called", "2026-11"),
        ("shop.money", "2026-11"),
        ("shop.seldom", "2026-10"),  # the quarter that its rule judges is not over
        ("shop.seldom", "2026-11"),
    }


def test_only_what_is_not_final_is_worked_out_anew(company: Company, monkeypatch: pytest.MonkeyPatch):
    every = keep(company)
    assert every == 3 * (keeping.BACK + 1)
    assert [len(months) for months, _branches in asked] == [keeping.BACK + 1]  # read once for all three
    monkeypatch.setitem(CALLED, "2026-08", 1)
    monkeypatch.setitem(CALLED, "2026-11", 20)
    assert keep(company) == 5
    assert asked == [(("2026-10", "2026-11"), (company.branches["east"],))]
    assert kept(company, "shop.called", "2026-08").amount == 72
    assert kept(company, "shop.called", "2026-11").amount == 20
    # A worker that was down for two months closes what it had left open, once.
    assert keep(company, day=date(2027, 1, 5)) == 5 + 3 * 2
    assert kept(company, "shop.called", "2026-10").final
    assert not kept(company, "shop.called", "2026-12").final


def test_neither_settings_nor_targets_nor_records_change_what_is_final(
    company: Company, monkeypatch: pytest.MonkeyPatch
):
    keep(company)
    with company.session() as session:
        since = Change("rate", company.branches["east"], date(2026, 11, 23), Decimal(99), "more")
        change(session, CALLS, since, None)
    company.put("east", Target(measure="shop.called", month="2026-08", value=Decimal(90)))
    monkeypatch.setitem(CALLED, "2026-08", 1)
    found = told(company, "shop.called:2026-08:east")
    for said in ("72%", "That is 72 of 100.", "The target is 70%: Target met.", "is final"):
        assert said in found["text"], said
    assert [each["value"] for each in found["settings"]] == ["70%"]
    assert [each["value"] for each in found["inputs"] if each["name"] == "worked_at"] == [
        "Nov 22, 2026 12:00"
    ]
    running = told(company, "shop.called:2026-11:east")
    assert "The target is 99%: Month not over." in running["text"]
    assert "is final" not in running["text"]
    page = company.client_of("east.chief").get("/dashboard/?month=2026-08").text
    tile = page[page.index('<li class="stat">') :]
    assert {"72%", "Target 70% · SHOP-K05 (Shop rules 12)", "Target met"} <= set(Page(tile).texts)
    with company.session("east") as session:
        another = Target(measure="shop.called", month="2026-07", value=Decimal(1))
        with pytest.raises(UserError, match="is final"):
            check_target(another)
        check_target(Target(measure="shop.called", month="2026-10", value=Decimal(1)))
        session.rollback()


def test_the_dashboard_adds_up_nothing_that_is_kept(company: Company):
    keep(company)
    asked.clear()
    chief = company.client_of("east.chief")
    with counted(company.database) as statements:
        page = chief.get("/dashboard/?month=2026-11").text
    assert not [each for each in statements if "FROM shop_customer" in each]
    assert len([each for each in statements if "FROM core_figure" in each]) == 1
    assert asked == []
    assert "Worked out Nov 22, 2026 12:00" in Page(page).texts
    assert "Worked out" not in chief.get("/dashboard/?month=2026-08").text
    chief.get("/dashboard/?month=2024-12")  # only the last month of this board was kept
    assert [months for months, _branches in asked] == [Months("2024-12", TODAY).all]


def test_what_is_not_kept_yet_is_added_up_where_it_is_missing(company: Company):
    keep(company)
    with company.session("east") as session:
        for each in session.scalars(select(Figure).where(Figure.month >= "2026-11")):
            session.delete(each)
    asked.clear()
    page = company.client_of("east.chief").get("/dashboard/?month=2026-11").text
    assert asked == [(("2026-11",), (company.branches["east"],))]
    assert "10%" in Page(page).texts
    assert "Worked out" not in page


def test_figures_are_worked_out_anew_by_a_click(company: Company):
    keep(company)
    chief = company.client_of("east.chief")
    page = chief.get("/dashboard/?month=2026-11").text
    assert "/dashboard/anew?month=2026-11" in Page(page).posts
    answer = chief.post("/dashboard/anew?month=2026-11")
    with company.session("east") as session:
        job = session.scalars(select(Job).where(Job.kind == keeping.FIGURES)).one()
        assert answer.location == f"/core/job/{job.id}"
        assert job.started_by == company.people["east.chief"]
    again = chief.post("/dashboard/anew?month=2026-11")
    assert again.location == "/dashboard/?month=2026-11"
    assert "The figures are being worked out." in chief.get("/dashboard/").text
    assert company.client_of("east.clerk").post("/dashboard/anew").status_code == 403
    with company.session() as session:
        session.execute(update(Job).values(state="cancelled", single_key=None))


def test_the_worker_starts_it_where_something_was_not_worked_out_today(company: Company):
    def due() -> dict[int, str]:
        with company.app.app_context(), system_scope("a test"), company.database.sessions() as session:
            return {branch: params["day"] for branch, params in keeping.due(session)}

    east, west = company.branches["east"], company.branches["west"]
    assert {east, west} <= set(due())
    keep(company)
    assert (east in due(), west in due()) == (False, True)
    company.switch("shop", "west", on=False)
    try:
        assert west not in due()  # nothing is measured there
    finally:
        company.switch("shop", "west", on=True)
    with clock.frozen(datetime(2026, 11, 22, 17, tzinfo=UTC)):  # the next day has begun in Shanghai
        assert due()[east] == "2026-11-23"
    with company.session("east") as session:
        row = session.scalars(
            select(Figure).where(Figure.measure == "shop.seldom", Figure.month == "2026-11")
        )
        session.delete(row.one())
    assert east in due()


def test_replay_names_what_today_would_come_out_otherwise(company: Company):
    for branch in ("east", "west"):
        keep(company, branch)
    found = replayed(company)
    assert (found.differences, found.judged) == ([], 2 * 3 * (keeping.BACK + 1))
    with company.session("east") as session:
        for month, values in (("2026-08", {"amount": 3}), ("2026-07", {"state": "reached"})):
            wrong = update(Figure).where(Figure.measure == "shop.called", Figure.month == month)
            session.execute(wrong.values(**values))
        running = update(Figure).where(Figure.measure == "shop.called", Figure.month == "2026-11")
        session.execute(running.values(amount=4))  # changes with its records, until it is final
    differences = replayed(company).differences
    assert [each.what for each in differences] == [
        "shop.called of east in 2026-07",
        "shop.called of east in 2026-08",
    ]
    assert differences[0].rule == "SHOP-K05"
    assert "missed" in str(differences[0].now)


def test_a_branch_reads_its_own_figures(company: Company):
    keep(company)
    with company.session("west") as session:
        assert session.scalars(select(Figure)).all() == []
        assert session.get_one(Branch, company.branches["west"])
    asked.clear()
    company.client_of("west.chief").get("/dashboard/")
    assert {branches for _months, branches in asked} == {(company.branches["west"],)}
