"""Makes the pictures of the README anew, from the example company in a browser: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import databases  # noqa: E402 - the folder of the tests' own modules is named above
import run_folder  # noqa: E402
import servers  # noqa: E402
from browsers import open_chromium  # noqa: E402
from phone_round import Walk  # noqa: E402
from visitor import Visitor  # noqa: E402

MOST_BYTES = 300_000
DESK, PHONE = (1440, 900), (390, 844)
HEAD, CASHIER, READER = "gas-east.department-head", "gas-east.cashier", "gas-east.meter-reader"

AT_REST = "return document.getAnimations().every((each) => each.playState !== 'running')"


def dashboard(head: Visitor) -> None:
    head.open("/dashboard/")
    head.browser.one("[data-chart-place] canvas")


def accounts(head: Visitor) -> None:
    head.open("/gas/account/?f_use_class=resident&f_opened_on.ge=2021-01-01&sort=opened_on")


def account(cashier: Visitor) -> None:
    cashier.open(_first_row(cashier, "/gas/arrears/").replace("/gas/counter/", "/gas/account/"))


def counter(cashier: Visitor) -> None:
    cashier.open(_first_row(cashier, "/gas/arrears/"))


def why(cashier: Visitor) -> None:
    """A bill that reached the second tier."""
    cashier.open(_first_row(cashier, "/gas/bill-line/?f_tier=2&sort=volume"))
    bill = cashier.browser.one("main a[href^='/gas/bill/']").get_attribute("href") or ""
    cashier.open(bill.removeprefix(cashier.site.address))
    panel = (
        "document.querySelector('.explain').scrollIntoView({behavior: 'instant'}); window.scrollBy(0, -70)"
    )
    cashier.browser.driver.execute_script(panel)


def reading_round(reader: Visitor) -> None:
    walk = Walk(reader)
    walk.begin()
    for _stop in range(3):
        walk.read(17)
    walk.says("Everything is sent.")
    walk.enter(walk.last() + 12)


@dataclass(frozen=True)
class Picture:
    """Who takes it, how they get there, and the size of the page in pixels."""

    username: str
    go: Callable[[Visitor], None]
    size: tuple[int, int] = DESK


PICTURES = {
    "dashboard": Picture(HEAD, dashboard),
    "accounts": Picture(HEAD, accounts),
    "account": Picture(CASHIER, account),
    "counter": Picture(CASHIER, counter),
    "why": Picture(CASHIER, why),
    "round": Picture(READER, reading_round, PHONE),
}


def main() -> int:
    """Write docs/<name>.png for every picture; the exit status is 1 when one is too large to be kept."""
    with ExitStack() as ending:
        run_folder.begin()
        ending.callback(run_folder.end)
        home = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        url = ending.enter_context(databases.company("sqlite", home / "company"))
        site = ending.enter_context(servers.ending_all(home / "company"))(url)
        browser = open_chromium(home / "browser", lang="en")
        ending.callback(browser.close)
        person = Visitor(browser, site, "en")
        _bill_last_month(person)
        too_large = [name for name, picture in PICTURES.items() if _taken(person, name, picture) > MOST_BYTES]
    if too_large:
        print(f"Above {MOST_BYTES} bytes: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def _bill_last_month(person: Visitor) -> None:
    """The example company leaves the last month to be billed by hand; the figures are complete with it."""
    person.log_in(CASHIER, lang="en")
    person.open("/gas/billing/start")
    person.press("Start billing")
    person.reads("100%", ".job-percent")


def _taken(person: Visitor, name: str, picture: Picture) -> int:
    person.browser.driver.delete_all_cookies()
    person.browser.resize(*DESK)
    person.log_in(picture.username, lang="en")
    person.browser.resize(*picture.size)
    person.browser.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    picture.go(person)
    person.browser.wait(lambda: person.browser.driver.execute_script(AT_REST), "the page at rest")
    file = ROOT / "docs" / f"{name}.png"
    file.write_bytes(person.browser.picture(name).read_bytes())
    print(f"docs/{name}.png: {file.stat().st_size} bytes")
    return file.stat().st_size


def _first_row(person: Visitor, path: str) -> str:
    """The address of the first record of a list."""
    person.open(path)
    link = person.browser.one("main a.row-link").get_attribute("href") or ""
    return link.removeprefix(person.site.address)


if __name__ == "__main__":
    raise SystemExit(main())
