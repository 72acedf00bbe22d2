"""A branch manager's day: figures against targets, the rows behind them, a sheet to accept, runs, debts, a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from day import Day, Piece
from filled_sheet import FilledSheet
from shown_as import amount
from visitor import TO_THE_MIDDLE, Visitor
from walks import DESK, settings

MANAGER, CASHIER = "gas-west.department-head", "gas-west.cashier"
ROUTES = {"R90": "新城东线", "R91": "新城西线"}
VIEW = "VIP-10"
MESSAGE = "139 0000 1234 — 18:00"
PIECES = {
    "look at the month against its targets": Piece(
        (
            "fetch the reader's book of months",
            "fetch the cashier's",
            "fetch the one of the debts",
            "open each at the month: the reader's",
            "the cashier's",
            "that of the debts",
            "fetch the sheet of targets",
            "lay the abacus ready",
        ),
        0,  # it is the first page
    ),
    "see the bills behind a figure": Piece(
        ("fetch the bundles of the month's bills", "untie them", "lay the book of months beside them"), 1
    ),
    "keep the largest ones as a list": Piece(
        (
            "sort the large ones out",
            "take a clean sheet",
            "put each back into its bundle",
            "tie the bundles",
            "put the bundles back",
            "file the sheet",
        ),
        5,  # sort, and the other way round; the views; the name
    ),
    "accept the sheet of new routes": Piece(
        (
            "take it out of the tray",
            "fetch the book of routes",
            "open it at the last page",
            "sign the sheet",
            "stamp it",
            "put it into the file",
            "put the book back",
        ),
        3,  # the dashboard; the sheet; accept
    ),
    "see how the billing ended": Piece(
        (
            "fetch the cashier's statement of the run",
            "fetch the cards that were laid aside",
            "look through the cards",
            "lay the abacus ready",
            "put the cards back",
            "file the statement",
        ),
        4,  # the dashboard; the runs; the run; its result
    ),
    "take the list of overdue accounts along": Piece(
        (
            "fetch the book of debts",
            "open it at the oldest month",
            "take clean sheets",
            "lay the carbon paper between them",
            "staple them",
            "put the book back",
        ),
        4,  # the dashboard; the overdue ones; export; the workbook
    ),
    "leave word about the one who owes longest": Piece(
        (
            "pull out the drawer of the street",
            "take out the account's ledger card",
            "take a slip",
            "clip it to the card",
            "put the card back",
            "carry a second slip to the counter",
        ),
        3,  # the row; the field; write
    ),
    "open the kept list again": Piece(("fetch the file of lists", "open it at the sheet"), 2),
}


@pytest.mark.long
@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_a_day_takes_fewer_presses_than_paper_takes_handlings(
    visitor: Callable[..., Visitor], site: servers.LiveServer, tmp_path: Path
) -> None:
    manager = visitor(data=("routes.xlsx", VIEW, MESSAGE, *ROUTES, *ROUTES.values()))
    bill_last_month(manager)
    leave_a_sheet(manager, tmp_path / "routes.xlsx")
    program, month = rest_client.log_in(site, MANAGER), last_month()
    browser, words = manager.browser, manager.words

    day = Day(manager, PIECES)
    manager.open("/login/")
    manager.fill("User name", MANAGER)
    manager.fill("Password", servers.DEMO_PASSWORD)
    by_enter(manager)

    with day.doing("look at the month against its targets"):
        assert manager.title() == words("Dashboard")
        told = {each: tile(manager, each) for each in ("Meters read", "Billed", "Collection rate")}
    assert words("Target %(target)s", target="95%") in told["Collection rate"]
    billed = next(amount(each) for each in told["Billed"].splitlines() if each.startswith("¥"))

    with day.doing("see the bills behind a figure"):
        manager.press("Billed", within="main .cards-figures")
    found = bills_of(program, month)
    assert sum(found) == billed

    with day.doing("keep the largest ones as a list"):
        for _twice in range(2):
            sort_by(manager, "Total")
        browser.shown("#list summary")[0].click()
        browser.one("#list [open] [name=name]").click()
        browser.driver.switch_to.active_element.send_keys(VIEW, Keys.ENTER)
        browser.wait(lambda: VIEW in browser.shown("#list summary")[0].text, "the view")
    assert amount(manager.column("Bills", "Total")[0]) == max(found)

    with day.doing("accept the sheet of new routes"):
        manager.follow("Dashboard")
        manager.press("Sheets to accept: %(kind)s", kind=words("Reading routes"))
        manager.press("Accept the good rows")
    routes = {each["code"]: each["name"] for each in program.search("/gas/route/")["result"]}
    assert routes.items() >= ROUTES.items()

    with day.doing("see how the billing ended"):
        manager.follow("Dashboard")
        manager.press("Billing runs that ended this month")
        manager.open_row(month)
        manager.press("Result")
    assert int(manager.fact("Bills made")) == len(found)
    assert int(manager.fact("Accounts not billed")) == len(manager.rows("Accounts not billed")) > 0

    with day.doing("take the list of overdue accounts along"):
        manager.follow("Dashboard")
        manager.press("Accounts with overdue bills")
        [export] = [each for each in browser.shown("#list summary") if each.text == words("Export")]
        export.click()
        file = manager.fetch("Excel workbook (xlsx)", f"{words('Arrears list')}.xlsx")
    shown = manager.column("Arrears list", "Account number")
    numbers = [row[0] for row in openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)]
    assert [str(each) for each in numbers][: len(shown)] == shown

    with day.doing("leave word about the one who owes longest"):
        manager.open_row(shown[0])
        browser.driver.execute_script(TO_THE_MIDDLE, browser.one("#message-text"))
        browser.one("#message-text").click()
        browser.driver.switch_to.active_element.send_keys(MESSAGE)
        manager.button("Write message").click()
        manager.reads(MESSAGE, "#timeline .history-list:not(.due-list)")
    manager.open(browser.driver.current_url.removeprefix(site.address))
    assert [each.text for each in browser.shown("#timeline .message-text")] == [MESSAGE]

    with day.doing("open the kept list again"):
        manager.follow("My work")
        manager.leave(browser.one("main a.view-z"))
    assert amount(manager.column("Bills", "Total")[0]) == max(found)

    day.ends()


def by_enter(person: Visitor) -> None:
    """End with Enter what was typed, which sends the form."""
    person.leave_by(lambda: person.browser.driver.switch_to.active_element.send_keys(Keys.ENTER))


def bill_last_month(cashier: Visitor) -> None:
    """The evening before, by the cashier, in the browser that the manager will use."""
    cashier.log_in(CASHIER)
    cashier.open("/gas/billing/start")
    cashier.press("Start billing")
    cashier.reads("100%", ".job-percent")
    cashier.button("See the result")
    cashier.browser.driver.delete_all_cookies()


def leave_a_sheet(manager: Visitor, file: Path) -> None:
    """Also the evening before: a sheet is brought in and checked, and left for the morning."""
    manager.log_in(MANAGER)
    manager.open("/core/import/gas.route")
    sheet = FilledSheet(manager.fetch("Download", "gas.route-*.xlsx"), manager.words)
    for code, name in ROUTES.items():
        sheet.add(route_code=code, route_name=name)
    manager.upload(sheet.save(file))
    # The night, which works the figures out.
    manager.open("/dashboard/")
    manager.press("Work out anew")
    manager.reads("100%", ".job-percent")
    manager.browser.driver.delete_all_cookies()


def tile(person: Visitor, label: str) -> str:
    """A figure of the month with its target."""
    text_ = person.words(label)
    [found] = [
        each.text
        for each in person.browser.shown(".cards-figures .stat")
        if each.text.splitlines()[0] == text_
    ]
    return found


def sort_by(person: Visitor, heading: str) -> None:
    """Press a heading, and wait for the list to be another one."""
    address = person.browser.driver.current_url
    [link] = [
        each for each in person.browser.shown("#list a.sort") if each.text.strip() == person.words(heading)
    ]
    link.click()
    person.browser.wait(lambda: person.browser.driver.current_url != address, "the list in another order")
    person.browser.wait(lambda: person.browser.shown("#list th[aria-sort]"), "the heading")


def bills_of(program: rest_client.RestClient, month: str) -> list[Decimal]:
    """The totals of the bills for usage of a month."""
    filters = (("period", "eq", month), ("kind", "eq", "usage"))
    pages = range(-(-program.count("/gas/bill/", *filters) // 100))
    found = [program.search("/gas/bill/", *filters, page=page)["result"] for page in pages]
    return [Decimal(each["total"]) for page in found for each in page]


def last_month() -> str:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
