"""Dashboard and work of the gas office, by position and branch, each figure with the list that holds its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

import gas_company
import gas_office
from company import Browser, Company, counted
from core.branches import Branch
from core.data import clock
from core.exchange.models import ACCEPTED, CHECKED, ImportSheet
from core.jobs.models import DONE, Job
from gas_books import paid, usage_bill
from pages import Page
from plugins.gas import models

REPORTED, LOOKED_AT = "Accuracy of the monthly report", "Inspected and in order"
RATES = {
    "Business meters read",
    "Outside meters read",
    "Inside meters read",
    "Meters read and billed",
    REPORTED,
}
MONEY = {"Meters read", "Billed", "Money taken", "Collection rate", "Overdue money"}
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="module")
def company(company: Company) -> Company:
    """Two offices below the head office, which oversees them; the west has ten times the money of the east."""
    gas_company.put_below_head_office(company)
    for code, money in (("gas-east", 1), ("gas-west", 10)):
        with gas_company.office_of(company, code).session() as session:
            account = gas_office.metered(
                session, None, ("2025-01-31", "0"), ("2026-10-31", "5"), number=f"A-{code}"
            )
            late = usage_bill(session, account, "2026-09", f"{100 * money}.00", date(2026, 10, 3))
            paid(session, late, f"{90 * money}.00", date(2026, 10, 20))
            other = gas_office.account(session, None, number=f"B-{code}")
            usage_bill(session, other, "2026-10", f"{20 * money}.00", date(2026, 11, 22))
            usage_bill(session, other, "2026-11", f"{3 * money}.00", date(2026, 11, 29))
            run = models.BillingRun(period="2026-10", billed_on=date(2026, 11, 1), due_on=date(2026, 11, 8))
            run.state, run.bills, run.skipped = models.DONE, 1, 4 * money
            session.add(run)
            for state in (CHECKED, ACCEPTED):
                session.add(ImportSheet(kind="gas.reading", file_name="r.xlsx", sha256="0", state=state))
    return company


def tiles(page: str) -> dict[str, list[str]]:
    part = page[page.index("cards-figures") :]
    items = re.findall(r'<li class="stat">.*?</li>', part, re.DOTALL)
    found = [Page(re.sub(r'<a class="stat-why".*?</a>', "", each)).texts for each in items]
    return {each[0]: each[1:] for each in found}


def links(page: str) -> dict[str, str]:
    """Label of a tile -> address of the list behind it."""
    return dict(
        (label, url.replace("&amp;", "&"))
        for url, label in re.findall(r'<a class="stat-link stat-title" href="([^"]+)">([^<]+)<', page)
    )


def lines(page: str) -> list[tuple[str, str, str]]:
    """The lines of work: title, number, address."""
    titles = re.findall(r'class="work-link" href="([^"]+)">([^<]+)<', page)
    counts = re.findall(r'work-count">([^<]+)<', page)
    return [(title, count, url) for (url, title), count in zip(titles, counts, strict=True)]


def test_the_head_of_an_office_sees_its_figures(company: Company):
    page = company.client_of("gas-east.department-head").get("/dashboard/").text
    assert tiles(page) == {
        "Meters read": ["100%", "No target"],
        "Billed": ["¥20.00", "No target"],
        "Money taken": ["¥90.00", "No target"],
        "Collection rate": ["0%", "Target 95% · GAS-R72 (Customer service rules 催缴2)", "Below the target"],
        "Overdue money": ["¥10.00", "No target"],
        "Business meters read": ["—", "Target 100% · GAS-R19 (Customer service rules 抄表4)"],
        "Outside meters read": ["100%", "Target 98% · GAS-R20 (Customer service rules 抄表4)", "Target met"],
        "Inside meters read": ["—", "Target 70% · GAS-R21 (Customer service rules 抄表4)"],
        "Meters read and billed": ["0%", "No target"],
        "Accuracy of the monthly report": [
            "100%",
            "Target 100% · GAS-R77 (Customer service rules 催缴5)",
            "Target met",
        ],
        LOOKED_AT: ["—", "No target"],
    }
    september = company.client_of("gas-east.department-head").get("/dashboard/?month=2026-09").text
    assert tiles(september)["Collection rate"][0] == "90%"
    assert tiles(september)["Overdue money"][0] == "¥0.00"


def test_each_figure_leads_to_the_list_of_its_rows(company: Company):
    head = company.client_of("gas-east.department-head")
    found = links(head.get("/dashboard/").text)
    expected: dict[str, set[str]] = {
        "Meters read": {"A-gas-east", "2026-10"},
        "Billed": {"B-gas-east", "¥20.00"},
        "Money taken": {"A-gas-east", "¥90.00"},
        "Collection rate": {"B-gas-east", "¥20.00"},
        "Overdue money": {"A-gas-east", "¥10.00", "Oct 31, 2026"},
        **{each: {"A-gas-east", "2026-10"} for each in RATES - {REPORTED}},
        REPORTED: set(),
        LOOKED_AT: set(),
    }
    assert set(found) == set(expected)
    for label, texts in expected.items():
        answer = head.get(found[label])
        there = set(Page(answer.text).texts)
        assert texts <= there, label
        other = {"A-gas-east", "B-gas-east"} - texts
        assert not other & there, label


@pytest.mark.parametrize(
    ("position", "sees"),
    [
        ("department-head", MONEY | RATES | {LOOKED_AT}),
        ("team-leader", MONEY | RATES | {LOOKED_AT}),
        ("finance", MONEY | RATES),
        ("cashier", None),
        ("card-clerk", None),
        ("meter-reader", None),
        ("duty-clerk", None),
    ],
)
def test_positions(company: Company, position: str, sees: set[str] | None):
    browser = company.client_of(f"gas-west.{position}")
    answer = browser.get("/dashboard/")
    assert answer.status_code == (200 if sees else 403)
    assert ("cards-figures" in browser.get("/").text) is bool(sees)
    if sees:
        assert set(tiles(answer.text)) == sees
        assert "¥100.00" in answer.text
        assert "¥10.00" not in answer.text  # the east's


def test_finance_at_the_head_office_sees_every_office(company: Company):
    finance = company.client_of("hq.finance")
    page = finance.get("/dashboard/").text
    assert tiles(page)["Overdue money"][0] == "¥110.00"
    assert tiles(page)["Billed"][0] == "¥220.00"
    rows = dict(re.findall(r"<bdi>([^<]+)</bdi>.*?</th>(.*?)</tr>", page, re.DOTALL))
    texts = {name: [each for each in Page(row).texts if each[0] in "¥01—"] for name, row in rows.items()}
    rates = ["—", "100%", "—", "0%", "100%"]
    assert texts["Gas East"] == ["100%", "¥20.00", "¥90.00", "0%", "¥10.00", *rates]
    assert texts["Gas West"] == ["100%", "¥200.00", "¥900.00", "0%", "¥100.00", *rates]
    west = next(
        each
        for each in Page(rows["Gas West"]).links
        if each.startswith("/gas/past-arrears/") and "f_branch" in each
    )
    there = set(Page(finance.get(west).text).texts)
    assert ("A-gas-west" in there, "A-gas-east" in there) == (True, False)
    assert "¥100.00" in there


def test_the_work_of_each_position(company: Company):
    cashier = lines(company.client_of("gas-east.cashier").get("/").text)
    assert cashier == [
        ("Accounts with overdue bills", "1", "/gas/arrears/?f_due=overdue"),
        ("Accounts with bills due today", "1", "/gas/arrears/?f_due=today"),
        ("Accounts with bills not due yet", "1", "/gas/arrears/?f_due=later"),
        ("Accounts not billed in 2026-10", "4", cashier[3][2]),
    ]
    assert cashier[3][2].startswith("/gas/billing-skip/?f_run_id=")
    reader = lines(company.client_of("gas-west.meter-reader").get("/").text)
    assert [each[:2] for each in reader] == [
        ("Accounts with overdue bills", "1"),
        ("Accounts with bills due today", "1"),
        ("Accounts with bills not due yet", "1"),
        ("Sheets to accept: Reading sheet", "1"),
    ]
    assert re.fullmatch(r"/core/import/sheet/\d+", reader[3][2])
    duty = lines(company.client_of("gas-east.duty-clerk").get("/").text)
    assert [each[0] for each in duty] == ["Before opening", "Hall inspection", "After closing"]


def test_one_sheet_is_opened_and_several_are_listed(company: Company):
    with gas_company.office_of(company, "gas-west").session() as session:
        second = ImportSheet(kind="gas.reading", file_name="s.xlsx", sha256="0", state=CHECKED)
        session.add(second)
        session.flush()
        added = second.id
    reader = company.client_of("gas-west.meter-reader")
    told = lines(reader.get("/").text)[3]
    with gas_company.office_of(company, "gas-west").session() as session:
        session.delete(session.get_one(ImportSheet, added))
    assert told == (
        "Sheets to accept: Reading sheet",
        "2",
        "/core/import/?kind=gas.reading&amp;state=checked",
    )


def cards(page: str) -> dict[str, tuple[str, str, str]]:
    """Title of a figure of now -> figure, hint and address."""
    found = {}
    for each in re.findall(r'<li class="stat[^"]*">.*?</li>', page[: page.index("cards-figures")], re.DOTALL):
        title, figure, hint = Page(each).texts
        found[title] = (figure, hint, Page(each).links[0])
    return found


def test_the_figures_of_now(company: Company):
    with gas_company.office_of(company, "gas-west").session() as session:
        account = gas_office.account(session, None)
        bill = usage_bill(session, account, "2026-10", "1.50", date(2026, 11, 29))
        paid(session, bill, "1.00", date(2026, 11, 22))
        paid(session, bill, "0.50", date(2026, 11, 1))
    head = company.client_of("gas-west.department-head")
    found = cards(head.get("/dashboard/").text)
    assert found["Taken today"] == (
        "¥1.00",
        "1 receipts; ¥1.50 this month",
        "/gas/payment/?f_received_on=2026-11-22",
    )
    ended = found["Billing runs that ended this month"]
    assert ended[:2] == ("1", "1 left accounts out")
    page = Page(head.get(ended[2]).text)
    assert len([each for each in page.links if re.fullmatch(r"/gas/billing-run/\d+", each)]) == 1


def test_each_line_of_work_leads_to_its_things(company: Company):
    cashier = company.client_of("gas-east.cashier")
    expected = {"overdue": ("A", "¥10.00"), "today": ("B", "¥23.00"), "later": ("B", "¥23.00")}
    for due, (account, owed) in expected.items():
        texts = Page(cashier.get(f"/gas/arrears/?f_due={due}").text).texts
        assert ("A-gas-east" in texts, "B-gas-east" in texts) == (account == "A", account == "B")
        assert owed in texts
    reader = company.client_of("gas-west.meter-reader")
    page = reader.get("/core/import/?kind=gas.reading&state=checked").text
    assert re.findall(r'class="row-link" href="(/core/import/sheet/\d+)"', page) != []
    assert "Accepted" not in Page(page).texts


def test_work_is_of_the_own_branch(company: Company):
    page = company.client_of("gas-west.cashier").get("/").text
    assert "¥100.00" in Page(page).texts
    assert ("Accounts not billed in 2026-10", "40") in [each[:2] for each in lines(page)]
    assert "¥10.00" not in Page(page).texts


def statements(company: Company, browser: Browser, path: str) -> list[str]:
    browser.get(path)
    with counted(company.database) as found:
        assert browser.get(path).status_code == 200
    return found


def test_the_number_of_statements_depends_on_neither_rows_nor_offices(company: Company):
    browsers: list[tuple[Any, str]] = [
        (company.client_of("hq.finance"), "/dashboard/"),
        (company.client_of("gas-east.cashier"), "/"),
    ]
    before = [statements(company, *each) for each in browsers]
    with gas_company.office_of(company, "gas-east").session() as session:
        for number in range(30):
            account = gas_office.metered(session, None, ("2025-01-31", "0"), ("2026-10-31", "5"))
            bill = usage_bill(session, account, "2026-10", "8.00", date(2026, 11, 1 + number % 20))
            paid(session, bill, "1.00", date(2026, 11, 2))
    with company.session() as session:
        below = Branch(code="gas-south", name_zh="城南燃气", name_en="Gas South")
        below.parent_id = company.branches["hq"]
        session.add(below)
        session.flush()
        company.branches["gas-south"] = below.id
    company.switch("gas", "gas-south", on=True)
    after = [statements(company, *each) for each in browsers]
    assert "Gas South" in browsers[0][0].get("/dashboard/").text
    assert [len(each) for each in after] == [len(each) for each in before], "\n".join(after[0])
    assert len(before[0]) <= 20, "\n".join(before[0])
    assert len(before[1]) <= 20, "\n".join(before[1])


def test_a_billing_run_that_ended_stays_reachable(company: Company):
    with company.session("gas-east") as session:
        run = models.BillingRun(period="2026-08", billed_on=date(2026, 9, 1), due_on=date(2026, 9, 8))
        run.state = models.DONE
        session.add(run)
        session.flush()
        person = company.people["gas-east.cashier"]
        session.add(Job(kind="gas.billing", state=DONE, subject_id=run.id, started_by=person))
        address = f"/gas/billing/{run.id}/result"
    cashier = company.client_of("gas-east.cashier")
    assert address in Page(cashier.get("/").text).links
    assert cashier.get(address).status_code == 200
